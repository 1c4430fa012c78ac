package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.remove;
import static dev.landfall.kognitiv.Syncs.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.sync.Batch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that takes too long ends, and says how far it came. */
@Timeout(60)
class TimeLimitsTest {

  private static final Map<String, String> SHORT =
      Map.of(
          "connectTimeLimit", "PT0.7S", "responseTimeLimit", "PT0.7S", "totalTimeLimit", "PT0.7S");
  private static final Map<String, String> PATIENT =
      Map.of("connectTimeLimit", "PT20S", "responseTimeLimit", "PT20S", "totalTimeLimit", "PT20S");

  @Test
  void aConnectionThatIsNotTakenInTimeIsRetryable() throws IOException {
    try (Deaf deaf = new Deaf();
        DestinationSession session = Syncs.open(deaf.url(), Map.of("connectTimeLimit", "PT0.3S"))) {
      long start = System.nanoTime();

      BatchResult result = session.deliver(add("1"));

      assertThat(said(result)).containsExactly("Retryable kognitiv.token-endpoint-unavailable");
      assertThat(result.toString()).contains("within PT0.3S");
      assertThat(since(start)).isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
    }
  }

  /** Each byte in time, and the handshake never done: only the total limit sees that. */
  @Test
  void theTotalLimitEndsConnectingToo() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DestinationSession session =
            Syncs.open("https://127.0.0.1:" + listener.getLocalPort(), SHORT)) {
      Future<?> dripping =
          thread.submit(
              () -> {
                try (Socket socket = listener.accept()) {
                  socket.getOutputStream().write(new byte[] {0x16, 3, 3, 0x3f, (byte) 0xff});
                  while (!never.await(20, TimeUnit.MILLISECONDS)) {
                    socket.getOutputStream().write(2);
                  }
                }
                return null;
              });
      long start = System.nanoTime();

      BatchResult result = session.deliver(add("1"));

      assertThat(said(result)).containsExactly("Retryable kognitiv.token-endpoint-unavailable");
      assertThat(result.toString()).contains("within PT0.7S");
      assertThat(since(start)).isBetween(Duration.ofMillis(600), Duration.ofSeconds(5));
      assertThat(dripping)
          .as("the server hears that the connection is gone")
          .failsWithin(5, TimeUnit.SECONDS);
    } finally {
      never.countDown();
      thread.shutdownNow();
    }
  }

  @Test
  void silenceAfterSendingIsUnknown() throws IOException {
    try (RawServer server = new RawServer((socket, out) -> socket.getInputStream().read());
        DestinationSession session =
            Syncs.open(server.url(), Map.of("responseTimeLimit", "PT0.3S"))) {
      BatchResult result = session.deliver(add("1"));

      assertThat(said(result)).containsExactly("Unknown kognitiv.timed-out");
      assertThat(result.toString()).contains("silent for longer than PT0.3S");
      assertThat(said(session.deliver(remove("1")))).containsExactly("Unknown kognitiv.timed-out");
      assertThat(server.memberLines).hasSize(2);
    }
  }

  @Test
  void aBodyThatDripsIsCutAtTheTotalLimit() throws IOException {
    assertCutAtTheTotalLimit("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
  }

  @Test
  void aBodyThatDripsWithoutAnEndIsCutAtTheTotalLimit() throws IOException {
    assertCutAtTheTotalLimit("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  }

  @Test
  void headersThatDripAreCutAtTheTotalLimit() throws IOException {
    assertCutAtTheTotalLimit("HTTP/1.1 200 OK\r\nX-Slow: ");
  }

  private static void assertCutAtTheTotalLimit(String start) throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                (socket, out) -> {
                  RawServer.write(out, start);
                  while (!never.await(20, TimeUnit.MILLISECONDS)) {
                    RawServer.write(out, " ");
                  }
                });
        DestinationSession session = Syncs.open(server.url(), SHORT)) {
      for (Batch batch : List.of(add("1"), remove("1"))) {
        long begun = System.nanoTime();

        BatchResult result = session.deliver(batch);

        assertThat(said(result)).containsExactly("Unknown kognitiv.timed-out");
        assertThat(result.toString()).contains("within PT0.7S");
        assertThat(since(begun)).isBetween(Duration.ofMillis(600), Duration.ofSeconds(5));
      }
      never.countDown();
    }
  }

  @Test
  void aBodyWithoutEndIsNotReadPastWhatCounts() throws IOException {
    try (RawServer server =
            new RawServer(
                (socket, out) -> {
                  RawServer.write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                  String more = " ".repeat(8192);
                  while (true) {
                    RawServer.write(out, more);
                  }
                });
        DestinationSession session = Syncs.open(server.url(), PATIENT)) {
      long begun = System.nanoTime();

      assertThat(said(session.deliver(add("1"))))
          .containsExactly("Unknown kognitiv.answer-unusable");
      assertThat(said(session.deliver(remove("1"))))
          .containsExactly("Unknown kognitiv.answer-unusable");
      assertThat(since(begun)).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
