package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.said;
import static dev.landfall.kognitiv.Syncs.stop;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's own settings for proxies and trust are honoured. */
@Timeout(120)
class ProxyAndTrustTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void aProxyOfTheJvmIsUsed() throws Exception {
    int dead;
    try (ServerSocket free = new ServerSocket(0)) {
      dead = free.getLocalPort();
    }
    try (ScriptedKognitiv proxy = new ScriptedKognitiv()) {
      List<String> said =
          withProxy("http", proxy.port(), () -> said(deliver("http://127.0.0.1:" + dead)));

      assertThat(said).containsExactly("Delivered UNREPORTED");
      assertThat(proxy.calls())
          .hasSize(2)
          .allSatisfy(call -> assertThat(call.path()).startsWith("http://127.0.0.1:" + dead + "/"));
    }
  }

  @Test
  void aProxyThatRefusesTheTunnelStopsTheBatch() throws Exception {
    try (RawServer proxy =
        new RawServer(
            (socket, out) -> {
              RawServer.write(out, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
              socket.close();
            })) {
      BatchResult result =
          withProxy("https", URI.create(proxy.url()).getPort(), () -> deliver("https://127.0.0.1"));

      assertThat(said(result)).containsExactly("NotAttempted");
      assertThat(stop(result)).isEqualTo("kognitiv.proxy-refused");
      assertThat(proxy.memberLines).containsExactly("CONNECT 127.0.0.1:443 HTTP/1.1");
    }
  }

  @Test
  void theJvmsAuthenticatorServesProxiesAndNotKognitiv() throws Exception {
    int dead;
    try (ServerSocket free = new ServerSocket(0)) {
      dead = free.getLocalPort();
    }
    Authenticator before = Authenticator.getDefault();
    Authenticator.setDefault(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("me", "pass".toCharArray());
          }
        });
    try (ScriptedKognitiv proxy = new ScriptedKognitiv()) {
      String mine = "Basic " + Base64.getEncoder().encodeToString("me:pass".getBytes(UTF_8));
      proxy.onMember =
          call ->
              call.header("Proxy-Authorization").equals(mine)
                  ? Scripted.status(401).with("WWW-Authenticate", "Basic realm=\"kognitiv\"")
                  : Scripted.status(407).with("Proxy-Authenticate", "Basic realm=\"proxy\"");

      BatchResult result =
          withProxy("http", proxy.port(), () -> deliver("http://127.0.0.1:" + dead));

      assertThat(stop(result)).isEqualTo("kognitiv.token-rejected");
      assertThat(proxy.memberCalls())
          .extracting(call -> call.header("Authorization"))
          .containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2");
    } finally {
      Authenticator.setDefault(before);
    }
  }

  @Test
  void callsGoThroughATunnelOfTheProxy() throws Exception {
    Path store = keyStore();
    HttpsServer server = httpsServer(store);
    try (Tunnel tunnel = new Tunnel(server.getAddress().getPort())) {
      String output =
          run(
              probe(
                  "https://127.0.0.1:1",
                  "-Djavax.net.ssl.trustStore=" + store,
                  "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                  "-Dhttps.proxyHost=127.0.0.1",
                  "-Dhttps.proxyPort=" + tunnel.port(),
                  "-Dhttp.nonProxyHosts="));

      assertThat(output).contains("[Delivered UNREPORTED]");
      assertThat(tunnel.asked).containsOnly("CONNECT 127.0.0.1:1 HTTP/1.1").isNotEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aProxyThatCannotReachKognitivIsWorthAnotherTry() throws Exception {
    try (RawServer proxy =
        new RawServer(
            (socket, out) -> {
              RawServer.write(out, "HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n");
              socket.close();
            })) {
      BatchResult result =
          withProxy("https", URI.create(proxy.url()).getPort(), () -> deliver("https://127.0.0.1"));

      assertThat(said(result)).containsExactly("Retryable kognitiv.token-endpoint-unavailable");
    }
  }

  @Test
  void aCertificateThatIsNotTrustedStopsTheBatch() throws Exception {
    HttpsServer server = httpsServer(keyStore());
    try {
      BatchResult result = deliver(url(server));

      assertThat(said(result)).containsExactly("NotAttempted");
      assertThat(stop(result)).isEqualTo("kognitiv.certificate-not-trusted");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theTrustStoreOfTheJvmIsUsed() throws Exception {
    Path store = keyStore();
    HttpsServer server = httpsServer(store);
    try {
      String output =
          run(
              probe(
                  url(server),
                  "-Djavax.net.ssl.trustStore=" + store,
                  "-Djavax.net.ssl.trustStorePassword=" + PASSWORD));

      assertThat(output).contains("[Delivered UNREPORTED]");
    } finally {
      server.stop(0);
    }
  }

  /** One delivery in a JVM of its own, whose trust store is fixed when it starts. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      System.out.println(said(deliver(args[0])));
    }
  }

  private static List<String> probe(String url, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Probe.class.getName(), url));
    return command;
  }

  private static BatchResult deliver(String url) {
    try (DestinationSession session = Syncs.open(url)) {
      return session.deliver(add("5"));
    }
  }

  private interface Action<T> {
    T run() throws Exception;
  }

  private static <T> T withProxy(String scheme, int port, Action<T> action) throws Exception {
    Map<String, String> properties =
        Map.of(
            scheme + ".proxyHost",
            "127.0.0.1",
            scheme + ".proxyPort",
            String.valueOf(port),
            // By default the JVM goes around its proxy for this machine's own addresses.
            "http.nonProxyHosts",
            "");
    Map<String, String> before = new HashMap<>();
    properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      return action.run();
    } finally {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
    }
  }

  private Path keyStore() throws IOException, InterruptedException {
    Path store = folder.resolve("store.p12");
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1",
            "-validity",
            "3650",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD));
    return store;
  }

  private static HttpsServer httpsServer(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"access_token\":\"t\"}".getBytes(UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpsServer server) {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
