package dev.landfall.host;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.audience.Audience;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.delivery.DeliveryReport;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.ledger.Tally;
import dev.landfall.host.plan.StoredPlan;
import dev.landfall.host.state.SyncState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** One run of a sync, from the locked state folder to the books. */
final class SyncRun {

  private final RunEnvironment environment;
  private final Prepared prepared;
  private final RunRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final Instant startedAt;
  private final String id;
  private final List<RunReport.Notice> notices = new ArrayList<>();
  private final Tidying tidying = new Tidying(notices);
  private final KeptAside aside;
  private final Sending sending;
  private final Reporting reporting;

  SyncRun(
      RunEnvironment environment,
      Prepared prepared,
      RunRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.prepared = prepared;
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
    this.startedAt = environment.clock().instant();
    this.id = RunId.of(startedAt);
    this.reporting = new Reporting(environment, prepared, id, startedAt, notices);
    this.aside =
        new KeptAside(
            () -> RunFiles.of(prepared.state().runs(prepared.manifest().name()), id), notices);
    this.sending = new Sending(environment, prepared, request, listener, cancellation, notices);
  }

  RunReport run() {
    prepared.requireSense(request);
    MDC.put("sync", prepared.manifest().name());
    MDC.put("run", id);
    try {
      RunReport report = locked();
      listener.ended(report);
      return report;
    } catch (RuntimeException e) {
      RunLog.failed(e);
      throw e;
    } finally {
      MDC.remove("run");
      MDC.remove("sync");
    }
  }

  private RunReport locked() {
    try (SyncState state = SyncState.open(prepared.state(), prepared.manifest().name())) {
      Unplanned unplanned = new Unplanned(reporting);
      try {
        return holding(state);
      } catch (HostException e) {
        if (BreakOff.interrupted(e)) {
          return unplanned.interrupted(state, e);
        }
        unplanned.failed(state, e);
        throw e;
      } catch (RuntimeException e) {
        unplanned.failed(state, e);
        throw e;
      }
    }
  }

  private RunReport holding(SyncState state) {
    request.adopt().ifPresent(state::adopt);
    SyncState.Place place = state.place(prepared.identity(), prepared.mode(), request.whenMoved());
    state.hold(place);
    try (Workspace workspace = Workspace.open(state.folder("tmp"), environment.memoryMegabytes())) {
      Ledger.attach(workspace.database(), place.file(), false);
      Ledger ledger =
          Ledger.open(workspace.database(), "ledger", sending.rules(), environment.clock());
      ledger.interrupted().ifPresent(interrupted -> close(interrupted, state, workspace, ledger));
      ledger.forRun(id, prepared.basis(), RowShape.NONE);
      if (prepared.isIncremental()) {
        ledger.streams();
      }
      askBefore(state, ledger);
      return prepared.isIncremental()
          ? incremental(state, workspace, ledger, place.returning())
          : deliver(state, workspace, ledger, place.returning());
    }
  }

  /** What a stored plan was made of has not moved as long as nobody asks. */
  private void askBefore(SyncState state, Ledger ledger) {
    if (request.plan().isEmpty() && !ledger.outstandingShapes().isEmpty()) {
      sending.askBefore(ledger, () -> RunFiles.of(state.folder("runs"), id));
    }
  }

  /** Ends the books of a run that was killed, from what its ledger holds. */
  private void close(
      Ledger.InterruptedRun interrupted, SyncState state, Workspace workspace, Ledger ledger) {
    try (RunFiles files = RunFiles.of(state.folder("runs"), interrupted.id())) {
      tidying.pack(files, workspace.database());
      files
          .read()
          .filter(report -> report.status() == RunStatus.RUNNING)
          .ifPresent(
              report -> {
                files.write(
                    report.with(
                        RunStatus.FAILED,
                        RunEnd.adds(interrupted.books()),
                        RunEnd.removes(interrupted.books()),
                        List.of(RunReport.Line.of(HostProblems.KILLED, 0))));
                notices.add(
                    new RunReport.Notice(
                        "run.earlier-killed",
                        "The run %s was killed; what it had sent without seeing the answer stands as"
                                .formatted(interrupted.id())
                            + " unknown and is sent again."));
              });
    }
    ledger.closeInterrupted(interrupted);
  }

