package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.remove;
import static dev.landfall.kognitiv.Syncs.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.sync.Batch;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what is seen when the wire fails. */
@Timeout(60)
@SuppressWarnings("try") // closing by hand, and a second time, is what some tests are about
class WireTest {

  private static final Map<String, String> PATIENT =
      Map.of("connectTimeLimit", "PT20S", "responseTimeLimit", "PT20S", "totalTimeLimit", "PT20S");

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 408, 301, 307, 404})
  void everyAttemptIsExactlyOneRequest(int status) {
    try (ScriptedKognitiv server = new ScriptedKognitiv();
        DestinationSession session = Syncs.open(server.url())) {
      server.onMember =
          call -> Scripted.status(status).with("Location", "/again").with("Retry-After", "0");

      session.deliver(add("1"));
      session.deliver(remove("1"));

      assertThat(server.calls())
          .extracting(ScriptedKognitiv.Call::method)
          .filteredOn(method -> !method.equals("GET"))
          .containsExactly("POST", "PUT", "DELETE");
      assertThat(server.calls()).extracting(ScriptedKognitiv.Call::path).doesNotContain("/again");
    }
  }

  @Test
  void aResetConnectionIsUnknownAfterOneRequest() throws IOException {
    try (RawServer server =
            new RawServer(
                (socket, out) -> {
                  socket.setSoLinger(true, 0);
                  socket.close();
                });
        DestinationSession session = Syncs.open(server.url())) {
      assertThat(said(session.deliver(add("1"))))
          .containsExactly("Unknown kognitiv.connection-lost");
      assertThat(said(session.deliver(remove("1"))))
          .containsExactly("Unknown kognitiv.connection-lost");
      assertThat(server.memberLines).hasSize(2);
    }
  }

  @Test
  void aConnectionThatIsResetBeforeTheWholeRequestIsReadIsUnknown() throws IOException {
    try (RawServer server = RawServer.thatResetsAllButTokenRequests();
        DestinationSession session = Syncs.open(server.url())) {
      assertThat(said(session.deliver(add("1"))))
          .containsExactly("Unknown kognitiv.connection-lost");
      assertThat(said(session.deliver(remove("1"))))
          .containsExactly("Unknown kognitiv.connection-lost");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 204 None\r\nContent-Type: appli",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 204 None\r\nX: y\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\nabc",
        "SSH-2.0-OpenSSH\r\n\r\n"
      })
  void anAnswerThatIsCutOffIsUnknown(String answer) throws IOException {
    try (RawServer server =
            new RawServer(
                (socket, out) -> {
                  RawServer.write(out, answer);
                  socket.close();
                });
        DestinationSession session = Syncs.open(server.url())) {
      assertThat(said(session.deliver(add("1"))))
          .containsExactly("Unknown kognitiv.connection-lost");
      assertThat(said(session.deliver(remove("1"))))
          .containsExactly("Unknown kognitiv.connection-lost");
      assertThat(server.memberLines).hasSize(2);
    }
  }

  @Test
  void anAnswerThatEndsWithItsConnectionIsComplete() throws IOException {
    try (RawServer server =
            new RawServer(
                (socket, out) -> {
                  RawServer.write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\":1}");
                  socket.close();
                });
        DestinationSession session = Syncs.open(server.url())) {
      assertThat(said(session.deliver(add("1", "2"))))
          .containsExactly("Delivered UNREPORTED", "Delivered UNREPORTED");
    }
  }

  @Test
  void neitherCookiesNorBodiesNorUpgradesAreSent() {
    try (ScriptedKognitiv server = new ScriptedKognitiv();
        DestinationSession session = Syncs.open(server.url())) {
      server.onMember = call -> Scripted.status(404).with("Set-Cookie", "session=1; Path=/");

      session.deliver(remove("1", "2"));

      assertThat(server.calls())
          .allSatisfy(
              call -> assertThat(call.headers()).doesNotContainKeys("Cookie", "Upgrade", "Expect"));
      assertThat(server.memberCalls()).allSatisfy(call -> assertThat(call.body()).isEmpty());
      assertThat(server.groupCalls().get(0).headers())
          .doesNotContainKeys("Content-Length", "Transfer-Encoding");
    }
  }

  @Test
  void theHostsUserAgentIsSent() {
    try (ScriptedKognitiv server = new ScriptedKognitiv();
        DestinationSession session =
            Syncs.open(
                server.url(),
                "VIP",
                Map.of(),
                dev.landfall.connector.Context.builder().userAgent("Landfall/0.1 test").build())) {
      session.deliver(add("1"));

      assertThat(server.calls())
          .allSatisfy(call -> assertThat(call.header("User-Agent")).isEqualTo("Landfall/0.1 test"));
    }
  }

  @Test
  void aRefusedConnectionIsRetryable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (DestinationSession session = Syncs.open("http://127.0.0.1:" + port)) {
      BatchResult result = session.deliver(add("1", "2"));

      assertThat(said(result))
          .containsOnly("Retryable kognitiv.token-endpoint-unavailable")
          .hasSize(2);
      assertThat(result.toString()).contains("refused");
    }
  }

  @Test
  void aConnectionRefusedOnceThereIsATokenIsRetryable() throws IOException {
    ScriptedKognitiv server = new ScriptedKognitiv();
    try (DestinationSession session = Syncs.open(server.url())) {
      server.onMember = call -> Scripted.status(204).with("Connection", "close");
      session.deliver(add("1"));
      server.close();

      assertThat(said(session.deliver(add("2")))).containsExactly("Retryable kognitiv.unreachable");
      assertThat(said(session.deliver(remove("2"))))
          .containsExactly("Retryable kognitiv.unreachable");
    }
  }

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

  @Test
  void theTotalLimitEndsConnectingToo() throws IOException {
    try (Deaf deaf = new Deaf();
        DestinationSession session =
            Syncs.open(
                deaf.url(),
                Map.of(
                    "connectTimeLimit", "PT0.5S",
                    "responseTimeLimit", "PT0.5S",
                    "totalTimeLimit", "PT0.5S"))) {
      long start = System.nanoTime();

      assertThat(said(session.deliver(add("1"))))
          .containsExactly("Retryable kognitiv.token-endpoint-unavailable");
      assertThat(since(start)).isLessThan(Duration.ofSeconds(5));
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
        DestinationSession session =
            Syncs.open(
                server.url(),
                Map.of(
                    "connectTimeLimit", "PT0.7S",
                    "responseTimeLimit", "PT0.7S",
                    "totalTimeLimit", "PT0.7S"))) {
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
    private final java.util.concurrent.FutureTask<BatchResult> task;
    private final Thread thread;

    Delivery(DestinationSession session, String... ids) {
      task = new java.util.concurrent.FutureTask<>(() -> session.deliver(add(ids)));
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

  /** A listener whose queue is full, so that connecting to it goes on for ever. */
  private static final class Deaf implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> queued = new ArrayList<>();

    Deaf() throws IOException {
      listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket();
        queued.add(socket);
        try {
          socket.connect(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()),
              200);
        } catch (SocketTimeoutException e) {
          return;
        }
      }
      throw new IllegalStateException("The queue never filled");
    }

    String url() {
      return "http://127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : queued) {
        socket.close();
      }
      listener.close();
    }
  }
}
