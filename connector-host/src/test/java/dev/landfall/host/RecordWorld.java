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
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A destination of records with one value each, as wicked as the hypotheses of the theorem allow:
 * what it leaves unanswered it applies, or not, or late, but never later than {@link #SETTLE} after
 * the host gave it up, over whatever was written since.
 */
final class RecordWorld implements Destination {

  static final Duration SETTLE = Duration.ofMinutes(15);
  static final DestinationDescriptor DESCRIPTOR =
      DestinationDescriptor.builder("world", "World", "1.0.0")
          .modes(RecordSyncMode.values())
          .field(FieldSpec.of("id", FieldType.TEXT).asRequired())
          .field(FieldSpec.of("value", FieldType.TEXT))
          .batch(1, 5)
          .callsInFlight(8)
          .idempotent(ChangeKind.INSERT, ChangeKind.UPDATE, ChangeKind.UPSERT, ChangeKind.DELETE)
          .build();

  private record Late(String key, @Nullable String value, Instant due) {}

  private final RandomGenerator random;
  private final Map<String, String> records = new TreeMap<>();
  private final List<Late> late = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private double faults;
  private double stops;
  private Clock clock = Clock.systemUTC();

  RecordWorld(RandomGenerator random) {
    this.random = random;
  }

  Map<String, String> records() {
    return records;
  }

  /** The keys whose records it does not take. */
  Set<String> refused() {
    return refused;
  }

  void faults(double perRecord, double perBatch) {
    faults = perRecord;
    stops = perBatch;
  }

  void clock(Clock value) {
    clock = value;
  }

  /** Whether something under way would change a record. */
  boolean mayChange(String key) {
    return late.stream()
        .anyMatch(l -> l.key().equals(key) && !Objects.equals(l.value(), records.get(key)));
  }

  /** Lets what is due take effect. */
  void arrive() {
    Instant now = clock.instant();
    late.removeIf(
        l -> {
          boolean due = !l.due().isAfter(now);
          if (due) {
            apply(l.key(), l.value());
          }
          return due;
        });
  }

  private void apply(String key, @Nullable String value) {
    if (value == null) {
      records.remove(key);
    } else {
      records.put(key, value);
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
    return new Session();
  }

  private final class Session implements DestinationSession {
    @Override
    public BatchResult deliver(Batch batch) {
      arrive();
      List<Outcome> outcomes = new ArrayList<>();
      int stopAt = random.nextDouble() < stops ? random.nextInt(batch.size()) : -1;
      for (Row row : batch.rows()) {
        if (outcomes.size() == stopAt) {
          if (random.nextInt(3) == 0) {
            throw new IllegalStateException("a connector that throws");
          }
          return BatchResult.stopped(
              outcomes, batch.size(), problem(ProblemKind.AUTHENTICATION, "world.refused"));
        }
        outcomes.add(one(batch.kind(), row));
      }
      return BatchResult.of(outcomes);
    }

    private Outcome one(ChangeKind kind, Row row) {
      String key = String.valueOf(row.key().get(0));
      String value = kind == ChangeKind.DELETE ? null : row.text(row.schema().index("value"));
      if (random.nextDouble() < faults) {
        return fault(key, value);
      }
      if (refused.contains(key)) {
        return new Outcome.Rejected(problem(ProblemKind.RECORD, "world.no-room"));
      }
      boolean same = Objects.equals(records.get(key), value);
      apply(key, value);
      return new Outcome.Delivered(same ? Effect.UNCHANGED : Effect.CHANGED);
    }

    private Outcome fault(String key, @Nullable String value) {
      Problem down = problem(ProblemKind.UNAVAILABLE, "world.down");
      boolean takes = !refused.contains(key);
      return switch (random.nextInt(5)) {
        case 0 -> new Outcome.Retryable(problem(ProblemKind.THROTTLED, "world.throttled"), null);
        case 1 -> new Outcome.Unknown(down, null);
        case 2 -> {
          if (takes) {
            apply(key, value);
          }
          yield new Outcome.Unknown(down, null);
        }
        default -> {
          if (takes) {
            Duration wait = Duration.ofMillis(random.nextLong(SETTLE.toMillis() - 1_000));
            late.add(new Late(key, value, clock.instant().plus(wait)));
          }
          yield new Outcome.Unknown(down, null);
        }
      };
    }

    @Override
    public void close() {}
  }

  private static Problem problem(ProblemKind kind, String code) {
    return new Problem(kind, code, "It failed.", "Try again.");
  }
}
