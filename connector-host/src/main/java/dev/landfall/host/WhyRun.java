package dev.landfall.host;

import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.WhyReport.Action;
import dev.landfall.host.WhyReport.Asked;
import dev.landfall.host.WhyReport.InAudience;
import dev.landfall.host.WhyReport.InLedger;
import dev.landfall.host.WhyReport.Next;
import dev.landfall.host.WhyReport.State;
import dev.landfall.host.audience.Audience;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.Attempt;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.Standing;
import dev.landfall.host.plan.PlanTable;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.state.SyncState;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what is known of one member. Holds the sync's lock, as a plan does, if it can be had. */
final class WhyRun {

  private static final Set<String> WRITES =
      Stream.of(ChangeKind.values())
          .filter(kind -> !kind.keyOnly())
          .map(ChangeKind::word)
          .collect(Collectors.toUnmodifiableSet());

  private final Subject subject;
  private final RunEnvironment environment;
  private final WhyReport.Member member;

  WhyRun(Subject subject, String asked) {
    this.subject = subject;
    this.environment = subject.environment();
    this.member = new WhyReport.Member(asked, subject.spelling().of(asked));
  }

  WhyReport run() {
    SyncState sync;
    try {
      sync = SyncState.open(subject.state(), subject.sync());
    } catch (HostException e) {
      Optional<String> holder = subject.state().holder(subject.sync());
      if (holder.isEmpty()) {
        throw e;
      }
      return meanwhile(holder.get());
    }
    try (sync;
        Workspace workspace = Workspace.open(sync.folder("tmp"), environment.memoryMegabytes())) {
      return answer(workspace);
    }
  }

  /** Another run holds the ledger: the files and the source say what they can. */
  private WhyReport meanwhile(String holder) {
    try (Workspace workspace =
        Workspace.passing(
            subject.state().temporary(subject.sync()), environment.memoryMegabytes())) {
      Read read = read(workspace);
      return report(
          holder,
          read.says(),
          new InLedger(State.UNREAD, null, false, null, null),
          List.of(),
          asked(workspace),
          new Next(
              Action.NOT_KNOWN,
              "A run is under way, and what the ledger holds can only be read when it has ended;"
                  + " ask again then.",
              null,
              null));
    }
  }

  private WhyReport answer(Workspace workspace) {
    LedgerTables ledger = ledger(workspace);
    List<Asked> asked = asked(workspace);
    @Nullable Standing standing =
        Ledger.guarded(() -> ledger.standing(member.identity())).orElse(null);
    List<LedgerTables.Rejection> rejections =
        Ledger.guarded(() -> ledger.rejections(member.identity()));
    Optional<LedgerTables.Awaited> awaited =
        Ledger.guarded(() -> ledger.awaited(member.identity()));
    Read read = read(workspace);
    Next next = next(workspace, read, ledger, standing, rejections, asked);
    return report(
        null,
        read.says(),
        held(ledger, standing, asked, awaited.orElse(null)),
        rejections.stream()
            .map(
                r ->
                    new WhyReport.Rejected(
                        r.kind().word(),
                        r.code(),
                        r.firstRun(),
                        r.lastRun(),
                        r.lastAt().toString()))
            .toList(),
        asked,
        next);
  }

  private WhyReport report(
      @Nullable String underWay,
      InAudience audience,
      InLedger ledger,
      List<WhyReport.Rejected> rejections,
      List<Asked> asked,
      Next next) {
    return new WhyReport(
        subject.sync(),
        subject.target(),
        subject.descriptor().keyField().isEmpty(),
        member,
        underWay,
        audience,
        ledger,
        rejections,
        asked,
        next);
  }

  private LedgerTables ledger(Workspace workspace) {
    Optional<SyncState.Remembered> remembered = subject.remembered();
    Optional<LedgerTables> held =
        remembered
            .map(SyncState.Remembered::ledger)
            .filter(Files::exists)
            .flatMap(file -> Ledger.attachToRead(workspace.database(), file));
    boolean distrusted = remembered.filter(SyncState.Remembered::returning).isPresent();
    return held.map(tables -> distrusted ? tables.distrusted() : tables)
        .orElseGet(() -> PlanRun.nothing(environment, workspace));
  }

  private List<Asked> asked(Workspace workspace) {
    List<Asked> all = new ArrayList<>();
    for (KeptRun run : subject.runs()) {
      List<Attempt> attempts =
          new ArrayList<>(run.attempts(workspace.database(), member.identity()));
      attempts.sort(Comparator.comparingInt(a -> turn(a, run.id())));
      for (Attempt a : attempts) {
        all.add(
            new Asked(
                run.id(),
                a.at(),
                a.direction(),
                a.text(),
                a.outcome(),
                a.code(),
                a.message(),
                a.remedy(),
                a.confirms()));
      }
    }
    return all;
  }

  /** A run asks for what earlier runs sent, sends, and asks for that: the latest comes first. */
  private static int turn(Attempt attempt, String run) {
    if (attempt.confirms() == null) {
      return 1;
    }
    return attempt.confirms().equals(run) ? 0 : 2;
  }

  /** The audience, if it could be read, and what it says of the member. */
  private record Read(@Nullable Audience audience, InAudience says) {}

