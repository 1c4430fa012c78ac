package dev.landfall.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How near the adaptive limit comes to a destination's capacity, in minutes of virtual time. */
class AdaptiveLimitTest {

  private static final int CEILING = 64;

  private final SimulatedDelivery delivery = new SimulatedDelivery(7);
  private final Random random = new Random(7);
  private long refused;

  /** Delivers so many changes. */
  private void deliver(int changes) {
    delivery.adds(changes).policy = new DeliveryPolicy(CEILING, true, 1, null, 20, 1_000, null);
    delivery.lanes.latency(Duration.ZERO, Duration.ZERO);
    DeliveryReport report = delivery.run();
    assertThat(report.tallies().get(ChangeKind.ADD).delivered()).isEqualTo(changes);
  }

  private double perSecond(int changes) {
    return changes / (delivery.elapsed().toNanos() / 1e9);
  }

  private double shareRefused() {
    return (double) refused / delivery.calls.size();
  }

  /** Takes a call on, for 16 to 24 ms. */
  private BatchResult take(Batch batch, Duration took) {
    delivery.lanes.spend(took);
    return SimulatedDelivery.all(batch, SimulatedDelivery.DELIVERED);
  }

  private Duration latency() {
    return Duration.ofMillis(16).plusNanos(random.nextInt(8_000_000));
  }

  private BatchResult refuse(@Nullable Duration retryAfter) {
    refused++;
    delivery.lanes.spend(Duration.ofMillis(1));
    return BatchResult.of(List.of(SimulatedDelivery.throttled(retryAfter)));
  }

  /** Refuses what would be more than so many calls at once. */
  private BatchResult atOnce(Batch batch, PriorityQueue<Long> ends, int capacity) {
    long now = delivery.lanes.nanos();
    ends.removeIf(end -> end <= now);
    if (ends.size() >= capacity) {
      return refuse(null);
    }
    Duration took = latency();
    ends.add(now + took.toNanos());
    return take(batch, took);
  }

  /** Refuses what is more than so many calls in any second. */
  private void inASecond(int capacity, @Nullable Duration retryAfter) {
    Deque<Long> taken = new ArrayDeque<>();
    delivery.answers =
        batch -> {
          long now = delivery.lanes.nanos();
          taken.removeIf(at -> at <= now - 1_000_000_000L);
          if (taken.size() >= capacity) {
            return refuse(retryAfter);
          }
          taken.add(now);
          return take(batch, latency());
        };
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 10, 16, 40})
  void aDestinationThatRefusesMoreThanSoManyCallsAtOnceIsUsedToNineTenths(int capacity) {
    PriorityQueue<Long> ends = new PriorityQueue<>();
    delivery.answers = batch -> atOnce(batch, ends, capacity);
    int changes = capacity * 50 * 60;
    deliver(changes);
    assertThat(perSecond(changes)).isGreaterThan(0.9 * capacity * 50);
    assertThat(shareRefused()).isLessThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 200, 730})
  void aDestinationThatRefusesMoreThanSoManyCallsInASecondIsUsedToNineTenths(int capacity) {
    inASecond(capacity, null);
    int changes = capacity * 60;
    deliver(changes);
    assertThat(perSecond(changes)).isGreaterThan(0.9 * capacity);
    assertThat(shareRefused()).isLessThan(0.01);
  }

  @Test
  void aSecondsPauseThatIsAskedForCostsLittle() {
    inASecond(200, Duration.ofSeconds(1));
    deliver(12_000);
    assertThat(perSecond(12_000)).isGreaterThan(0.8 * 200);
    assertThat(shareRefused()).isLessThan(0.01);
  }

  @Test
  void aDestinationThatQueuesIsUsedToItsCapacityWithoutALongQueue() {
    int servers = 8;
    PriorityQueue<Long> free = new PriorityQueue<>();
    for (int i = 0; i < servers; i++) {
      free.add(0L);
    }
    delivery.answers =
        batch -> {
          long now = delivery.lanes.nanos();
          long begins = Math.max(now, free.remove());
          long ends = begins + latency().toNanos();
          free.add(ends);
          return take(batch, Duration.ofNanos(ends - now));
        };
    deliver(servers * 50 * 60);

    assertThat(perSecond(servers * 50 * 60)).isGreaterThan(0.9 * servers * 50);
    assertThat(delivery.lanes.mostAtOnce()).as("while it searches").isLessThan(CEILING);
  }

  @Test
  void aDestinationThatBecomesFasterIsFollowed() {
    int[] capacity = {4};
    PriorityQueue<Long> ends = new PriorityQueue<>();
    long[] late = {0};
    delivery.answers =
        batch -> {
          long now = delivery.lanes.nanos();
          capacity[0] = now < Duration.ofMinutes(1).toNanos() ? 4 : 32;
          late[0] += now < Duration.ofMinutes(3).toNanos() ? 0 : 1;
          return atOnce(batch, ends, capacity[0]);
        };
    deliver(200_000);

    double seconds = delivery.elapsed().toSeconds() - 180.0;
    assertThat(late[0] / seconds).as("a second, in the end").isGreaterThan(0.85 * 32 * 50);
  }

  @Test
  void callsThatNobodyAnswersThrowTheLimitBack() {
    int[] atOnce = {0};
    int[] mostAfter = {0};
    delivery.answers =
        batch -> {
          long now = delivery.lanes.nanos();
          atOnce[0] = delivery.lanes.atOnce();
          boolean bad = now > 2_000_000_000L && now < 4_000_000_000L && atOnce[0] > 4;
          mostAfter[0] =
              now > 3_500_000_000L && now < 4_000_000_000L
                  ? Math.max(mostAfter[0], atOnce[0])
                  : mostAfter[0];
          delivery.lanes.spend(latency());
          return SimulatedDelivery.all(
              batch, bad ? SimulatedDelivery.timedOut() : SimulatedDelivery.DELIVERED);
        };
    deliver(20_000);

    assertThat(delivery.lanes.mostAtOnce()).isEqualTo(CEILING);
    assertThat(mostAfter[0]).isLessThanOrEqualTo(10);
  }

  @Test
  void theRateOfTheManifestStillHolds() {
    delivery.answers = batch -> take(batch, latency());
    delivery.adds(3_000).policy = new DeliveryPolicy(CEILING, true, 1, 100.0, 3, 1_000, null);
    delivery.lanes.latency(Duration.ZERO, Duration.ZERO);
    delivery.run();

    assertThat(perSecond(3_000)).isBetween(95.0, 101.0);
  }

  @Test
  void neverMoreAreInFlightThanTheCeiling() {
    delivery.answers = batch -> take(batch, latency());
    deliver(50_000);

    assertThat(delivery.lanes.mostAtOnce()).isEqualTo(CEILING);
    assertThat(perSecond(50_000)).isGreaterThan(0.95 * CEILING * 50);
  }
}
