package dev.landfall.host.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * Where batches run while one thread decides and writes, and that thread's time. All methods but
 * {@link #wake} are called by the thread of the run.
 */
public interface Lanes extends AutoCloseable {

  /**
   * Daemon threads, which end when the lanes are closed.
   *
   * @param count how many batches run at once; the delivery's {@code maxInFlight}
   * @return lanes on the machine's own time
   */
  static Lanes threads(int count) {
    return new ThreadLanes(count);
  }

  /**
   * Begins a batch. The delivery begins no more than {@code maxInFlight} at once.
   *
   * @param flight runs in any thread
   */
  void submit(Flight flight);

  /**
   * Waits for a batch to end.
   *
   * @param atMost how long
   * @return a batch that has run, each one once; or empty if the time passed or somebody woke the
   *     waiting thread
   * @throws InterruptedException if the waiting thread was interrupted
   */
  Optional<Flight> await(Duration atMost) throws InterruptedException;

  /**
   * The time that passed since the lanes were made; never goes back.
   *
   * @return nanoseconds, from 0
   */
  long nanos();

  /** Makes a thread that waits, or waits next, return at once. Safe from any thread. */
  void wake();

  /** Lets the threads go; interrupts those that still run a batch. Does not wait. */
  @Override
  void close();
}