  private RunReport incremental(
      SyncState state, Workspace workspace, Ledger ledger, boolean returning) {
    if (Ledger.guarded(() -> ledger.tables().anyPresent())) {
      // From runs that compared whole records: what they knew goes stale from here on.
      ledger.distrust();
    }
    IncrementalRun run =
        new IncrementalRun(reporting, request, listener, cancellation, aside, sending);
    try (RunFiles files = RunFiles.of(state.folder("runs"), id)) {
      RunReport sent = run.run(state, ledger, files, returning);
      return closed(sent, state, workspace, ledger, files);
    }
  }

  private RunReport deliver(
      SyncState state, Workspace workspace, Ledger ledger, boolean returning) {
    Planned planned = Ledger.guarded(() -> plan(state, workspace, ledger, returning));
    state.ready();
    Approval approval = Approval.decide(prepared, request, planned.plan(), ledger);
    approval.notice().ifPresent(notices::add);
    Map<ChangeKind, Tally> books = planned.books(prepared.mode(), approval.withheld());
    RunReport begun = report(planned, approval, RunStatus.RUNNING, books, List.of(), null);
    // The ledger knows of the run before and longer than its files say RUNNING, so that a kill at
    // any moment leaves no run that nobody closes.
    try (RunFiles files = RunFiles.of(state.folder("runs"), id)) {
      ledger.forRun(id, prepared.basis(), RowShape.of(planned.schema(), prepared.descriptor()));
      ledger.beginRun(approval.released(), books);
      files.write(begun);
      listener.planned(begun);
      RunReport sent = send(planned, approval, ledger, books, files);
      return closed(sent, state, workspace, ledger, files);
    }
  }

  private RunReport closed(
      RunReport sent, SyncState state, Workspace workspace, Ledger ledger, RunFiles files) {
    files.write(sent);
    tidying.pack(files, workspace.database());
    tidying.letGo(state, startedAt.minus(prepared.manifest().history().keep()), id);
    RunReport done = sent.with(notices);
    if (!done.equals(sent)) {
      files.write(done);
    }
    return ended(done, ledger, files);
  }

  private static RunReport ended(RunReport done, Ledger ledger, RunFiles files) {
    try {
      ledger.endRun();
      return done;
    } catch (HostException e) {
      List<RunReport.Line> problems = new ArrayList<>(done.problems());
      // What broke the ledger was told where it broke; closing a broken one only breaks again.
      if (problems.stream().noneMatch(line -> line.code().startsWith("ledger."))) {
        problems.add(RunReport.Line.of(e.problem(), 0));
      }
      RunReport failed = done.with(RunStatus.FAILED, done.adds(), done.removes(), problems);
      files.write(failed);
      return failed;
    }
  }

  private Planned plan(SyncState state, Workspace workspace, Ledger ledger, boolean returning) {
    if (request.plan().isPresent()) {
      StoredPlan stored = StoredPlan.find(state.folder("plans"), request.plan().get());
      LedgerTables tables = returning ? ledger.tables().distrusted() : ledger.tables();
      Planned planned = Planned.stored(prepared, stored, state.folder("plans"), workspace, tables);
      if (returning || stored.inputs().full()) {
        ledger.distrust();
      }
      return planned;
    }
    if (returning) {
      ledger.distrust();
    }
    listener.reading();
    Audience audience = read(prepared.source(aside), workspace);
    request
        .members()
        .map(file -> new AudienceSource.Files(file, null))
        .map(source -> read(source, workspace))
        .ifPresent(
            members -> {
              workspace.attach(members.file(), "members", true);
              long entered = ledger.takeOver("members.main.audience");
              workspace.detach("members");
              notices.add(
                  new RunReport.Notice(
                      "sync.imported",
                      entered + " members were taken into the ledger as possibly in the target."));
            });
    if (request.isFull()) {
      ledger.distrust();
    }
    return BreakOff.onceEnded(
        cancellation,
        workspace.database()::interrupt,
        () -> Planned.plan(environment, prepared, request, workspace, ledger.tables(), audience));
  }

