package dev.landfall.host.delivery;

import static dev.landfall.host.delivery.SimulatedDelivery.DELIVERED;
import static dev.landfall.host.delivery.SimulatedDelivery.all;
import static dev.landfall.host.delivery.SimulatedDelivery.policy;
import static dev.landfall.host.delivery.SimulatedDelivery.timedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Tally;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine on real threads and real time. */
@Timeout(60)
class ThreadLanesTest {

  private final SimulatedDelivery plan = new SimulatedDelivery(1);
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

  @AfterEach
  void threadsEndAfterTheRun() throws InterruptedException {
    for (Thread worker : workers) {
      assertThat(worker.isDaemon()).isTrue();
      worker.join(10_000);
      assertThat(worker.isAlive()).isFalse();
    }
  }

  @Test
  void thirtyTwoLanesLoseAndDoubleNothing() {
    plan.removes(500).adds(20_000).policy = policy(32);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    Set<String> delivered = ConcurrentHashMap.newKeySet();
    AtomicInteger calls = new AtomicInteger();

    DeliveryReport report =
        run(
            new Session() {
              @Override
              public BatchResult deliver(Batch batch) {
                workers.add(Thread.currentThread());
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                calls.incrementAndGet();
                delivered.add(String.valueOf(batch.rows().get(0).text(0)));
                atOnce.decrementAndGet();
                return all(batch, DELIVERED);
              }
            });

    assertThat(report.tallies().get(ChangeKind.ADD))
        .isEqualTo(new Tally(20_000, 20_000, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(report.tallies().get(ChangeKind.REMOVE).delivered()).isEqualTo(500);
    assertThat(calls).hasValue(20_500);
    assertThat(delivered).hasSize(20_500);
    assertThat(mostAtOnce.get()).isBetween(1, 32);
    assertThat(plan.recorded).hasSize(20_500);
  }

  @Test
  void aHardCancelClosesTheSessionAndRecordsWhatItsCallsSaw() throws Exception {
    plan.adds(100).policy = policy(4);
    CountDownLatch allInFlight = new CountDownLatch(4);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicReference<DeliveryReport> report = new AtomicReference<>();
    Thread runner =
        new Thread(
            () ->
                report.set(
                    run(
                        new Session() {
                          @Override
                          public BatchResult deliver(Batch batch) {
                            workers.add(Thread.currentThread());
                            allInFlight.countDown();
                            awaitQuietly(closed);
                            return all(batch, timedOut());
                          }

                          @Override
                          public void close() {
                            closed.countDown();
                          }
                        })));
    runner.start();
    allInFlight.await();

    plan.cancellation.cancelHard();
    runner.join();

    assertThat(report.get().cancelled()).isTrue();
    assertThat(report.get().stops()).isEmpty();
    assertThat(report.get().tallies().get(ChangeKind.ADD))
        .isEqualTo(new Tally(100, 0, 0, 0, 0, 4, 0, 0, 0, 96));
    assertThat(plan.recorded).hasSize(100);
  }

  @Test
  void anInterruptCancelsAndStandsAgainAfterwards() throws Exception {
    plan.adds(100).policy = policy(2);
    CountDownLatch inFlight = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<DeliveryReport> report = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread runner =
        new Thread(
            () -> {
              report.set(
                  run(
                      new Session() {
                        @Override
                        public BatchResult deliver(Batch batch) {
                          workers.add(Thread.currentThread());
                          inFlight.countDown();
                          awaitQuietly(goOn);
                          return all(batch, DELIVERED);
                        }
                      }));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    runner.start();
    inFlight.await();

    runner.interrupt();
    while (!plan.cancellation.requested()) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    runner.join();

    assertThat(interrupted.get()).isTrue();
    assertThat(report.get().cancelled()).isTrue();
    assertThat(report.get().tallies().get(ChangeKind.ADD).delivered()).isEqualTo(2);
  }

  private DeliveryReport run(DestinationSession session) {
    return Delivery.run(
        new DeliveryRequest(
            plan.descriptor,
            session,
            SimulatedDelivery.SCHEMA,
            AudienceSyncMode.MIRROR.changeKinds(),
            plan.policy,
            plan.confirmWithin,
            plan,
            plan,
            plan.rules,
            Clock.systemUTC(),
            Lanes.threads(plan.policy.maxInFlight()),
            new Random(1),
            plan.cancellation,
            DeliveryListener.NONE));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private abstract static class Session implements DestinationSession {
    @Override
    public void close() {}
  }
}
