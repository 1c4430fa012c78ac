package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.REJECTED;
import static dev.landfall.testkit.saboteur.Sabotage.WRONG;
import static dev.landfall.testkit.saboteur.Sabotage.all;
import static dev.landfall.testkit.saboteur.Sabotage.calling;
import static dev.landfall.testkit.saboteur.Sabotage.judging;
import static dev.landfall.testkit.saboteur.Sabotage.opening;
import static dev.landfall.testkit.saboteur.Sabotage.status;

import dev.landfall.connector.Context;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.Problems;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import dev.landfall.testkit.saboteur.Sabotage.BreakableApi;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Wrong once the service fails: D-7. */
final class FaultSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "ignores Retry-After",
              "no pause is asked for",
              "D-7.1 D-7.2",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected @Nullable Duration pause(String retryAfter) {
                          return null;
                        }
                      })),
          Saboteur.of(
              "takes throttling for an unknown outcome",
              "Retryable for member",
              "D-7.1 D-7.2 D-7.11",
              judging(
                  (result, keys, reply) ->
                      status(reply) == 429
                          ? all(keys.size(), new Outcome.Unknown(WRONG, null))
                          : result)),
          Saboteur.of(
              "reads no date in Retry-After",
              "as Retry-After says",
              "D-7.2",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected @Nullable Duration pause(String retryAfter) {
                          return retryAfter.contains("GMT") ? null : super.pause(retryAfter);
                        }
                      })),
          Saboteur.of(
              "takes a 503 for a rejection",
              "Unknown for member",
              "D-7.3 D-5.5",
              judging(
                  (result, keys, reply) ->
                      status(reply) == 503
                          ? all(keys.size(), new Outcome.Rejected(REJECTED))
                          : result)),
          Saboteur.of(
              "takes a 500 for not applied",
              "Unknown for member",
              "D-7.3 D-5.5",
              judging(
                  (result, keys, reply) ->
                      status(reply) == 500
                          ? all(keys.size(), new Outcome.Retryable(WRONG, null))
                          : result)),
          Saboteur.of(
              "takes a cut connection for not sent",
              "Unknown for member",
              "D-7.4 D-5.5 D-7.5 D-7.6 D-7.7 D-8.3",
              judging(
                  (result, keys, reply) ->
                      reply instanceof Reply.Lost
                          ? all(keys.size(), new Outcome.Retryable(WRONG, null))
                          : result)),
          Saboteur.of(
              "swallows a failure",
              "Unknown for member",
              "D-7.4 D-5.5 D-7.5 D-7.6 D-7.7 D-7.10 D-8.3",
              judging(
                  (result, keys, reply) ->
                      reply instanceof Reply.Lost
                          ? all(keys.size(), new Outcome.Delivered(Effect.UNREPORTED))
                          : result)),
          Saboteur.of(
                  "has no limit of time",
                  "it was still at",
                  "D-7.5 D-7.7 D-9.4",
                  calling(
                      (connection, context) ->
                          new Patient(connection, context, withoutLimit(context))))
              .thatHangs(),
          Saboteur.of(
              "takes any success for delivered",
              "Unknown for member",
              "D-7.6 D-5.5 D-7.10",
              judging(
                  (result, keys, reply) ->
                      status(reply) == 200 && !((Reply.Answer) reply).json().has("results")
                          ? all(keys.size(), new Outcome.Delivered(Effect.UNREPORTED))
                          : result)),
          Saboteur.of(
                  "has a limit on each read alone",
                  "it was still at",
                  "D-7.7",
                  calling(
                      (connection, context) ->
                          new Patient(connection, context, Api.client(connection, context))))
              .thatHangs(),
          Saboteur.of(
              "follows redirects with the token",
              "no connection to where a redirect points",
              "D-7.8",
              calling(
                  (connection, context) ->
                      new Api(
                          connection,
                          context,
                          Api.client(connection, context)
                              .addExecInterceptorFirst("redirects", FaultSaboteurs::follow)) {})),
          Saboteur.of(
              "leaves its client's retries on",
              "one call for one delivery",
              "D-7.9 D-5.12",
              calling(
                  (connection, context) ->
                      new Api(
                          connection,
                          context,
                          HttpClients.custom()
                              .setUserAgent(context.userAgent())
                              .disableRedirectHandling()
                              .setRetryStrategy(new AtOnce())) {})),
          Saboteur.of(
              "sends twice when a connection is cut",
              "the system saw 2",
              "D-7.9 D-5.12",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected Reply send(HttpUriRequestBase request) {
                          Reply reply = super.send(request);
                          boolean cut =
                              reply instanceof Reply.Lost lost
                                  && lost.problem().equals(Problems.UNAVAILABLE)
                                  && !request.isCancelled();
                          return cut ? super.send(request) : reply;
                        }
                      })),
          Saboteur.of(
              "never recovers from a failure",
              "Delivered for member",
              "D-7.10 D-8.7 D-8.8 D-8.9",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        private boolean failed;

                        @Override
                        protected BatchResult judge(List<String> keys, Reply reply) {
                          BatchResult result = super.judge(keys, reply);
                          boolean before = failed;
                          failed |= result.outcomes().get(0) instanceof Outcome.Unknown;
                          return before
                              ? all(keys.size(), new Outcome.Unknown(WRONG, null))
                              : result;
                        }
                      })),
          Saboteur.of(
              "falls over an odd Retry-After",
              "Retryable for member",
              "D-7.11 D-5.9 D-7.2 D-9.6",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected Duration pause(String retryAfter) {
                          return Duration.ofSeconds(Integer.parseInt(retryAfter));
                        }
                      })));

  private FaultSaboteurs() {}

  private static ClassicHttpResponse follow(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse response = chain.proceed(request, scope);
    if (response.getCode() == 307) {
      URI there = URI.create(response.getFirstHeader("Location").getValue());
      try (Socket socket = new Socket(there.getHost(), there.getPort())) {
        String token = request.getFirstHeader("Authorization").getValue();
        socket.getOutputStream().write(token.getBytes(StandardCharsets.UTF_8));
      }
    }
    return response;
  }

  /** As the client does it by default, without the pause. */
  private static final class AtOnce extends DefaultHttpRequestRetryStrategy {
    @Override
    public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
      return TimeValue.ZERO_MILLISECONDS;
    }
  }

  private static HttpClientBuilder withoutLimit(Context context) {
    return HttpClients.custom()
        .setUserAgent(context.userAgent())
        .setDefaultRequestConfig(RequestConfig.custom().setAuthenticationEnabled(false).build())
        .disableAutomaticRetries()
        .disableRedirectHandling();
  }

  /** Has no limit from end to end. */
  private static final class Patient extends Api {
    Patient(ConnectionSettings connection, Context context, HttpClientBuilder http) {
      super(connection, context, http);
    }

    @Override
    protected Duration deadline() {
      return Duration.ofHours(1);
    }
  }
}
