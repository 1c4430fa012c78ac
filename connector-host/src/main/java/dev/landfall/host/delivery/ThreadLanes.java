package dev.landfall.host.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lanes on daemon threads, with a queue of what has ended; an empty entry only wakes. */
final class ThreadLanes implements Lanes {

  private final BlockingQueue<Optional<Flight>> ended = new LinkedBlockingQueue<>();
  private final ExecutorService pool;
  private final long origin = System.nanoTime();

  ThreadLanes(int count) {
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "landfall-lane-" + number.incrementAndGet());
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
