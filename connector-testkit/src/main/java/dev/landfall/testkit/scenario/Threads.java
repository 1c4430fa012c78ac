package dev.landfall.testkit.scenario;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The threads in the thread group of the scenario, which a connector's join. */
final class Threads {

  private Threads() {}

  /** All but the one that asks. */
  static List<Thread> others() {
    ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    Thread[] threads = new Thread[group.activeCount() + 64];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> thread != Thread.currentThread() && thread.isAlive())
        .toList();
  }

  /** Those that are still there after some time. */
  static List<Thread> leftAfter(Duration grace) throws InterruptedException {
    long until = System.nanoTime() + grace.toNanos();
    while (!others().isEmpty() && System.nanoTime() < until) {
      for (Thread thread : others()) {
        thread.join(50);
      }
    }
    return others();
  }

  /** Where a thread is. */
  static String place(Thread thread) {
    return String.join(
        " < ", Arrays.stream(thread.getStackTrace()).limit(8).map(String::valueOf).toList());
  }
}
