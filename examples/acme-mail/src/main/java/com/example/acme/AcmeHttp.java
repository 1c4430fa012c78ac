package com.example.acme;

import dev.landfall.connector.Context;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.TargetSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** One call is one request: the client repeats nothing and follows nothing. */
final class AcmeHttp implements AutoCloseable {
  record Answer(int status, String body, String retryAfter) {}

  private final ConnectionSettings connection;
  private final CloseableHttpClient client;
  private final Duration limit;

  AcmeHttp(ConnectionSettings connection, Context context) {
    this.connection = connection;
    limit = connection.get(AcmeDestination.TIME_LIMIT);
    client =
        HttpClients.custom()
            .useSystemProperties()
            .setUserAgent(context.userAgent())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.of(limit)).build())
            .build();
  }

  static String list(TargetSettings target) {
    return "/lists/" + encoded(target.get(AcmeDestination.LIST));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Answer get(String path) throws IOException {
    return send(new HttpGet(connection.get(AcmeDestination.URL) + path));
  }

  Answer post(String path, String body) throws IOException {
    HttpPost post = new HttpPost(connection.get(AcmeDestination.URL) + path);
    post.setEntity(new StringEntity(body));
    return send(post);
  }

  private Answer send(HttpUriRequestBase request) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    request.setHeader("X-Api-Key", connection.get(AcmeDestination.API_KEY).reveal());
    return client.execute(
        request,
        response -> {
          var pause = response.getFirstHeader("Retry-After");
          return new Answer(
              response.getCode(),
              body(request, response, end),
              pause == null ? "" : pause.getValue());
        });
  }

  /** Each read has a time limit of its own; together they may not take longer than one. */
  private static String body(HttpUriRequestBase request, ClassicHttpResponse response, long end)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (response.getEntity() != null) {
      InputStream in = response.getEntity().getContent();
      for (int b = in.read(); b >= 0; b = in.read()) {
        body.write(b);
        if (System.nanoTime() > end || body.size() > 1_000_000) {
          request.abort(); // else the client would read on to the end
          throw new IOException("the answer is too slow or too long");
        }
      }
    }
    return body.toString(StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
