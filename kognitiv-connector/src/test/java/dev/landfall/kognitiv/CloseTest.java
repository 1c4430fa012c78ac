package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing a session frees who waits for it, and claims nothing that was not seen. */
@Timeout(60)
@SuppressWarnings("try") // closing by hand, and a second time, is what some tests are about
class CloseTest {

  private static final Map<String, String> PATIENT =
      Map.of("connectTimeLimit", "PT20S", "responseTimeLimit", "PT20S", "totalTimeLimit", "PT20S");

  @Test
  void closeFreesEveryBlockedCallWithinASecond() throws Exception {
    int blocked = 8;
    try (RawServer server =
            new RawServer(blocked, (socket, out) -> socket.getInputStream().read());
        DestinationSession session = Syncs.open(server.url(), PATIENT)) {
      List<Delivery> deliveries = new ArrayList<>();
      for (int i = 0; i < blocked; i++) {
        deliveries.add(new Delivery(session, i + "1", i + "2"));
      }
      assertThat(server.arrived.await(20, TimeUnit.SECONDS)).isTrue();
      long start = System.nanoTime();

      session.close();

      for (Delivery delivery : deliveries) {
        BatchResult result = delivery.result();
        assertThat(said(result)).containsExactly("Unknown kognitiv.session-closed", "NotAttempted");
        assertThat(Syncs.stop(result)).isEqualTo("kognitiv.session-closed");
      }
      assertThat(since(start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void closeFreesWhoWaitsForAToken() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedKognitiv server = new ScriptedKognitiv();
        DestinationSession session = Syncs.open(server.url(), PATIENT)) {
      server.onToken =
          call -> {
            asked.countDown();
            try {
              never.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return Scripted.status(500);
          };
      List<Delivery> deliveries =
          List.of(
              new Delivery(session, "1"), new Delivery(session, "2"), new Delivery(session, "3"));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      long start = System.nanoTime();

      session.close();

      for (Delivery delivery : deliveries) {
        assertThat(said(delivery.result())).containsExactly("NotAttempted");
      }
      assertThat(since(start)).isLessThan(Duration.ofSeconds(1));
      never.countDown();
    }
  }

  @Test
  void closeFreesWhoIsStillConnecting() throws Exception {
    try (Deaf deaf = new Deaf();
        DestinationSession session = Syncs.open(deaf.url(), PATIENT)) {
      Delivery delivery = new Delivery(session, "1");
      delivery.awaitConnecting();
      long start = System.nanoTime();

      session.close();

      assertThat(said(delivery.result())).containsExactly("NotAttempted");
      assertThat(since(start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void afterCloseNothingIsAttempted() {
    try (ScriptedKognitiv server = new ScriptedKognitiv()) {
      DestinationSession session = Syncs.open(server.url());
      session.deliver(add("1"));
      int calls = server.calls().size();

      session.close();
      session.close();
      BatchResult result = session.deliver(add("2", "3"));

      assertThat(said(result)).containsExactly("NotAttempted", "NotAttempted");
      assertThat(Syncs.stop(result)).isEqualTo("kognitiv.session-closed");
      assertThat(server.calls()).hasSize(calls);
    }
  }

  @Test
  void anInterruptIsKeptAndClaimsNothing() throws Exception {
    try (ScriptedKognitiv server = new ScriptedKognitiv();
        DestinationSession session = Syncs.open(server.url())) {
      server.onMember = call -> Scripted.status(401);
      session.deliver(add("0"));
      Thread.currentThread().interrupt();

      List<String> said = said(session.deliver(add("1")));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(said.get(0)).startsWith("Retryable");
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** A delivery in a thread of its own. */
  private static final class Delivery {
    private final FutureTask<BatchResult> task;
    private final Thread thread;

    Delivery(DestinationSession session, String... ids) {
      task = new FutureTask<>(() -> session.deliver(add(ids)));
      thread = new Thread(task);
      thread.start();
    }

    BatchResult result() throws Exception {
      return task.get(20, TimeUnit.SECONDS);
    }

    void awaitConnecting() {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (System.nanoTime() < end) {
        for (StackTraceElement frame : thread.getStackTrace()) {
          if (frame.getMethodName().equals("timedFinishConnect")) {
            return;
          }
        }
        Thread.onSpinWait();
      }
      throw new AssertionError("The delivery never came to connect");
    }
  }
}
