package dev.landfall.host;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A destination with groups, as wicked as the hypotheses of the theorem allow: it fails in every
 * way that a connector can report, applies or not what it leaves unanswered, and applies some of it
 * late, but never later than {@link #SETTLE}.
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

  /** A request that was given up and takes effect at its time. */
  private record Late(String group, ChangeKind kind, String member, Instant due) {}

  /** A request that was answered or not: what a test may want to know of it. */
  record Call(String group, ChangeKind kind, String member) {}

  private final RandomGenerator random;
  private final Map<String, Set<String>> groups = new TreeMap<>();
  private final List<Late> late = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final Set<String> suspended = new HashSet<>();
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

  private final class Session implements DestinationSession {
    private final String group;

    Session(String group) {
      this.group = group;
    }

    @Override
    public BatchResult deliver(Batch batch) {
      arrive();
      List<Outcome> outcomes = new ArrayList<>();
      int stopAt = random.nextDouble() < stops ? random.nextInt(batch.size()) : -1;
      for (Row row : batch.rows()) {
        if (outcomes.size() == stopAt) {
          return stop(outcomes, batch);
        }
        outcomes.add(one(batch.kind(), FieldIdentity.NUMBER.of(String.valueOf(row.text(0)))));
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

    private Outcome one(ChangeKind kind, String member) {
      calls.add(new Call(group, kind, member));
      if (random.nextDouble() < faults) {
        return fault(kind, member);
      }
      if (suspended.contains(member)) {
        return new Outcome.Rejected(problem(ProblemKind.RECORD, "world.suspended"));
      }
      boolean before = members(group).contains(member);
      apply(group, kind, member);
      boolean changed = before != members(group).contains(member);
      return new Outcome.Delivered(changed ? Effect.CHANGED : Effect.UNCHANGED);
    }

    private Outcome fault(ChangeKind kind, String member) {
      Problem down = problem(ProblemKind.UNAVAILABLE, "world.down");
      return switch (random.nextInt(8)) {
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
        case 5 -> {
          later(kind, member);
          yield new Outcome.Accepted(new Receipt("later"));
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
        late.add(new Late(group, kind, member, clock.instant().plus(wait)));
      }
    }

    @Override
    public void close() {}
  }

  private static Problem problem(ProblemKind kind, String code) {
    return new Problem(kind, code, "It failed.", "Try again.");
  }
}
