package dev.landfall.host;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A destination with groups, as wicked as the hypotheses of the theorem allow: it fails in every
 * way that a connector can report, applies or not what it leaves unanswered, and applies some of it
 * late, but never later than {@link #SETTLE} after the host gave it up. What it accepts it applies
 * later, in any order, or never, and says of it what is true, if it answers at all.
 */
final class World implements Destination {

  static final Duration SETTLE = Duration.ofMinutes(15);
  static final Setting<String> GROUP = Setting.text("group", "Group").required();
  static final DestinationDescriptor DESCRIPTOR =
      DestinationDescriptor.builder("world", "World", "1.0.0")
          .target(SettingsSpec.of(GROUP))
          .identity(GROUP)
          .modes(AudienceSyncMode.ADD, AudienceSyncMode.REMOVE, AudienceSyncMode.MIRROR)
          .field(FieldSpec.of("id", FieldType.TEXT).asRequired().identifiedBy(FieldIdentity.NUMBER))
          .keyField("id")
          .batch(1, 5)
          .callsInFlight(8)
          .idempotent(ChangeKind.ADD, ChangeKind.REMOVE)
          .build();

  /** The longest that something is accepted and not applied. */
  static final Duration LONGEST = SETTLE.multipliedBy(3);

  /** A request that was given up, or accepted with a receipt, and takes effect at its time. */
  private record Late(
      String group, ChangeKind kind, String member, Instant due, @Nullable String receipt) {}

  /** A row that was accepted. */
  private record Taken(String member, boolean refused, boolean lost) {}

  /** A request that was answered or not: what a test may want to know of it. */
  record Call(String group, ChangeKind kind, String member) {}

  private final RandomGenerator random;
  private final Map<String, Set<String>> groups = new TreeMap<>();
  private final List<Late> late = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final Set<String> suspended = new HashSet<>();
  private final Map<String, List<Taken>> accepted = new HashMap<>();
  private final List<String> breaches = new ArrayList<>();
  private int confirmations;
  private double faults;
  private double stops;
  private Clock clock = Clock.systemUTC();

  World(RandomGenerator random) {
    this.random = random;
  }

  Set<String> members(String group) {
    return groups.computeIfAbsent(group, g -> new TreeSet<>());
  }

  Set<String> suspended() {
    return suspended;
  }

  List<Call> calls() {
    return calls;
  }

  /** What a host asked for that it was not to ask. */
  List<String> breaches() {
    return breaches;
  }

  /** How many rows were said to be applied after they were only accepted. */
  int confirmations() {
    return confirmations;
  }

  /**
   * Holds what was accepted in a group to the hypothesis: a host that asks for it no more has given
   * it up, so it takes effect in time or never.
   *
   * @param asked receipts and members, with a blank between, that the host will ask for
   * @param since when it gave the others up, at the earliest
   */
  void givenUp(String group, Set<String> asked, Instant since) {
    Instant latest = since.plus(SETTLE).minusSeconds(1);
    List<Late> held = new ArrayList<>();
    late.removeIf(
        l -> {
          boolean over =
              l.group().equals(group)
                  && l.receipt() != null
                  && !asked.contains(l.receipt() + " " + l.member());
          if (over && latest.isAfter(clock.instant())) {
            Instant due = l.due().isBefore(latest) ? l.due() : latest;
            held.add(new Late(group, l.kind(), l.member(), due, null));
          }
          return over;
        });
    late.addAll(held);
  }

  /** How probable a fault is for each record, and a stop for each batch. */
  void faults(double perRecord, double perBatch) {
    faults = perRecord;
    stops = perBatch;
  }

  void clock(Clock value) {
    clock = value;
  }

  boolean removeMayArrive(String group, String member) {
    return mayArrive(group, member, ChangeKind.REMOVE);
  }

  boolean addMayArrive(String group, String member) {
    return mayArrive(group, member, ChangeKind.ADD);
  }

  private boolean mayArrive(String group, String member, ChangeKind kind) {
    return late.stream()
        .anyMatch(l -> l.group().equals(group) && l.member().equals(member) && l.kind() == kind);
  }

  /** Lets what is due take effect. */
  void arrive() {
    Instant now = clock.instant();
    late.removeIf(
        l -> {
          boolean due = !l.due().isAfter(now);
          if (due) {
            apply(l.group(), l.kind(), l.member());
          }
          return due;
        });
  }

  private void apply(String group, ChangeKind kind, String member) {
    if (kind == ChangeKind.ADD) {
      members(group).add(member);
    } else {
      members(group).remove(member);
    }
  }

  @Override
  public DestinationDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public CheckReport check(CheckRequest request) {
    return new CheckReport(List.of());
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    return new Session(request.target().get(GROUP));
  }

  private final class Session implements DestinationSession, ConfirmsLater {
    private final String group;

    Session(String group) {
      this.group = group;
    }

    @Override
    public BatchResult deliver(Batch batch) {
      arrive();
      List<Outcome> outcomes = new ArrayList<>();
      String receipt = "receipt-" + accepted.size() + "-" + calls.size();
      int stopAt = random.nextDouble() < stops ? random.nextInt(batch.size()) : -1;
      for (Row row : batch.rows()) {
        if (outcomes.size() == stopAt) {
          return stop(outcomes, batch);
        }
        outcomes.add(one(batch.kind(), member(row), receipt));
      }
      return BatchResult.of(outcomes);
    }

    private BatchResult stop(List<Outcome> outcomes, Batch batch) {
      return switch (random.nextInt(5)) {
        case 0 ->
            BatchResult.stopped(
                outcomes, batch.size(), problem(ProblemKind.AUTHENTICATION, "world.refused"));
        case 1 ->
            BatchResult.stopped(
                outcomes, batch.size(), problem(ProblemKind.PERMISSION, "world.forbidden"));
        case 2 -> BatchResult.of(outcomes);
        case 3 -> throw new IllegalStateException("a connector that throws");
        default -> throw new AssertionError("a connector that throws an error");
      };
    }

    @Override
    public @Nullable Confirmation confirm(Receipt receipt, Batch batch) {
      arrive();
      List<Taken> taken = accepted.getOrDefault(receipt.value(), List.of());
      List<String> members = batch.rows().stream().map(Session::member).toList();
      if (!members.equals(taken.stream().map(Taken::member).toList())) {
        breaches.add("asked for " + members + " with the receipt of " + taken);
      }
      if (random.nextDouble() < faults) {
        switch (random.nextInt(4)) {
          case 0 -> throw new IllegalStateException("a connector that throws");
          case 1 -> {
            return null;
          }
          case 2 -> {
            return new Confirmation.Settled(BatchResult.of(List.of()));
          }
          default -> {
            return new Confirmation.Pending(Duration.ofSeconds(random.nextInt(200)));
          }
        }
      }
      if (late.stream().anyMatch(l -> receipt.value().equals(l.receipt()))) {
        return new Confirmation.Pending(Duration.ofSeconds(random.nextInt(200)));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Taken row : taken) {
        outcomes.add(confirmed(row));
      }
      return new Confirmation.Settled(BatchResult.of(outcomes));
    }

    private Outcome confirmed(Taken row) {
      if (random.nextDouble() < faults / 3) {
        return new Outcome.Unknown(problem(ProblemKind.UNAVAILABLE, "world.down"), null);
      }
      if (row.refused()) {
        return new Outcome.Rejected(problem(ProblemKind.RECORD, "world.suspended"));
      }
      if (row.lost()) {
        return random.nextBoolean()
            ? new Outcome.NotAttempted()
            : new Outcome.Retryable(problem(ProblemKind.THROTTLED, "world.throttled"), null);
      }
      confirmations++;
      return new Outcome.Delivered(Effect.UNREPORTED);
    }

    private static String member(Row row) {
      return FieldIdentity.NUMBER.of(String.valueOf(row.text(0)));
    }

    private Outcome one(ChangeKind kind, String member, String receipt) {
      calls.add(new Call(group, kind, member));
      if (random.nextDouble() < faults) {
        return fault(kind, member, receipt);
      }
      if (suspended.contains(member)) {
        return new Outcome.Rejected(problem(ProblemKind.RECORD, "world.suspended"));
      }
      boolean before = members(group).contains(member);
      apply(group, kind, member);
      boolean changed = before != members(group).contains(member);
      return new Outcome.Delivered(changed ? Effect.CHANGED : Effect.UNCHANGED);
    }

    private Outcome fault(ChangeKind kind, String member, String receipt) {
      Problem down = problem(ProblemKind.UNAVAILABLE, "world.down");
      return switch (random.nextInt(9)) {
        case 0 -> new Outcome.Retryable(problem(ProblemKind.THROTTLED, "world.throttled"), null);
        case 1 -> new Outcome.Retryable(down, Duration.ofSeconds(random.nextInt(90)));
        case 2 -> new Outcome.Unknown(problem(ProblemKind.TARGET_NOT_FOUND, "world.group"), null);
        case 3 -> new Outcome.Unknown(down, null);
        case 4 -> {
          if (!suspended.contains(member)) {
            apply(group, kind, member);
          }
          yield new Outcome.Unknown(down, null);
        }
        case 5, 6 -> {
          accept(kind, member, receipt);
          yield new Outcome.Accepted(new Receipt(receipt));
        }
        default -> {
          later(kind, member);
          yield new Outcome.Unknown(down, null);
        }
      };
    }

    private void later(ChangeKind kind, String member) {
      Duration wait = Duration.ofMillis(random.nextLong(SETTLE.toMillis() - 1_000));
      if (!suspended.contains(member)) {
        late.add(new Late(group, kind, member, clock.instant().plus(wait), null));
      }
    }

    private void accept(ChangeKind kind, String member, String receipt) {
      boolean refused = suspended.contains(member);
      boolean lost = !refused && random.nextInt(6) == 0;
      accepted
          .computeIfAbsent(receipt, r -> new ArrayList<>())
          .add(new Taken(member, refused, lost));
      if (!refused && !lost) {
        Duration most = random.nextBoolean() ? Duration.ofMinutes(2) : LONGEST;
        Instant due = clock.instant().plusMillis(random.nextLong(most.toMillis()));
        late.add(new Late(group, kind, member, due, receipt));
      }
    }

    @Override
    public void close() {}
  }

  private static Problem problem(ProblemKind kind, String code) {
    return new Problem(kind, code, "It failed.", "Try again.");
  }
}
