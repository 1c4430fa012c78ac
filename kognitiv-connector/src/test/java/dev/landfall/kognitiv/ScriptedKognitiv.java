package dev.landfall.kognitiv;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server that answers as a test says, and remembers what it was asked. */
final class ScriptedKognitiv implements AutoCloseable {

  record Call(String method, String path, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  record Scripted(int status, Map<String, String> headers, String body) {
    static Scripted status(int status) {
      return new Scripted(status, Map.of(), "");
    }

    static Scripted json(int status, String body) {
      return new Scripted(status, Map.of("Content-Type", "application/json"), body);
    }

    Scripted with(String header, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(header, value);
      return new Scripted(status, more, body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  volatile Function<Call, Scripted> onToken =
      call -> token("token-" + tokens.incrementAndGet(), 3600);
  volatile Function<Call, Scripted> onMember = call -> Scripted.status(204);
  volatile Function<Call, Scripted> onGroups = call -> Scripted.status(403);

  ScriptedKognitiv() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static Scripted token(String token, int expiresIn) {
    return Scripted.json(
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
            .formatted(token, expiresIn));
  }

  static Scripted groups(String... references) {
    StringBuilder data = new StringBuilder();
    for (String reference : references) {
      data.append(data.isEmpty() ? "" : ",")
          .append("{\"id\":\"1\",\"externalReference\":\"%s\"}".formatted(reference));
    }
    return Scripted.json(200, "{\"data\":[" + data + "],\"links\":{\"self\":\"/\"},\"meta\":{}}");
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  List<Call> tokenCalls() {
    return calls.stream().filter(c -> c.method().equals("POST")).toList();
  }

  List<Call> memberCalls() {
    return calls.stream().filter(c -> c.path().contains("/members/")).toList();
  }

  List<Call> groupCalls() {
    return calls.stream().filter(c -> c.method().equals("GET")).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    Call call =
        new Call(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    calls.add(call);
    Scripted scripted =
        switch (call.method()) {
          case "POST" -> onToken.apply(call);
          case "GET" -> onGroups.apply(call);
          default -> onMember.apply(call);
        };
    scripted.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    byte[] body = scripted.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(scripted.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