  private Read read(Workspace workspace) {
    Prepared prepared = subject.prepared();
    if (prepared == null) {
      return new Read(null, new InAudience(null, null, subject.problem()));
    }
    try {
      if (prepared.isIncremental()) {
        Optional<String> text = stream(prepared).find();
        return new Read(null, new InAudience(text.isPresent(), text.orElse(null), null));
      }
      Audience audience =
          Planned.read(
              environment,
              prepared,
              prepared.source(StreamListener.NONE),
              workspace,
              new Cancellation());
      workspace.attach(audience.file(), "seen", true);
      Optional<String> text =
          workspace
              .database()
              .query(
                  "select text from seen.main.audience where member = ?",
                  r -> r.getString(1),
                  member.identity())
              .stream()
              .findFirst();
      workspace.detach("seen");
      return new Read(audience, new InAudience(text.isPresent(), text.orElse(null), null));
    } catch (HostException e) {
      return new Read(null, new InAudience(null, null, RunReport.Line.of(e.problem(), 0)));
    } catch (InvalidManifest e) {
      Violation first = e.violations().get(0);
      RunReport.Line line =
          new RunReport.Line(first.code(), 0, first.message(), "Correct it, and ask again.");
      return new Read(null, new InAudience(null, null, line));
    }
  }

  private StreamWhy stream(Prepared prepared) {
    return new StreamWhy(prepared, member.identity(), environment.clock().instant());
  }

  private InLedger held(
      LedgerTables ledger,
      @Nullable Standing standing,
      List<Asked> asked,
      LedgerTables.@Nullable Awaited awaited) {
    Prepared prepared = subject.prepared();
    if (standing == null && prepared != null && prepared.isIncremental()) {
      return stream(prepared)
          .held(ledger)
          .map(row -> new InLedger(State.UNKNOWN, row.text(), false, null, null))
          .orElseGet(() -> new InLedger(State.NOT_KEPT, null, false, null, null));
    }
    if (standing == null) {
      return new InLedger(State.ABSENT, null, false, null, null);
    }
    if (standing.present()) {
      Optional<String> confirmed =
          asked.stream()
              .filter(a -> WRITES.contains(a.direction()))
              .filter(a -> a.outcome().equals("delivered") || a.outcome().equals("unchanged"))
              .map(Asked::at)
              .findFirst();
      return new InLedger(State.PRESENT, standing.text(), true, confirmed.orElse(null), null);
    }
    Optional<Instant> since =
        Stream.of(
                Optional.ofNullable(standing.addUnknownAt()),
                Optional.ofNullable(standing.removeUnknownAt()))
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    return new InLedger(
        State.UNKNOWN,
        standing.text(),
        standing.confirmed(),
        since.map(Instant::toString).orElse(null),
        awaited == null
            ? null
            : new WhyReport.Accepted(
                awaited.kind().word(), awaited.run(), awaited.at().toString()));
  }

  /** What the planner makes of the member, with everything else as it is. */
  private Next next(
      Workspace workspace,
      Read read,
      LedgerTables ledger,
      @Nullable Standing standing,
      List<LedgerTables.Rejection> rejections,
      List<Asked> asked) {
    Prepared prepared = subject.prepared();
    Audience audience = read.audience();
    if (subject.moved()) {
      return next(
          Action.REFUSED,
          "The manifest names another target than the ledger's; the run asks for --new-target,"
              + " --same-target or a new sync name.");
    }
    if (prepared != null && prepared.isIncremental() && read.says().present() != null) {
      return stream(prepared).next(ledger, read.says().present(), rejections, asked);
    }
    if (prepared == null || audience == null) {
      return next(
          Action.NOT_KNOWN, "Who is in the audience could not be read; a run would fail so too.");
    }
    Planned planned =
        Ledger.guarded(
            () ->
                Planned.plan(
                    environment,
                    prepared,
                    RunRequest.of(prepared.manifest().file()),
                    workspace,
                    ledger,
                    audience));
    Reasons reasons = new Reasons(prepared.mode());
    Optional<PlanTable.OfMember> change = planned.changes().of(member.identity());
    if (change.isEmpty()) {
      return next(
          Action.NOTHING,
          reasons.nothing(Boolean.TRUE.equals(read.says().present()), standing, !asked.isEmpty()));
    }
    ChangeKind kind = change.get().kind();
    Optional<LedgerTables.Rejection> rejection =
        rejections.stream().filter(r -> r.kind() == kind).findFirst();
    if (change.get().quarantined()) {
      return new Next(
          Action.QUARANTINED,
          reasons.quarantined(kind),
          rejection
              .map(r -> r.lastAt().plus(prepared.manifest().rejected().retryAfter()).toString())
              .orElse(null),
          null);
    }
    if (kind.keyOnly() && planned.plan().removesWithheld()) {
      return new Next(
          Action.WITHHELD,
          reasons.withheld(),
          null,
          Ledger.guarded(() -> Approval.of(prepared, planned.plan(), ledger)).orElse(null));
    }
    return next(
        action(kind),
        reasons.offered(
            kind,
            standing,
            rejection.isPresent(),
            Ledger.guarded(() -> ledger.awaited(member.identity())).isPresent()));
  }

  private static Action action(ChangeKind kind) {
    return switch (kind) {
      case ADD -> Action.ADD;
      case REMOVE -> Action.REMOVE;
      case INSERT, UPDATE, UPSERT -> Action.WRITE;
      case DELETE -> Action.DELETE;
    };
  }

  private static Next next(Action action, String because) {
    return new Next(action, because, null, null);
  }
}
