package dev.landfall.testkit.golden;

import dev.landfall.connector.Context;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one session: each is sent once, has a limit of time from end to end, and carries the
 * session's token. Safe for use by several threads.
 */
public class Api implements AutoCloseable {

  private static final int LONGEST_BODY = 4 * 1024 * 1024;

  private final URI address;
  private final String credentials;
  private final Duration limit;
  private final Clock clock;
  private final CloseableHttpClient http;
  private final ScheduledExecutorService deadlines;
  private Reply.@Nullable Token token;
  private volatile boolean closed;

  protected Api(ConnectionSettings connection, Context context, HttpClientBuilder http) {
    address = connection.get(GoldenSettings.ADDRESS);
    String pair =
        connection.get(GoldenSettings.CLIENT_ID)
            + ":"
            + connection.get(GoldenSettings.CLIENT_SECRET).reveal();
    credentials = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    limit = connection.get(GoldenSettings.TIME_LIMIT);
    clock = context.clock();
    this.http = http.build();
    deadlines =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "golden-deadlines");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** A client that does nothing on its own: no retry, no redirect, no cookie, no login. */
  public static HttpClientBuilder client(ConnectionSettings connection, Context context) {
    Timeout limit = Timeout.of(connection.get(GoldenSettings.TIME_LIMIT));
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(GoldenDestination.IN_FLIGHT)
                .setMaxConnPerRoute(GoldenDestination.IN_FLIGHT)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(limit)
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(limit)
                .setResponseTimeout(limit)
                .setAuthenticationEnabled(false)
                .build())
        .setUserAgent(context.userAgent())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement();
  }

  /** A text as one segment of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Makes a call. A token that is refused is renewed once: what a refused token came with was not
   * applied.
   */
  public Reply call(String method, String path, @Nullable String json) {
    Reply reply = new Reply.Refused(Problems.CREDENTIALS);
    for (int attempt = 0; attempt < 2; attempt++) {
      Reply asked = token();
      if (!(asked instanceof Reply.Token held)) {
        return asked;
      }
      reply = send(request(method, path, json, "Bearer " + held.value().reveal()));
      if (!(reply instanceof Reply.Answer answer && answer.status() == 401)) {
        return reply;
      }
      drop(held);
    }
    return new Reply.Refused(Problems.CREDENTIALS);
  }

  /** The token, asked for under a lock, so that one thread asks however many wait. */
  protected synchronized Reply token() {
    if (token == null) {
      Reply asked = askForToken();
      if (!(asked instanceof Reply.Token granted)) {
        return asked;
      }
      token = granted;
    }
    return token;
  }

  /** Forgets a token, unless another thread has replaced it. */
  protected synchronized void drop(Reply.Token refused) {
    if (refused.equals(token)) {
      token = null;
    }
  }

  protected Reply askForToken() {
    Reply reply = send(request("POST", "/token", null, "Basic " + credentials));
    if (!(reply instanceof Reply.Answer answer)) {
      return new Reply.NotSent(Problems.UNAVAILABLE);
    }
    if (answer.status() == 401 || answer.status() == 403) {
      return new Reply.Refused(Problems.CREDENTIALS);
    }
    String value = answer.json().path("access_token").asString("");
    return answer.status() == 200 && !value.isEmpty()
        ? new Reply.Token(Secret.of(value))
        : new Reply.NotSent(Problems.UNAVAILABLE);
  }

  protected HttpUriRequestBase request(
      String method, String path, @Nullable String json, String authorization) {
    HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(address + path));
    request.setHeader("Authorization", authorization);
    if (json != null) {
      request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    }
    return request;
  }

  /** How long a call may take from end to end. */
  protected Duration deadline() {
    return limit;
  }

  /** One exchange. Exceptions end here: their messages name addresses, and with them members. */
  protected Reply send(HttpUriRequestBase request) {
    ScheduledFuture<?> deadline;
    try {
      deadline =
          deadlines.schedule(
              () -> {
                request.cancel();
              },
              deadline().toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return new Reply.NotSent(Problems.CLOSED);
    }
    try {
      return http.execute(request, this::read);
    } catch (ConnectException | UnknownHostException | ConnectTimeoutException e) {
      return new Reply.NotSent(Problems.UNAVAILABLE);
    } catch (IOException | IllegalStateException e) {
      // The client says that it was closed with an IllegalStateException.
      return new Reply.Lost(closed ? Problems.CLOSED : Problems.UNAVAILABLE);
    } finally {
      deadline.cancel(false);
    }
  }

  private Reply read(ClassicHttpResponse response) throws IOException, ParseException {
    Header pause = response.getFirstHeader("Retry-After");
    String body = EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8, LONGEST_BODY);
    return new Reply.Answer(
        response.getCode(), pause == null ? null : pause(pause.getValue()), body);
  }

  /** Seconds or a date (RFC 9110, section 10.2.3); null for anything else. */
  protected @Nullable Duration pause(String retryAfter) {
    if (retryAfter.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(retryAfter));
    }
    Instant until = DateUtils.parseStandardDate(retryAfter);
    if (until == null) {
      return null;
    }
    Duration pause = Duration.between(clock.instant(), until);
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  /** Cuts every call that is under way, from any thread. */
  @Override
  public void close() {
    closed = true;
    deadlines.shutdownNow();
    http.close(CloseMode.IMMEDIATE);
  }
}
