package dev.landfall.testkit.scenario;

import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A session that is closed while another thread waits in it. */
final class Closing {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private Closing() {}

  /** Closes the session once a fault struck the call; ends the scenario unless that frees it. */
  static void frees(Stage stage, Session session, String call, Runnable waits)
      throws InterruptedException {
    long struck = stage.faults().struck();
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                waits.run();
              } catch (Throwable e) {
                thrown.set(e);
              } finally {
                done.countDown();
              }
            },
            "waiting");
    waiting.setDaemon(true);
    waiting.start();
    while (stage.faults().struck() == struck && waiting.isAlive()) {
      Thread.onSpinWait();
    }
    long begun = System.nanoTime();
    session.close();
    boolean freed = done.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    String expected = call + " to return within a second of close";
    if (!freed) {
      String at = Threads.place(waiting);
      stage.faults().clear();
      stage.expect(false, expected, "it was still at " + at);
    }
    stage.expect(
        took.compareTo(SECOND.plusMillis(500)) < 0, expected, "it took " + took.toMillis() + " ms");
    if (thrown.get() instanceof RuntimeException e) {
      throw e;
    }
  }
}
