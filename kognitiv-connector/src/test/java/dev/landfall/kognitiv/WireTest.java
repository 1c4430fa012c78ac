package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.remove;
import static dev.landfall.kognitiv.Syncs.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what is seen when the wire fails. */
@Timeout(60)
class WireTest {

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
}
