package dev.landfall.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Threads that do the same at once, in the thread group of the scenario. */
final class Lanes {

  private Lanes() {}

  /** Runs some work in so many threads that begin together, and throws what the first one threw. */
  static void run(int count, IntConsumer work) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int lane = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                  work.accept(lane);
                } catch (Throwable e) {
                  thrown.compareAndSet(null, e);
                }
              },
              "lane " + lane);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    Throwable first = thrown.get();
    if (first instanceof RuntimeException e) {
      throw e;
    } else if (first instanceof Error e) {
      throw e;
    } else if (first != null) {
      throw new IllegalStateException(first);
    }
  }
}
