package dev.landfall.host.delivery;

import static dev.landfall.host.delivery.SimulatedDelivery.DELIVERED;
import static dev.landfall.host.delivery.SimulatedDelivery.all;
import static dev.landfall.host.delivery.SimulatedDelivery.problem;
import static dev.landfall.host.delivery.SimulatedDelivery.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.HostException;
import dev.landfall.host.ledger.Tally;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a run asks, at its end, for what the destination only accepted; on virtual time. */
class ConfirmingTest {

  private final SimulatedDelivery delivery = new SimulatedDelivery(7);
  private final AtomicInteger questions = new AtomicInteger();

  @BeforeEach
  void thatAcceptsEverything() {
    delivery.lanes.latency(Duration.ZERO, Duration.ZERO);
    delivery.answers = batch -> all(batch, new Outcome.Accepted(new Receipt("r")));
  }

  private static Confirmation settled(Batch batch, Outcome outcome) {
    return new Confirmation.Settled(all(batch, outcome));
  }

  private static Confirmation pending(long seconds) {
    return new Confirmation.Pending(Duration.ofSeconds(seconds));
  }

  private static Tally accepted(long changes) {
    return new Tally(changes, 0, 0, 0, 0, 0, changes, 0, 0, 0);
  }

  @Test
  void whatIsConfirmedAtOnceIsBookedAsWhatItCameTo() {
    delivery.removes(1).adds(3).confirmations =
        batch ->
            settled(
                batch, questions.incrementAndGet() == 2 ? rejected("fake.no-member") : DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(report.tallies().get(ChangeKind.REMOVE))
        .isEqualTo(new Tally(1, 1, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(report.tallies().get(ChangeKind.ADD))
        .isEqualTo(new Tally(3, 2, 0, 1, 0, 0, 0, 0, 0, 0));
    assertThat(report.problems()).extracting(p -> p.problem().code()).contains("fake.no-member");
    assertThat(delivery.confirmed)
        .containsExactly("m1 Delivered", "m2 Rejected", "m3 Delivered", "m4 Delivered");
    assertThat(report.confirmed()).as("of earlier runs").isEqualTo(Tally.NONE);
    assertThat(delivery.elapsed()).isZero();
  }

  @Test
  void itWaitsAsLongAsTheDestinationSaysAndAsksAgain() {
    delivery.adds(1).confirmations =
        batch -> questions.incrementAndGet() < 3 ? pending(20) : settled(batch, DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(delivery.asks).containsExactly("r after 0", "r after 20", "r after 40");
    assertThat(report.tallies().get(ChangeKind.ADD).delivered()).isOne();
    assertThat(delivery.notices).singleElement().asString().startsWith("delivery.confirming ");
  }

  @Test
  void itAsksNoMoreOnceTheTimeIsOverAndWhatIsPendingStaysAccepted() {
    delivery.confirmWithin = Duration.ofSeconds(50);
    delivery.adds(1).confirmations = batch -> pending(20);

    DeliveryReport report = delivery.run();

    assertThat(delivery.asks).containsExactly("r after 0", "r after 20", "r after 40");
    assertThat(delivery.elapsed()).as("no waiting for nothing").isEqualTo(Duration.ofSeconds(40));
    assertThat(report.tallies().get(ChangeKind.ADD)).isEqualTo(accepted(1));
  }

  @Test
  void withoutTimeItAsksOnceAndWaitsForNothing() {
    delivery.confirmWithin = Duration.ZERO;
    delivery.adds(2).confirmations = batch -> pending(0);

    delivery.run();

    assertThat(delivery.asks).containsExactly("r after 0", "r after 0");
    assertThat(delivery.elapsed()).isZero();
    assertThat(delivery.notices).isEmpty();
  }

  @Test
  void aDestinationThatWantsToBeAskedAtOnceIsAskedOnceASecond() {
    delivery.confirmWithin = Duration.ofSeconds(3);
    delivery.adds(1).confirmations = batch -> pending(0);

    delivery.run();

    assertThat(delivery.asks).containsExactly("r after 0", "r after 1", "r after 2", "r after 3");
  }

  @Test
  void questionsKeepToTheRate() {
    delivery.policy = new DeliveryPolicy(1, false, 1, 1.0, 3, 1_000, null);
    delivery.adds(3).confirmations = batch -> settled(batch, DELIVERED);

    delivery.run();

    assertThat(delivery.asks).containsExactly("r after 3", "r after 4", "r after 5");
  }

  @Test
  void aDestinationThatWantsToBeLeftAloneIsNotAskedBeforeNorForLongerThanTheRunMayWait() {
    assertThat(asksAfterAPauseOf(60)).containsExactly("r after 60");
    assertThat(asksAfterAPauseOf(300)).isEmpty();
  }

  private static List<String> asksAfterAPauseOf(long seconds) {
    SimulatedDelivery paused = new SimulatedDelivery(7);
    paused.lanes.latency(Duration.ZERO, Duration.ZERO);
    paused.policy = new DeliveryPolicy(1, false, 1, null, 1, 1_000, null);
    paused.answers =
        batch ->
            paused.calls.size() == 1
                ? all(batch, new Outcome.Accepted(new Receipt("r")))
                : all(batch, SimulatedDelivery.throttled(Duration.ofSeconds(seconds)));
    paused.adds(2).run();
    return paused.asks;
  }

  @Test
  void aCancellationEndsTheWaiting() {
    delivery.adds(1).confirmations =
        batch -> {
          delivery.cancellation.cancel();
          return pending(20);
        };

    DeliveryReport report = delivery.run();

    assertThat(delivery.asks).hasSize(1);
    assertThat(delivery.elapsed()).isZero();
    assertThat(report.tallies().get(ChangeKind.ADD)).isEqualTo(accepted(1));
    assertThat(report.cancelled()).isTrue();
  }

  @Test
  void theEndOfTheRunsTimeEndsTheWaitingAndNothingElse() {
    delivery.adds(1).confirmations =
        batch -> {
          delivery.cancellation.expire();
          return pending(20);
        };

    DeliveryReport report = delivery.run();

    assertThat(delivery.asks).hasSize(1);
    assertThat(report.cancelled()).isFalse();
    assertThat(report.stops()).isEmpty();
  }

  @Test
  void aRunThatWasStoppedAsksForNothing() {
    delivery.adds(5).confirmations = batch -> settled(batch, DELIVERED);
    delivery.answers =
        batch ->
            questions.incrementAndGet() < 3
                ? all(batch, new Outcome.Accepted(new Receipt("r")))
                : BatchResult.stopped(
                    List.of(), 1, problem(ProblemKind.AUTHENTICATION, "fake.refused"));

    DeliveryReport report = delivery.run();

    assertThat(delivery.asks).isEmpty();
    assertThat(report.tallies().get(ChangeKind.ADD).accepted()).isEqualTo(2);
  }

  @Test
  void whatBreaksTheContractWhenAskedChangesNothingAndIsSaidOnce() {
    delivery.adds(3).confirmations =
        batch -> {
          throw new IllegalStateException("of member 4711");
        };

    DeliveryReport report = delivery.run();

    assertThat(report.tallies().get(ChangeKind.ADD)).isEqualTo(accepted(3));
    assertThat(report.stops()).isEmpty();
    assertThat(delivery.receipts).hasSize(3);
    assertThat(delivery.notices)
        .singleElement()
        .asString()
        .startsWith("delivery.contract-broken ")
        .contains("IllegalStateException", "confirm")
        .doesNotContain("4711");
  }

  @Test
  void aStopAmongTheAnswersEndsTheAskingButNotTheRun() {
    delivery.adds(3).confirmations =
        batch ->
            new Confirmation.Settled(
                new BatchResult(
                    List.of(DELIVERED), problem(ProblemKind.PERMISSION, "fake.forbidden")));

    DeliveryReport report = delivery.run();

    assertThat(delivery.asks).hasSize(1);
    assertThat(report.stops()).isEmpty();
    assertThat(report.tallies().get(ChangeKind.ADD))
        .isEqualTo(new Tally(3, 1, 0, 0, 0, 0, 2, 0, 0, 0));
    assertThat(delivery.notices).containsExactly("fake.forbidden It happened.");
  }

  @Test
  void aJournalThatCannotBeWrittenStopsTheRunAndTheChangeStaysAccepted() {
    delivery.adds(2).confirmations = batch -> settled(batch, DELIVERED);
    delivery.onConfirm =
        () -> {
          throw HostException.unavailable("ledger.full", "The disk is full.", "Make room.");
        };

    DeliveryReport report = delivery.run();

    assertThat(report.tallies().get(ChangeKind.ADD)).isEqualTo(accepted(2));
    assertThat(report.stops()).extracting(s -> s.problem().code()).containsExactly("ledger.full");
    assertThat(delivery.asks).hasSize(1);
    assertThat(delivery.confirmed).isEmpty();
  }

  @Test
  void aSessionThatCannotConfirmMayNotAccept() {
    delivery.session =
        new DestinationSession() {
          @Override
          public BatchResult deliver(Batch batch) {
            return delivery.deliver(batch);
          }

          @Override
          public void close() {
            delivery.close();
          }
        };

    DeliveryReport report = delivery.adds(2).run();

    assertThat(report.stops())
        .extracting(s -> s.problem().code())
        .containsExactly("delivery.contract-broken");
    assertThat(report.tallies().get(ChangeKind.ADD))
        .isEqualTo(new Tally(2, 0, 0, 0, 0, 1, 0, 0, 0, 1));
    assertThat(delivery.recorded.get(0).outcome()).isInstanceOf(Outcome.Unknown.class);
  }
}
