package dev.landfall.kognitiv;

import dev.landfall.connector.outcome.RetryAfter;
import feign.Feign;
import feign.FeignException;
import feign.Request;
import feign.Response;
import feign.Retryer;
import feign.Target;
import feign.hc5.ApacheHttp5Client;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.SystemDefaultCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends each call exactly once and tells what was seen of it. Nothing is retried, redirected or
 * remembered by the client below: whatever happens, happens here, once.
 */
final class ApiClient implements AutoCloseable {

  private final ExchangeLimits limits;
  private final CloseableHttpClient http;
  private final KognitivApi api;
  private final Clock clock;

  ApiClient(
      URI root,
      KognitivSettings.TimeLimits timeLimits,
      int callsInFlight,
      String userAgent,
      Clock clock) {
    this.clock = clock;
    limits = new ExchangeLimits(timeLimits);
    http =
        HttpClients.custom()
            .useSystemProperties()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .useSystemProperties()
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                            .responseParserFactory(new CompleteHeads())
                            .build())
                    .setMaxConnTotal(callsInFlight)
                    .setMaxConnPerRoute(callsInFlight)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            // A pooled connection that the server closed meanwhile would otherwise
                            // turn a harmless call into an unknown one.
                            .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                            .setConnectTimeout(Timeout.of(timeLimits.connect()))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(timeLimits.total()))
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setDefaultCredentialsProvider(credentialsForProxiesOnly(root))
            .setUserAgent(userAgent)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .addExecInterceptorFirst("landfall-limits", limits)
            .addExecInterceptorAfter(
                ChainElement.CONNECT.name(), "landfall-sent", ExchangeLimits::aboutToSend)
            .build();
    api =
        Feign.builder()
            .client(new ApacheHttp5Client(http))
            .retryer(Retryer.NEVER_RETRY)
            // Feign's options override those of the client, so they have to be set here too.
            .options(
                new Request.Options(
                    timeLimits.connect().toMillis(),
                    TimeUnit.MILLISECONDS,
                    timeLimits.response().toMillis(),
                    TimeUnit.MILLISECONDS,
                    false))
            .target(new Target.HardCodedTarget<>(KognitivApi.class, "kognitiv", root.toString()));
  }

  /**
   * Makes one call.
   *
   * @param call the call
   * @return what was seen; never an exception for what the network does
   */
  Reply send(Function<KognitivApi, Response> call) {
    try (Response response = call.apply(api)) {
      return read(response);
    } catch (FeignException | IOException e) {
      return seen(e);
    }
  }

  /** Frees every call that is under way, from any thread. */
  @Override
  public void close() {
    limits.close();
    http.close(CloseMode.IMMEDIATE);
  }

  private Answer read(Response response) throws IOException {
    byte[] body = new byte[0];
    if (response.body() != null) {
      try (InputStream in = response.body().asInputStream()) {
        body = in.readAllBytes();
      }
    }
    boolean cut = body.length > ExchangeLimits.longestBody(response.request().httpMethod().name());
    return new Answer(
        response.status(),
        header(response, "Content-Type"),
        RetryAfter.read(header(response, "Retry-After"), clock),
        body,
        cut);
  }

  /** The exception goes no further: its message names the address, and with it the member. */
  private static Reply seen(Exception thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ExchangeFailure failure) {
        return failure.reply();
      }
    }
    return new Reply.Lost(KognitivProblem.CONNECTION_LOST.problem());
  }

  private static String header(Response response, String name) {
    return response.headers().getOrDefault(name, List.of()).stream().findFirst().orElse("");
  }

  /** A JVM-wide authenticator may know proxies; its credentials are none of Kognitiv's business. */
  private static CredentialsProvider credentialsForProxiesOnly(URI root) {
    CredentialsProvider system = new SystemDefaultCredentialsProvider();
    String host = root.getHost();
    int port = root.getPort() >= 0 ? root.getPort() : root.getScheme().equals("https") ? 443 : 80;
    return (scope, context) ->
        host.equalsIgnoreCase(scope.getHost()) && port == scope.getPort()
            ? null
            : system.getCredentials(scope, context);
  }
}