  private Audience read(AudienceSource source, Workspace workspace) {
    return Planned.read(environment, prepared, source, workspace, cancellation);
  }

  private RunReport send(
      Planned planned,
      Approval approval,
      Ledger ledger,
      Map<ChangeKind, Tally> books,
      RunFiles files) {
    List<ChangeKind> kinds = RunEnd.kinds(prepared.mode(), planned.plan(), approval);
    boolean before = Ledger.guarded(() -> ledger.tables().anyPresent());
    limited(planned, kinds);
    DeliveryReport delivered;
    try {
      if (kinds.isEmpty()) {
        sending.lookIn(planned.schema(), before);
        sending.awaiting(ledger);
        return report(
            planned, approval, status(approval, books, null), books, aside.problems(), null);
      }
      delivered =
          sending.deliver(planned.schema(), kinds, planned.changes(), ledger, files, before);
    } catch (ConnectorException e) {
      sending.awaiting(ledger);
      return report(
          planned,
          approval,
          approval.withheld() ? RunStatus.WITHHELD : RunStatus.FAILED,
          books,
          failed(e.problem()),
          null);
    }
    Map<ChangeKind, Tally> done = new EnumMap<>(books);
    delivered
        .tallies()
        .forEach((kind, tally) -> done.compute(kind, (k, start) -> RunEnd.settled(start, tally)));
    List<RunReport.Line> problems = new ArrayList<>();
    delivered.stops().forEach(s -> problems.add(RunReport.Line.of(s.problem(), 0)));
    delivered.problems().forEach(p -> problems.add(RunReport.Line.of(p.problem(), p.count())));
    problems.addAll(aside.problems());
    outOfTime(done);
    sending.awaiting(ledger);
    return report(
        planned,
        approval,
        status(approval, done, delivered),
        done,
        problems,
        RunEnd.calls(delivered));
  }

  private List<RunReport.Line> failed(Problem problem) {
    List<RunReport.Line> problems = new ArrayList<>();
    problems.add(RunReport.Line.of(problem, 0));
    problems.addAll(aside.problems());
    return problems;
  }

  private RunStatus status(
      Approval approval, Map<ChangeKind, Tally> books, @Nullable DeliveryReport delivered) {
    RunStatus status = RunEnd.status(approval, books, delivered);
    return status == RunStatus.COMPLETED && !aside.problems().isEmpty()
        ? RunStatus.COMPLETED_WITH_FAILURES
        : status;
  }

  private void limited(Planned planned, List<ChangeKind> kinds) {
    Long limit = request.limit();
    long offered = kinds.stream().mapToLong(planned.changes()::count).sum();
    if (limit != null && offered > limit) {
      notices.add(
          new RunReport.Notice(
              "run.limited",
              String.format(
                  Locale.ROOT,
                  "The limit of %,d changes leaves %,d for later runs.",
                  limit,
                  offered - limit)));
    }
  }

  private void outOfTime(Map<ChangeKind, Tally> done) {
    long left = done.values().stream().mapToLong(Tally::notAttempted).sum();
    if (cancellation.expired() && !cancellation.requested() && left > 0) {
      notices.add(
          new RunReport.Notice(
              "run.out-of-time",
              String.format(
                  Locale.ROOT,
                  "The run's time was over; %,d changes are left for later runs.",
                  left)));
    }
  }

  private RunReport report(
      Planned planned,
      Approval approval,
      RunStatus status,
      Map<ChangeKind, Tally> books,
      List<RunReport.Line> problems,
      RunReport.@Nullable Calls calls) {
    return reporting.report(
        new Reporting.Basics(
            planned.stored().id(), planned.plan().firstRun(), approval.id().orElse(null)),
        planned.source(),
        status,
        books,
        problems,
        calls);
  }
}
