package dev.landfall.testkit.conformance;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work that may not take for ever: done in a thread of its own, which is left behind if it does.
 */
final class Soon {

  /** Did not end in time; the message says where it was. */
  static final class Blocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Blocked(String place) {
      super(place);
    }
  }

  /** Some work. */
  @FunctionalInterface
  interface Work<T> {
    T get() throws Throwable;
  }

  private Soon() {}

  /**
   * Does some work.
   *
   * @throws Blocked if it takes longer than the limit
   * @throws Throwable what the work threw
   */
  static <T> T or(Duration limit, ThreadGroup group, Work<T> work) throws Throwable {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            group,
            () -> {
              try {
                result.set(work.get());
              } catch (Throwable e) {
                thrown.set(e);
              }
            },
            group.getName());
    thread.setDaemon(true);
    thread.start();
    thread.join(limit.toMillis());
    if (thread.isAlive()) {
      String place = place(thread);
      thread.interrupt();
      throw new Blocked(place);
    }
    Throwable e = thrown.get();
    if (e != null) {
      throw e;
    }
    return Objects.requireNonNull(result.get());
  }

  private static String place(Thread thread) {
    return String.join(
        " < ", Arrays.stream(thread.getStackTrace()).limit(12).map(String::valueOf).toList());
  }
}
