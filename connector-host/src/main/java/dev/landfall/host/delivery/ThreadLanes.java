package dev.landfall.host.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/** Lanes on daemon threads, with a queue of what has ended; an empty entry only wakes. */
final class ThreadLanes implements Lanes {

  private final BlockingQueue<Optional<Flight>> ended = new LinkedBlockingQueue<>();
  private final ExecutorService pool;
  private final long origin = System.nanoTime();

  ThreadLanes(int count) {
    AtomicInteger number = new AtomicInteger();
    // So that what a connector logs bears the run's id too.
    Map<String, String> context = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
    pool =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Runnable inContext =
                  () -> {
                    MDC.setContextMap(context);
                    task.run();
                  };
              Thread thread = new Thread(inContext, "landfall-lane-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void submit(Flight flight) {
    pool.execute(
        () -> {
          flight.run();
          ended.add(Optional.of(flight));
        });
  }

  @Override
  public Optional<Flight> await(Duration atMost) throws InterruptedException {
    Optional<Flight> next = ended.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    return next == null ? Optional.empty() : next;
  }

  @Override
  public long nanos() {
    return System.nanoTime() - origin;
  }

  @Override
  public void wake() {
    ended.add(Optional.empty());
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
