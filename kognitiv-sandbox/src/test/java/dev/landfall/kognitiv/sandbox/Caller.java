package dev.landfall.kognitiv.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the API that does only what it is told. */
final class Caller {

  static final String GROUPS = "/api/groups/promotionalMember";
  static final String FORM =
      "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret";

  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;
  private String token = "";

  Caller(URI address) {
    this.address = address;
  }

  Caller signedIn() {
    Matcher granted = ACCESS_TOKEN.matcher(token(FORM).body());
    if (!granted.find()) {
      throw new IllegalStateException("no token was granted");
    }
    token = granted.group(1);
    return this;
  }

  Caller withToken(String value) {
    token = value;
    return this;
  }

  HttpResponse<String> token(String form, String... headers) {
    HttpRequest.Builder request =
        request("POST", "/Auth/connect/token", BodyPublishers.ofString(form))
            .header("Content-Type", "application/x-www-form-urlencoded");
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> add(String reference, String id) {
    return call("PUT", member(reference, id));
  }

  HttpResponse<String> remove(String reference, String id) {
    return call("DELETE", member(reference, id));
  }

  HttpResponse<String> groups() {
    return call("GET", GROUPS);
  }

  HttpResponse<String> call(String method, String path) {
    return call(method, path, "");
  }

  HttpResponse<String> call(String method, String path, String body) {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request = request(method, path, publisher);
    return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String method, String path, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(address + path)).method(method, body);
  }

  /** The status of a call whose path no URI class would let through. */
  int rawStatus(String method, String path) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(10_000);
      String head =
          "%s %s HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(method, path, token);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  static String member(String reference, String id) {
    return GROUPS + "/" + encode(reference) + "/members/" + encode(id);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
