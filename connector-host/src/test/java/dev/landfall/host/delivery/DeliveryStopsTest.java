package dev.landfall.host.delivery;

import static dev.landfall.host.delivery.SimulatedDelivery.DELIVERED;
import static dev.landfall.host.delivery.SimulatedDelivery.all;
import static dev.landfall.host.delivery.SimulatedDelivery.policy;
import static dev.landfall.host.delivery.SimulatedDelivery.problem;
import static dev.landfall.host.delivery.SimulatedDelivery.refused;
import static dev.landfall.host.delivery.SimulatedDelivery.rejected;
import static dev.landfall.host.delivery.SimulatedDelivery.throttled;
import static dev.landfall.host.delivery.SimulatedDelivery.timedOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Tally;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a run ends early, and what it leaves. */
class DeliveryStopsTest {

  private final SimulatedDelivery delivery = new SimulatedDelivery(2);

  @Test
  void aDestinationThatRefusesEveryConnectionStopsTheRunAfter30Seconds() {
    delivery.adds(100_000).policy = policy(32);
    delivery.lanes.latency(Duration.ofMillis(1), Duration.ofMillis(2));
    delivery.answers = batch -> all(batch, refused());

    DeliveryReport report = delivery.run();

    assertThat(codes(report)).containsExactly("delivery.unavailable");
    assertThat(report.stops().get(0).problem().message()).contains("fake.refused");
    assertThat(delivery.elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(35));
    assertThat(adds(report).retryable()).isBetween(20L, 200L);
    assertThat(adds(report).balances()).isTrue();
  }

  @Test
  void callsThatTimeOutStopTheRunAfter20RecordsInARow() {
    delivery.adds(1_000).policy = policy(8);
    delivery.lanes.latency(Duration.ofSeconds(30), Duration.ofSeconds(30));
    delivery.answers = batch -> all(batch, timedOut());

    DeliveryReport report = delivery.run();

    assertThat(codes(report)).containsExactly("delivery.unavailable");
    assertThat(adds(report).unknown()).isBetween(20L, 60L);
  }

