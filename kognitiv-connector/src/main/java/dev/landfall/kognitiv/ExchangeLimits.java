package dev.landfall.kognitiv;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Bounds every exchange in time, from the first step to the last byte of the body, and observes
 * whether anything was sent. No time limit of the client does either: its limits are on silence, so
 * that a body that drips is never too late, and its exceptions do not tell a connection that could
 * not be made from one that broke.
 */
final class ExchangeLimits implements ExecChainHandler, AutoCloseable {

  private static final String EXCHANGE = "landfall.exchange";
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final int LONGEST_LIST = 4 * 1024 * 1024;

  private final KognitivSettings.TimeLimits limits;
  private final ScheduledThreadPoolExecutor deadlines;
  private volatile boolean closed;

  ExchangeLimits(KognitivSettings.TimeLimits limits) {
    this.limits = limits;
    deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "landfall-kognitiv-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /** From now on, whatever breaks broke because the session was closed. */
  @Override
  public void close() {
    closed = true;
    deadlines.shutdownNow();
  }

  /** The outermost step: starts the clock. */
  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException {
    Exchange exchange = new Exchange(scope.execRuntime);
    scope.clientContext.setAttribute(EXCHANGE, exchange);
    if (request.getMethod().equals("GET")) {
      // Feign gives every request a body, if an empty one; a GET with a body is refused by some.
      request.setEntity(null);
    }
    exchange.start();
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      if (!exchange.sent) {
        throw refusedByProxy(response.getCode());
      }
      if (response.getEntity() != null) {
        response.setEntity(exchange.read(response.getEntity(), longestBody(request.getMethod())));
      }
      return response;
    } catch (IOException | HttpException | RuntimeException e) {
      scope.execRuntime.discardEndpoint();
      throw exchange.failure(e);
    } finally {
      exchange.end();
    }
  }

  /** How many bytes of an answer's body count; one more is read, to tell that there are more. */
  static int longestBody(String method) {
    return method.equals("GET") ? LONGEST_LIST : LONGEST_ANSWER;
  }

  /** The innermost step, once there is a connection: from here on, something may have been sent. */
  static ClassicHttpResponse aboutToSend(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    if (scope.clientContext.getAttribute(EXCHANGE) instanceof Exchange exchange) {
      exchange.beginSending();
    }
    return chain.proceed(request, scope);
  }

  private static ExchangeFailure refusedByProxy(int status) {
    // The connection to the target goes through a tunnel, and the proxy did not open it.
    return status >= 500
        ? ExchangeFailure.unreachable(
            "The HTTP proxy could not connect to Kognitiv (HTTP " + status + ").")
        : ExchangeFailure.beforeSending(
            KognitivProblem.PROXY_REFUSED,
            "The HTTP proxy refuses the way to Kognitiv (HTTP " + status + ").");
  }

  /** One request and its answer. */
  private final class Exchange {
    private final ExecRuntime runtime;
    private volatile boolean sent;
    private volatile boolean expired;
    private @Nullable ScheduledFuture<?> deadline;

    Exchange(ExecRuntime runtime) {
      this.runtime = runtime;
    }

    void start() throws ExchangeFailure {
      Duration total = limits.total();
      try {
        deadline = deadlines.schedule(this::expire, total.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        throw ExchangeFailure.sessionClosed();
      }
    }

    void beginSending() throws ExchangeFailure {
      if (closed) {
        throw ExchangeFailure.sessionClosed();
      }
      if (expired) {
        throw ExchangeFailure.unreachable(
            "Connecting to Kognitiv took longer than " + limits.total() + ".");
      }
      sent = true;
    }

    void end() {
      if (deadline != null) {
        deadline.cancel(false);
      }
    }

    HttpEntity read(HttpEntity entity, int longest) throws IOException {
      byte[] body = entity.getContent().readNBytes(longest + 1);
      if (expired || closed) {
        // The end of the body may be the deadline's doing, or close's, and not the server's.
        throw new IOException("ended from here");
      }
      if (body.length > longest) {
        // Closing the body would read the rest of it, however long; so the connection goes.
        runtime.discardEndpoint();
      }
      return new ByteArrayEntity(body, null);
    }

    private void expire() {
      expired = true;
      runtime.discardEndpoint();
    }

    ExchangeFailure failure(Exception e) {
      if (e instanceof ExchangeFailure failure) {
        return failure;
      }
      return sent ? afterSending(e) : beforeSending(e);
    }

    private ExchangeFailure afterSending(Exception e) {
      if (closed) {
        return ExchangeFailure.afterSending(
            KognitivProblem.SESSION_CLOSED,
            "The session was closed before Kognitiv's answer was complete.");
      }
      if (expired) {
        return ExchangeFailure.afterSending(
            KognitivProblem.TIMED_OUT,
            "Kognitiv's answer was not complete within " + limits.total() + ".");
      }
      if (e instanceof SocketTimeoutException) {
        return ExchangeFailure.afterSending(
            KognitivProblem.TIMED_OUT,
            "Kognitiv was silent for longer than " + limits.response() + ".");
      }
      return ExchangeFailure.afterSending(
          KognitivProblem.CONNECTION_LOST, KognitivProblem.CONNECTION_LOST.meaning());
    }

    private ExchangeFailure beforeSending(Exception e) {
      if (closed) {
        return ExchangeFailure.sessionClosed();
      }
      if (expired || e instanceof ConnectTimeoutException) {
        return ExchangeFailure.unreachable(
            "No connection to Kognitiv could be made within "
                + (expired ? limits.total() : limits.connect())
                + ".");
      }
      if (untrusted(e)) {
        return ExchangeFailure.beforeSending(
            KognitivProblem.CERTIFICATE_NOT_TRUSTED,
            KognitivProblem.CERTIFICATE_NOT_TRUSTED.meaning());
      }
      if (e instanceof UnknownHostException) {
        return ExchangeFailure.unreachable("The host name of the API Base URL is not known.");
      }
      if (e instanceof ConnectException) {
        return ExchangeFailure.unreachable("The connection to Kognitiv was refused.");
      }
      return ExchangeFailure.unreachable("The connection to Kognitiv could not be made.");
    }

    private static boolean untrusted(Throwable thrown) {
      for (Throwable t = thrown; t != null; t = t.getCause()) {
        if (t instanceof SSLPeerUnverifiedException
            || t instanceof CertificateException
            || t instanceof CertPathValidatorException) {
          return true;
        }
      }
      return false;
    }
  }
}
