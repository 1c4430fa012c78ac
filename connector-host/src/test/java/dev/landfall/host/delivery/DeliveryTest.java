package dev.landfall.host.delivery;

import static dev.landfall.host.delivery.SimulatedDelivery.DELIVERED;
import static dev.landfall.host.delivery.SimulatedDelivery.all;
import static dev.landfall.host.delivery.SimulatedDelivery.policy;
import static dev.landfall.host.delivery.SimulatedDelivery.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.HostException;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of a run in which nothing is wrong with the destination. */
class DeliveryTest {

  private final SimulatedDelivery delivery = new SimulatedDelivery(1);

  @Test
  void everythingPlannedIsDeliveredAndRecordedOnce() {
    delivery.removes(3).adds(2_500);

    DeliveryReport report = delivery.run();

    assertThat(report.tallies().get(ChangeKind.REMOVE))
        .isEqualTo(new Tally(3, 3, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(report.tallies().get(ChangeKind.ADD).delivered()).isEqualTo(2_500);
    assertThat(report.stops()).isEmpty();
    assertThat(report.cancelled()).isFalse();
    assertThat(delivery.recorded).extracting(s -> s.change().seq()).doesNotHaveDuplicates();
    assertThat(delivery.told).isEqualTo(delivery.recorded).hasSize(2_503);
    assertThat(delivery.lanes.closed()).isTrue();
    assertThat(delivery.closes).isZero();
  }

  @Test
  void anEmptyPlanTouchesNothing() {
    assertThat(delivery.run().tallies().values()).containsOnly(Tally.NONE);
    assertThat(delivery.log).isEmpty();
  }

  @Test
  void addsBeginOnlyWhenTheLastRemoveHasItsFinalOutcome() {
    delivery.removes(5).adds(5).policy = policy(8);
    delivery.answers =
        batch ->
            delivery.calls("m3").size() < 3 && batch.rows().get(0).text(0).equals("m3")
                ? all(batch, SimulatedDelivery.refused())
                : all(batch, DELIVERED);

    delivery.run();

    List<ChangeKind> kinds = delivery.calls.stream().map(call -> call.batch().kind()).toList();
    assertThat(kinds.subList(0, 7)).containsOnly(ChangeKind.REMOVE);
    assertThat(kinds.subList(7, 12)).containsOnly(ChangeKind.ADD);
    assertThat(delivery.calls("m3")).hasSize(3);
  }

  @Test
  void removesCarryTheKeyAloneAndAddsTheirTypedValues() {
    delivery.removes(1).adds(1).run();

    Batch remove = delivery.calls.get(0).batch();
    Batch add = delivery.calls.get(1).batch();
    assertThat(remove.schema().fields()).hasSize(1);
    assertThat(add.rows().get(0).value(1)).isEqualTo(7L);
  }

  @Test
  void aValueThatItsFieldCannotHoldIsRejectedWithoutACall() {
    delivery.plan.add(
        new Change(1, ChangeKind.ADD, "m1", "m1", List.of("gold-canary"), null, false));
    delivery.adds(1);

    DeliveryReport report = delivery.run();

    assertThat(delivery.calls).hasSize(1);
    assertThat(report.tallies().get(ChangeKind.ADD).rejected()).isEqualTo(1);
    assertThat(report.problems().get(0).problem().code()).isEqualTo("delivery.value-unfit");
    assertThat(report.toString()).doesNotContain("canary");
  }

  @Test
  void noMoreThanTwoWindowsAreOpenAndEachIsIntendedBeforeItIsSent() {
    delivery.adds(10_000).policy = new DeliveryPolicy(4, false, 10, null, 3, 500, null);
    List<Integer> open = new ArrayList<>();
    delivery.onIntend =
        window -> open.add(delivery.intended.size() + window.size() - delivery.recorded.size());
    delivery.answers =
        batch -> {
          assertThat(delivery.intended.size()).isGreaterThanOrEqualTo(10 * delivery.calls.size());
          return all(batch, DELIVERED);
        };

    delivery.run();

    assertThat(open).hasSize(20).allMatch(n -> n <= 1_000);
  }

  @Test
  void oneInFlightAt20MillisecondsLosesNoMoreThan5PercentToAJournalOf10() {
    assertThat(elapsedBeyondTheCallsAlone(1, Duration.ofMillis(20), 5_000, 1_000)).isLessThan(0.05);
  }

  @Test
  void thirtyTwoInFlightAt5MillisecondsLoseNoMoreThan10PercentToAJournalOf10() {
    assertThat(elapsedBeyondTheCallsAlone(32, Duration.ofMillis(5), 50_000, 1_000))
        .isLessThan(0.10);
  }

  @Test
  void theJournalIsWrittenWhileCallsAreInFlight() {
    assertThat(elapsedBeyondTheCallsAlone(1, Duration.ofMillis(20), 500, 5)).isLessThan(0.05);
  }

  @Test
  void theEndOfAWindowCutsNoBatchShort() {
    delivery.adds(9_000).policy = new DeliveryPolicy(2, false, 300, null, 3, 1_000, null);

    delivery.run();

    assertThat(delivery.calls).hasSize(30);
  }

  private double elapsedBeyondTheCallsAlone(int inFlight, Duration call, int count, int window) {
    delivery.adds(count).policy = new DeliveryPolicy(inFlight, false, 1, null, 3, window, null);
    delivery.lanes.latency(call, call);
    delivery.onIntend = intents -> delivery.lanes.spend(Duration.ofMillis(10));
    delivery.onRecord = settlements -> delivery.lanes.spend(Duration.ofMillis(10));
    delivery.run();
    double alone = (double) count / inFlight * call.toNanos();
    return delivery.elapsed().toNanos() / alone - 1;
  }

  @Test
  void settlementsAreRecordedAboutOnceASecondWhenCallsAreSlow() {
    delivery.adds(10);
    delivery.lanes.latency(Duration.ofMillis(700), Duration.ofMillis(700));

    delivery.run();

    assertThat(delivery.log).hasSizeGreaterThan(4).startsWith("intend 10", "record 2");
  }

  @Test
  void theRateHoldsOverAllLanes() {
    delivery.adds(101).policy = new DeliveryPolicy(8, false, 1, 10.0, 3, 1_000, null);

    delivery.run();

    assertThat(delivery.elapsed()).isBetween(Duration.ofMillis(9_900), Duration.ofMillis(10_100));
  }

  @Test
  void aLimitCountsChangesOverBothDirectionsAndNotAttempts() {
    delivery.removes(3).adds(10).policy = new DeliveryPolicy(4, false, 1, null, 3, 1_000, 5L);
    delivery.answers =
        batch ->
            delivery.calls.size() == 1
                ? all(batch, SimulatedDelivery.refused())
                : all(batch, DELIVERED);

    DeliveryReport report = delivery.run();

    assertThat(delivery.calls).hasSize(6);
    assertThat(report.tallies().get(ChangeKind.ADD))
        .isEqualTo(new Tally(10, 2, 0, 0, 0, 0, 0, 0, 0, 8));
    assertThat(report.stops()).isEmpty();
  }

  @Test
  void problemsAreCountedByCode() {
    delivery.adds(6);
    delivery.answers =
        batch ->
            all(batch, delivery.calls.size() % 3 == 0 ? DELIVERED : rejected("fake.no-member"));

    assertThat(delivery.run().problems())
        .singleElement()
        .satisfies(p -> assertThat(p.count()).isEqualTo(4))
        .satisfies(p -> assertThat(p.problem().remedy()).isEqualTo("Do something."));
  }

  @Test
  void acceptedIsNeitherSentAgainNorTakenAsDone() {
    delivery.adds(1);
    delivery.answers = batch -> all(batch, new Outcome.Accepted(new Receipt("receipt-1")));

    DeliveryReport report = delivery.run();

    assertThat(report.tallies().get(ChangeKind.ADD).accepted()).isEqualTo(1);
    assertThat(delivery.calls).hasSize(1);
    assertThat(delivery.recorded.get(0).unknownAt()).isNotNull();
  }

  @Test
  void aFullDiskAtAnIntentStopsTheRunBeforeAnythingOfItIsSent() {
    delivery.removes(10).adds(10);
    delivery.onIntend = window -> fullDisk();

    DeliveryReport report = delivery.run();

    assertThat(delivery.calls).isEmpty();
    assertThat(report.failed()).isTrue();
    assertThat(report.tallies().get(ChangeKind.REMOVE).notAttempted()).isEqualTo(10);
    assertThat(report.tallies().get(ChangeKind.ADD).notAttempted()).isEqualTo(10);
  }

  @Test
  void aFullDiskAtARecordLeavesWhatIsOpenUnknownAndWritesNothingMore() {
    delivery.adds(3_000).policy = policy(4);
    delivery.onRecord =
        settlements -> {
          if (delivery.recorded.size() >= 900) {
            fullDisk();
          }
        };

    DeliveryReport report = delivery.run();

    Tally adds = report.tallies().get(ChangeKind.ADD);
    assertThat(report.stops()).extracting(s -> s.problem().code()).containsExactly("ledger.full");
    assertThat(adds.delivered()).isEqualTo(delivery.recorded.size()).isPositive();
    assertThat(adds.unknown()).isEqualTo(delivery.intended.size() - delivery.recorded.size());
    assertThat(adds.balances()).isTrue();
    assertThat(delivery.told).isEqualTo(delivery.recorded);
  }

  @Test
  void aListenerThatCannotWriteStopsTheRunAndTheJournalIsKept() {
    delivery.adds(5_000);
    delivery.onSettled = settlements -> fullDisk();

    DeliveryReport report = delivery.run();

    assertThat(report.failed()).isTrue();
    assertThat(delivery.calls.size()).isLessThan(5_000);
    assertThat(delivery.recorded).hasSameSizeAs(delivery.intended);
  }

  private static void fullDisk() {
    throw HostException.unavailable("ledger.full", "The disk is full.", "Make room.");
  }
}
