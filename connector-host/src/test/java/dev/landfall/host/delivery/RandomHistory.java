package dev.landfall.host.delivery;

import static dev.landfall.host.delivery.SimulatedDelivery.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.host.HostException;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One random plan, policy and destination, and what must be true of how it was delivered. */
final class RandomHistory {

  /** A crash: no code of the engine may catch it. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  private record Attempt(Instant at, Outcome outcome) {}

  private final Random random;
  private final SimulatedDelivery delivery;
  private final Map<String, List<Attempt>> attempts = new HashMap<>();
  private final Set<String> intended = new HashSet<>();
  private final Map<String, Settlement> recorded = new LinkedHashMap<>();
  private final boolean idempotent;
  private final int trouble;
  private final int stopChance;
  private final int cancelAt;
  private final int crashAt;
  private final int fullDiskAt;
  private int calls;
  private int steps;
  private int writes;
  private int writesAfterCrash;
  private int removesOpen;
  private boolean crashed;
  private boolean journalBroke;
  private @Nullable DeliveryReport report;

  RandomHistory(Random random, long seed) {
    this.random = random;
    delivery = new SimulatedDelivery(seed);
    delivery.removes(random.nextInt(25)).adds(random.nextInt(25));
    if (random.nextInt(20) == 0) {
      delivery.adds(150);
    }
    idempotent = random.nextInt(4) > 0;
    delivery.descriptor =
        idempotent ? SimulatedDelivery.FAKE : SimulatedDelivery.fake(ChangeKind.INSERT);
    delivery.policy =
        new DeliveryPolicy(
            1 + random.nextInt(8),
            random.nextBoolean(),
            1 + (random.nextBoolean() ? 0 : random.nextInt(5)),
            random.nextInt(5) == 0 ? 1.0 + random.nextInt(200) : null,
            1 + random.nextInt(4),
            1 + random.nextInt(12),
            random.nextInt(6) == 0 ? (long) random.nextInt(30) : null);
    trouble = random.nextInt(3) == 0 ? 0 : random.nextInt(100);
    stopChance = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 0;
    cancelAt = random.nextInt(8) == 0 ? random.nextInt(60) : -1;
    crashAt = random.nextInt(6) == 0 ? random.nextInt(150) : -1;
    fullDiskAt = random.nextInt(10) == 0 ? random.nextInt(8) : -1;
    if (random.nextBoolean()) {
      delivery.lanes.latency(Duration.ZERO, Duration.ofMillis(random.nextInt(1, 40_000)));
    }
    delivery.lanes.onStep(this::step);
    delivery.onIntend = this::intend;
    delivery.onRecord = this::record;
    delivery.answers =
        batch -> {
          try {
            return deliver(batch);
          } catch (AssertionError e) {
            // The engine would take it for a broken contract.
            delivery.lanes.crash(e);
            throw e;
          }
        };
  }

  void play() {
    try {
      report = delivery.run();
    } catch (Kill kill) {
      must(crashed, "a kill from nowhere");
    }
    must(delivery.lanes.closed(), "lanes left open");
  }

  @Nullable DeliveryReport report() {
    return report;
  }

  boolean journalBroke() {
    return journalBroke;
  }

  void check() {
    assertThat(delivery.lanes.mostAtOnce()).isLessThanOrEqualTo(delivery.policy.maxInFlight());
    assertThat(writesAfterCrash).isZero();
    assertThat(delivery.told).isEqualTo(delivery.recorded);
    Long limit = delivery.policy.limit();
    assertThat((long) attempts.size()).isLessThanOrEqualTo(limit == null ? Long.MAX_VALUE : limit);
    recorded.forEach((member, settlement) -> checkSettlement(settlement, attemptsOn(member)));
    if (report == null) {
      return;
    }
    if (!journalBroke) {
      assertThat(recorded.keySet()).isEqualTo(intended);
      assertThat(recorded.keySet()).containsAll(attempts.keySet());
    }
    assertThat(report.tallies()).containsOnlyKeys(ChangeKind.REMOVE, ChangeKind.ADD);
    report.tallies().forEach(this::checkTally);
    if (!report.cancelled() && report.stops().isEmpty() && limit == null) {
      assertThat(attempts).hasSameSizeAs(delivery.plan);
    }
  }

  private void checkSettlement(Settlement settlement, List<Attempt> seen) {
    Outcome folded = null;
    Instant lastUnresolved = null;
    for (Attempt attempt : seen) {
      folded = delivery.rules.fold(folded, attempt.outcome());
      if (Reading.of(attempt.outcome()).unresolved()) {
        lastUnresolved = attempt.at();
      }
    }
    must(
        settlement.outcome().equals(folded == null ? new Outcome.NotAttempted() : folded),
        "not what its attempts fold into");
    Instant unknownAt = settlement.unknownAt();
    must((lastUnresolved == null) == (unknownAt == null), "doubt from nowhere, or none");
    must(
        lastUnresolved == null || !unknownAt.isBefore(lastUnresolved),
        "doubt from an attempt before the last unresolved one");
    // Doubt is reckoned from when it was sent, which is before it took effect.
    must(
        seen.isEmpty() || !settlement.at().isAfter(seen.get(seen.size() - 1).at()),
        "settled later than it took effect");
  }

  private void checkTally(ChangeKind kind, Tally tally) {
    assertThat(tally.balances()).isTrue();
    assertThat(tally.planned()).isEqualTo(delivery.count(kind));
    List<Settlement> settled =
        recorded.values().stream().filter(s -> s.change().kind() == kind).toList();
    assertThat(tally.delivered()).isEqualTo(count(settled, Outcome.Delivered.class));
    assertThat(tally.rejected()).isEqualTo(count(settled, Outcome.Rejected.class));
    assertThat(tally.retryable()).isEqualTo(count(settled, Outcome.Retryable.class));
    assertThat(tally.accepted()).isEqualTo(count(settled, Outcome.Accepted.class));
    long open =
        delivery.plan.stream()
            .filter(c -> c.kind() == kind && intended.contains(c.member()))
            .filter(c -> !recorded.containsKey(c.member()))
            .count();
    assertThat(tally.unknown()).isEqualTo(open + count(settled, Outcome.Unknown.class));
  }

  private static long count(List<Settlement> settled, Class<? extends Outcome> type) {
    return settled.stream().filter(s -> type.isInstance(s.outcome())).count();
  }

  private void step() {
    if (steps++ == crashAt) {
      crashed = true;
      throw new Kill();
    }
    if (steps == cancelAt) {
      delivery.cancellation.cancel();
    }
  }

  private void intend(List<Change> window) {
    write();
    must(!window.isEmpty(), "an empty window");
    for (Change change : window) {
      must(intended.add(change.member()), "intended twice");
      removesOpen += change.kind() == ChangeKind.REMOVE ? 1 : 0;
    }
    must(
        intended.size() - recorded.size() <= 2 * delivery.policy.windowSize(),
        "more than two windows open");
  }

  private void record(List<Settlement> settlements) {
    write();
    for (Settlement settlement : settlements) {
      String member = settlement.change().member();
      must(intended.contains(member), "settled and never intended");
      must(recorded.put(member, settlement) == null, "settled twice");
      removesOpen -= settlement.change().kind() == ChangeKind.REMOVE ? 1 : 0;
    }
  }

  private void write() {
    writesAfterCrash += crashed ? 1 : 0;
    step();
    must(!journalBroke, "a write after the journal broke");
    if (writes++ == fullDiskAt) {
      journalBroke = true;
      throw HostException.unavailable("ledger.full", "The disk is full.", "Make room.");
    }
  }

  private BatchResult deliver(Batch batch) {
    Instant at = delivery.lanes.clock().instant();
    calls++;
    must(batch.size() <= delivery.policy.batchSize(), "a batch too large");
    for (Row row : batch.rows()) {
      checkSend(String.valueOf(row.text(0)), batch.kind());
    }
    int chance = random.nextInt(1_000);
    if (chance < stopChance) {
      return broken(batch, at, chance);
    }
    List<Outcome> outcomes = new ArrayList<>();
    boolean stops = random.nextInt(1_000) < stopChance;
    int until = stops ? random.nextInt(batch.size()) : batch.size();
    for (int i = 0; i < batch.size(); i++) {
      Outcome outcome = i < until ? outcome() : new Outcome.NotAttempted();
      outcomes.add(outcome);
      saw(batch.rows().get(i), at, outcome);
    }
    ProblemKind kind = random.nextBoolean() ? ProblemKind.PERMISSION : ProblemKind.AUTHENTICATION;
    return new BatchResult(outcomes, stops ? problem(kind, "fake.stop") : null);
  }

  private BatchResult broken(Batch batch, Instant at, int chance) {
    for (Row row : batch.rows()) {
      String what = chance % 2 == 0 ? "returned null for a batch of " + batch.size() : null;
      saw(row, at, new Outcome.Unknown(brokenContract(what, batch.size()), null));
    }
    return chance % 2 == 0 ? null : BatchResult.of(List.of());
  }

  private static Problem brokenContract(String what, int rows) {
    String said = what == null ? "returned 0 outcomes for a batch of " + rows : what;
    return new Stops().contractBroken("fake 1.0.0", said);
  }

  private void checkSend(String member, ChangeKind kind) {
    must(intended.contains(member), "sent before it was intended");
    must(!recorded.containsKey(member), "sent after it was settled");
    List<Attempt> before = attemptsOn(member);
    must(before.size() < delivery.policy.attempts(), "sent too often");
    for (Attempt attempt : before) {
      Reading reading = Reading.of(attempt.outcome());
      must(reading.again() != Reading.Again.NEVER, "sent again after a final answer");
      must(idempotent || !reading.unresolved(), "sent again though it may do harm");
    }
    must(kind == ChangeKind.REMOVE || removesOpen == 0, "an add before the last remove");
  }

  // Checks at every step; the assertions of a library would take most of the time.
  private static void must(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private void saw(Row row, Instant at, Outcome outcome) {
    attempts
        .computeIfAbsent(String.valueOf(row.text(0)), member -> new ArrayList<>())
        .add(new Attempt(at, outcome));
  }

  private List<Attempt> attemptsOn(String member) {
    return attempts.getOrDefault(member, List.of());
  }

  private Outcome outcome() {
    if (random.nextInt(100) >= trouble) {
      return new Outcome.Delivered(random.nextBoolean() ? Effect.CHANGED : Effect.UNCHANGED);
    }
    Duration asked = random.nextInt(6) == 0 ? Duration.ofSeconds(random.nextInt(700)) : null;
    return switch (random.nextInt(7)) {
      case 0 -> new Outcome.Rejected(problem(ProblemKind.RECORD, "fake.no-member"));
      case 1 -> new Outcome.Retryable(problem(ProblemKind.UNAVAILABLE, "fake.refused"), asked);
      case 2 -> new Outcome.Retryable(problem(ProblemKind.THROTTLED, "fake.throttled"), asked);
      case 3 -> new Outcome.Unknown(problem(ProblemKind.TARGET_NOT_FOUND, "fake.which"), null);
      case 4 -> new Outcome.Accepted(new Receipt("r" + calls));
      default -> new Outcome.Unknown(problem(ProblemKind.UNAVAILABLE, "fake.timed-out"), asked);
    };
  }

  @Override
  public String toString() {
    return "%s, trouble %d, stops %d, cancel %d, crash %d, disk %d, %d calls, report %s"
        .formatted(
            delivery.policy, trouble, stopChance, cancelAt, crashAt, fullDiskAt, calls, report);
  }
}