  @Test
  void aBlipOfAFewSecondsUnder32InFlightStopsNothing() {
    delivery.adds(20_000).policy = policy(32);
    delivery.lanes.latency(Duration.ofMillis(1), Duration.ofMillis(2));
    delivery.answers =
        batch ->
            all(
                batch,
                between(Duration.ofMillis(500), Duration.ofSeconds(6)) ? refused() : DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(report.stops()).isEmpty();
    assertThat(adds(report).delivered()).isGreaterThan(19_900);
  }

  @Test
  void aDestinationThatAnswersOneCallIn50StopsTheRun() {
    delivery.adds(5_000).policy = policy(4);
    delivery.answers =
        batch -> all(batch, delivery.calls.size() % 50 == 0 ? DELIVERED : timedOut());

    DeliveryReport report = delivery.run();

    assertThat(codes(report)).containsExactly("delivery.unavailable");
    assertThat(delivery.calls).hasSizeBetween(500, 510);
  }

  @Test
  void aDestinationThatAnswersOneCallIn10GoesOn() {
    delivery.adds(700).policy = policy(4);
    delivery.answers =
        batch -> all(batch, delivery.calls.size() % 10 == 0 ? DELIVERED : timedOut());

    assertThat(delivery.run().stops()).isEmpty();
  }

  @Test
  void aMissingMemberOfAnUnseenGroupIsAnAnswerAndIsNotAskedTwice() {
    delivery.removes(600);
    delivery.lanes.latency(Duration.ofMillis(200), Duration.ofMillis(200));
    delivery.answers =
        batch ->
            all(
                batch,
                new Outcome.Unknown(
                    problem(ProblemKind.TARGET_NOT_FOUND, "fake.member-or-group"), null));

    DeliveryReport report = delivery.run();

    assertThat(report.stops()).isEmpty();
    assertThat(delivery.calls).hasSize(600);
    assertThat(report.tallies().get(ChangeKind.REMOVE).unknown()).isEqualTo(600);
  }

  @Test
  void beingThrottledForMinutesIsAnAnswer() {
    delivery.adds(40);
    delivery.answers = batch -> all(batch, throttled(Duration.ofSeconds(2)));

    DeliveryReport report = delivery.run();

    assertThat(report.stops()).isEmpty();
    assertThat(adds(report).retryable()).isEqualTo(40);
    assertThat(delivery.elapsed()).isGreaterThan(Duration.ofMinutes(3));
  }

  @Test
  void hundredRejectionsWithOneCodeStopTheRun() {
    delivery.removes(150).adds(10);
    delivery.answers = batch -> all(batch, rejected("fake.no-member"));

    DeliveryReport report = delivery.run();

    assertThat(codes(report)).containsExactly("delivery.all-rejected");
    assertThat(report.tallies().get(ChangeKind.REMOVE))
        .isEqualTo(new Tally(150, 0, 0, 100, 0, 0, 0, 0, 0, 50));
    assertThat(adds(report).notAttempted()).isEqualTo(10);
  }

  @Test
  void hundredRejectionsAfterOneDeliveryStopNothing() {
    delivery.adds(300);
    delivery.answers =
        batch -> all(batch, delivery.calls.size() == 50 ? DELIVERED : rejected("fake.no-member"));

    assertThat(delivery.run().stops()).isEmpty();
  }

  @Test
  void rejectionsOfMembersRejectedBeforeStopNothing() {
    delivery.plan(ChangeKind.ADD, 300, true).adds(99);
    delivery.answers = batch -> all(batch, rejected("fake.no-member"));

    assertThat(delivery.run().stops()).isEmpty();
  }

  @Test
  void rejectionsWithTwoCodesStopNothing() {
    delivery.adds(300);
    delivery.answers = batch -> all(batch, rejected("fake.no-" + delivery.calls.size() % 2));

    assertThat(delivery.run().stops()).isEmpty();
  }

  @Test
  void refusedCredentialsStopTheRunAndNothingNewIsSent() {
    delivery.removes(50).adds(50).policy = policy(4);
    delivery.answers =
        batch ->
            delivery.calls.size() == 10
                ? stop(batch, ProblemKind.AUTHENTICATION)
                : all(batch, DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(codes(report)).containsExactly("fake.stop");
    assertThat(report.failed()).isTrue();
    assertThat(delivery.calls).hasSizeBetween(10, 16);
    assertThat(delivery.recorded).hasSameSizeAs(delivery.intended);
    assertThat(adds(report).notAttempted()).isEqualTo(50);
    assertThat(report.tallies().values()).allMatch(Tally::balances);
  }

  @Test
  void aMissingPermissionEndsItsDirectionOnly() {
    delivery.removes(50).adds(50).policy = policy(4);
    delivery.answers =
        batch ->
            batch.kind() == ChangeKind.REMOVE
                ? stop(batch, ProblemKind.PERMISSION)
                : all(batch, DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(report.stops())
        .containsExactly(
            new DeliveryReport.Stop(
                problem(ProblemKind.PERMISSION, "fake.stop"), ChangeKind.REMOVE));
    assertThat(report.failed()).isFalse();
    assertThat(report.tallies().get(ChangeKind.REMOVE).notAttempted()).isEqualTo(50);
    assertThat(adds(report).delivered()).isEqualTo(50);
  }

  @Test
  void aRecordThatWaitsForAnotherAttemptAtAStopKeepsWhatWasSeen() {
    delivery.adds(3);
    delivery.answers =
        batch ->
            switch (delivery.calls.size()) {
              case 1 -> all(batch, timedOut());
              case 2 -> all(batch, refused());
              default -> stop(batch, ProblemKind.CONFIGURATION);
            };

    DeliveryReport report = delivery.run();

    assertThat(adds(report)).isEqualTo(new Tally(3, 0, 0, 0, 1, 1, 0, 0, 0, 1));
    assertThat(settlement("m1").unknownAt()).isNotNull();
    assertThat(settlement("m2").unknownAt()).isNull();
  }

  @Test
  void aThrottleOfElevenMinutesStopsTheRunAndOneOfTenIsWaitedFor() {
    delivery.adds(1);
    delivery.answers =
        batch ->
            all(
                batch,
                throttled(
                    delivery.calls.size() == 1 ? Duration.ofMinutes(10) : Duration.ofMinutes(11)));

    DeliveryReport report = delivery.run();

    assertThat(codes(report)).containsExactly("delivery.pause-too-long");
    assertThat(delivery.calls).hasSize(2);
    assertThat(delivery.elapsed()).isGreaterThan(Duration.ofMinutes(10));
    assertThat(delivery.notices).hasSize(1);
  }

  @Test
  void anExceptionMakesItsBatchUnknownAndStopsTheRunWithoutItsMessage() {
    delivery.adds(30).policy = new DeliveryPolicy(1, false, 10, null, 3, 1_000, null);
    delivery.answers =
        batch -> {
          throw new IllegalStateException("member canary");
        };

    DeliveryReport report = delivery.run();

    assertThat(codes(report)).containsExactly("delivery.contract-broken");
    assertThat(report.stops().get(0).problem().message())
        .contains("fake 1.0.0", "java.lang.IllegalStateException", "DeliveryStopsTest.java:")
        .doesNotContain("canary");
    assertThat(adds(report)).isEqualTo(new Tally(30, 0, 0, 0, 0, 10, 0, 0, 0, 20));
  }

  @Test
  void aLinkageErrorIsABrokenContractToo() {
    delivery.adds(1);
    delivery.answers =
        batch -> {
          throw new NoClassDefFoundError("gone");
        };

    assertThat(codes(delivery.run())).containsExactly("delivery.contract-broken");
  }

  @Test
  void aNullResultAndOneOfTheWrongSizeAreBrokenContracts() {
    delivery.adds(1).answers = batch -> null;
    assertThat(delivery.run().stops().get(0).problem().message()).contains("returned null");

    SimulatedDelivery other = new SimulatedDelivery(3).adds(1);
    other.answers = batch -> BatchResult.of(List.of());
    assertThat(other.run().stops().get(0).problem().message()).contains("0 outcomes");
  }

  @Test
  void recordsLeftUnattemptedWithoutAWordAreABrokenContract() {
    delivery.adds(10);
    delivery.answers = batch -> all(batch, new Outcome.NotAttempted());

    DeliveryReport report = delivery.run();

    assertThat(codes(report)).containsExactly("delivery.contract-broken");
    assertThat(adds(report).notAttempted()).isEqualTo(10);
    assertThat(delivery.calls).hasSize(1);
  }

  @Test
  void aDyingVirtualMachineEndsTheRunWithoutAnotherWrite() {
    delivery.adds(10);
    delivery.answers =
        batch -> {
          throw new StackOverflowError();
        };

    assertThatThrownBy(delivery::run).isInstanceOf(StackOverflowError.class);
    assertThat(delivery.recorded).isEmpty();
  }

  @Test
  void aCancelAwaitsWhatIsInFlightAndRecordsIt() {
    delivery.removes(20).adds(20).policy = policy(4);
    delivery.answers =
        batch -> {
          if (delivery.calls.size() == 6) {
            delivery.cancellation.cancel();
          }
          return all(batch, DELIVERED);
        };

    DeliveryReport report = delivery.run();

    assertThat(report.cancelled()).isTrue();
    assertThat(report.stops()).isEmpty();
    assertThat(delivery.calls).hasSizeBetween(6, 10);
    assertThat(delivery.recorded).hasSameSizeAs(delivery.intended);
    assertThat(report.tallies().get(ChangeKind.REMOVE).delivered())
        .isEqualTo(delivery.calls.size());
    assertThat(delivery.closes).isZero();
  }

  @Test
  void aCancelDoesNotWaitForAPauseToEnd() {
    delivery.adds(20);
    delivery.answers =
        batch -> {
          delivery.cancellation.cancel();
          return all(batch, throttled(Duration.ofMinutes(5)));
        };

    assertThat(delivery.run().cancelled()).isTrue();
    assertThat(delivery.elapsed()).isLessThan(Duration.ofSeconds(1));
  }

  private static List<String> codes(DeliveryReport report) {
    return report.stops().stream().map(stop -> stop.problem().code()).toList();
  }

  private static Tally adds(DeliveryReport report) {
    return report.tallies().get(ChangeKind.ADD);
  }

  private static BatchResult stop(Batch batch, ProblemKind kind) {
    return BatchResult.stopped(List.of(), batch.size(), problem(kind, "fake.stop"));
  }

  private boolean between(Duration from, Duration to) {
    return delivery.elapsed().compareTo(from) >= 0 && delivery.elapsed().compareTo(to) < 0;
  }

  private Settlement settlement(String member) {
    return delivery.recorded.stream()
        .filter(s -> s.change().member().equals(member))
        .findFirst()
        .orElseThrow();
  }
}
