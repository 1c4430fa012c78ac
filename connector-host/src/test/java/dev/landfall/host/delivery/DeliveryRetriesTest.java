package dev.landfall.host.delivery;

import static dev.landfall.host.delivery.SimulatedDelivery.DELIVERED;
import static dev.landfall.host.delivery.SimulatedDelivery.all;
import static dev.landfall.host.delivery.SimulatedDelivery.policy;
import static dev.landfall.host.delivery.SimulatedDelivery.problem;
import static dev.landfall.host.delivery.SimulatedDelivery.refused;
import static dev.landfall.host.delivery.SimulatedDelivery.throttled;
import static dev.landfall.host.delivery.SimulatedDelivery.timedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What is sent again, when, and what its attempts come to. */
class DeliveryRetriesTest {

  private final SimulatedDelivery delivery = new SimulatedDelivery(4);

  @Test
  void aRefusedConnectionIsTriedAgainAfterWaitsThatDouble() {
    delivery.adds(1).policy = new DeliveryPolicy(1, false, 1, null, 6, 1_000, null);
    delivery.answers = batch -> all(batch, refused());

    DeliveryReport report = delivery.run();

    assertThat(adds(report).retryable()).isEqualTo(1);
    assertThat(delivery.calls).hasSize(6);
    for (int i = 1; i < 6; i++) {
      long doubled = 200L << (i - 1);
      assertThat(gap(i).toMillis()).isBetween(doubled * 3 / 4, doubled * 5 / 4 + 100);
    }
  }

  @Test
  void aWaitNeverGrowsBeyond30Seconds() {
    delivery.adds(1).policy = new DeliveryPolicy(1, false, 1, null, 14, 1_000, null);
    delivery.answers = batch -> all(batch, refused());

    delivery.run();

    assertThat(gap(12)).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
    assertThat(gap(13)).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
  }

  @Test
  void aRecordThatWaitsDoesNotHoldUpTheOthers() {
    delivery.adds(100).policy = new DeliveryPolicy(1, false, 1, null, 3, 10, null);
    delivery.answers = batch -> all(batch, delivery.calls.size() == 1 ? refused() : DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(adds(report).delivered()).isEqualTo(100);
    assertThat(delivery.calls.get(1).id()).isEqualTo("m2");
    assertThat(delivery.calls("m1")).hasSize(2);
  }

  @Test
  void anUnknownOfAKindThatIsNotIdempotentIsSentOnce() {
    delivery.adds(1).descriptor = SimulatedDelivery.fake(ChangeKind.REMOVE);
    delivery.answers = batch -> all(batch, timedOut());

    assertThat(adds(delivery.run()).unknown()).isEqualTo(1);
    assertThat(delivery.calls).hasSize(1);
  }

  @Test
  void onceUnknownOnlyDeliveredSettlesARecord() {
    delivery.adds(1);
    delivery.answers = inTurn(n -> n == 1 ? timedOut() : refused());

    DeliveryReport report = delivery.run();

    assertThat(adds(report).unknown()).isEqualTo(1);
    assertThat(delivery.calls).hasSize(3);
    assertThat(delivery.recorded.get(0).unknownAt())
        .isBetween(delivery.calls.get(0).at(), delivery.calls.get(1).at());
  }

  @Test
  void aDeliveryAfterATimeOutIsDeliveredAndKeepsWhenTheTimeOutWas() {
    delivery.adds(1);
    delivery.answers = inTurn(n -> n < 3 ? timedOut() : DELIVERED);

    DeliveryReport report = delivery.run();

    Instant unknownAt = delivery.recorded.get(0).unknownAt();
    assertThat(adds(report).delivered()).isEqualTo(1);
    assertThat(unknownAt).isBetween(delivery.calls.get(1).at(), delivery.calls.get(2).at());
    assertThat(delivery.recorded.get(0).at()).isBetween(unknownAt, delivery.calls.get(2).at());
  }

  @Test
  void aThrottleHoldsTheWholeSessionForAsLongAsItAsks() {
    delivery.adds(20).policy = policy(1);
    delivery.answers = inTurn(n -> n == 5 ? throttled(Duration.ofSeconds(7)) : DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(adds(report).delivered()).isEqualTo(20);
    assertThat(gap(5)).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_100));
    assertThat(delivery.notices).singleElement().asString().contains("Fake", "7.0 seconds");
  }

  @Test
  void aServerErrorThatSaysWhenToComeBackHoldsTheSessionToo() {
    delivery.adds(3);
    Outcome down =
        new Outcome.Unknown(problem(ProblemKind.UNAVAILABLE, "fake.down"), Duration.ofSeconds(90));
    delivery.answers = inTurn(n -> n == 1 ? down : DELIVERED);

    assertThat(adds(delivery.run()).delivered()).isEqualTo(3);
    assertThat(gap(1)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
  }

  @Test
  void throttlesWithoutATimeSlowTheSessionDownMoreAndMore() {
    delivery.adds(200).policy = new DeliveryPolicy(8, false, 1, null, 4, 1_000, null);
    delivery.answers =
        batch ->
            all(
                batch,
                delivery.elapsed().compareTo(Duration.ofSeconds(1)) < 0
                    ? throttled(null)
                    : DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(adds(report).delivered()).isEqualTo(200);
    assertThat(delivery.calls.size()).isLessThan(200 + 4 * 8);
  }

  @Test
  void recordsOfOneBatchGoTheirOwnWays() {
    delivery.adds(4).policy = new DeliveryPolicy(1, false, 4, null, 2, 1_000, null);
    delivery.answers =
        batch ->
            delivery.calls.size() == 1
                ? BatchResult.of(
                    List.of(
                        DELIVERED, refused(), SimulatedDelivery.rejected("fake.no"), timedOut()))
                : all(batch, DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(adds(report)).isEqualTo(new Tally(4, 3, 0, 1, 0, 0, 0, 0, 0, 0));
    assertThat(delivery.calls.stream().skip(1).mapToInt(call -> call.batch().size()).sum())
        .isEqualTo(2);
  }

  @Test
  void aCallThatOutlivesItsClosedSessionIsGivenUpAsUnknown() {
    delivery.adds(5).policy = policy(2);
    delivery.lanes.latency(Duration.ofHours(1), Duration.ofHours(1));
    boolean[] cancelled = {false};
    delivery.lanes.onStep(
        () -> {
          if (delivery.lanes.mostAtOnce() == 2 && !cancelled[0]) {
            cancelled[0] = true;
            delivery.cancellation.cancelHard();
          }
        });

    DeliveryReport report = delivery.run();

    assertThat(delivery.closes).isEqualTo(1);
    assertThat(report.cancelled()).isTrue();
    assertThat(delivery.elapsed()).isEqualTo(Duration.ofSeconds(10));
    assertThat(adds(report)).isEqualTo(new Tally(5, 0, 0, 0, 0, 2, 0, 0, 0, 3));
    assertThat(report.problems().get(0).problem().code()).isEqualTo("delivery.given-up");
  }

  private static Tally adds(DeliveryReport report) {
    return report.tallies().get(ChangeKind.ADD);
  }

  /** From one call to the next. */
  private Duration gap(int call) {
    return Duration.between(delivery.calls.get(call - 1).at(), delivery.calls.get(call).at());
  }

  private Function<Batch, BatchResult> inTurn(IntFunction<Outcome> outcome) {
    return batch -> all(batch, outcome.apply(delivery.calls.size()));
  }
}
