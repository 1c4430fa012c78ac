package dev.landfall.testkit.sandbox;

import static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder.responseDefinition;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of a sandbox: hands each call to the application, lets the faults strike, counts,
 * and keeps the groups on disk. Listens on 127.0.0.1 only. Safe for use by several threads.
 *
 * <p>A path or form that is broken on the level of HTTP ({@code %zz} for an escape) is refused by
 * the server itself, with 400 or 500, and reaches neither the application nor the counts.
 *
 * <p>Another process steers it over HTTP, on the sandbox's own address:
 *
 * <ul>
 *   <li>{@code GET /__sandbox/state}: a JSON object with {@code groups} (an object of {@code size}
 *       and {@code members} by name; {@code ?members=no} leaves the members out), {@code calls} (by
 *       kind), {@code mostInFlight}, {@code struck} and {@code pendingLate}.
 *   <li>{@code POST /__sandbox/faults}: puts a fault, or an array of faults, in force. A fault is
 *       an object: {@code symptom} ({@code answer} with {@code status} and perhaps {@code
 *       retryAfter}; {@code html}; {@code errors}; {@code truncated}; {@code redirect} with {@code
 *       location}; {@code cut}; {@code broken-body}; {@code silence}; {@code drip} with {@code
 *       over}; {@code slow}), {@code applied} ({@code first}, {@code never}, {@code late}; required
 *       but for {@code slow}), and at will {@code lateAfter}, {@code calls} (array of kinds),
 *       {@code records} (array), {@code times}, {@code probability} with {@code seed}, {@code
 *       beyond} (a number of calls under way), and {@code latency} (required for {@code slow}).
 *       Times are ISO 8601 durations such as {@code PT0.2S}. Answers 204, or 400 with everything
 *       that is wrong, and then puts none in force.
 *   <li>{@code DELETE /__sandbox/faults}: takes every fault out of force and lets go of calls that
 *       are held. Answers 204.
 *   <li>{@code POST /__sandbox/late}: applies all that waits to be applied late. Answers 200 with
 *       {@code applied}, the number of changes.
 * </ul>
 */
public final class SandboxServer implements AutoCloseable {

  /** Jetty keeps some threads to itself, and a silent call holds one until it is let go. */
  private static final int THREADS = 256;

  private static final int DRIPS = 64;
  private static final int MOST_CALLERS = 100;

  private final SandboxState state;
  private final Faults faults = new Faults();
  private final Application application;
  private final Control control;
  private final WireMockServer server;
  private final Set<String> callers = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private SandboxServer(
      SandboxRequest request, SandboxState state, Function<SandboxState, Application> making) {
    this.state = state;
    application = making.apply(state);
    control = new Control(state, faults);
    server =
        new WireMockServer(
            wireMockConfig()
                .bindAddress("127.0.0.1")
                .port(request.port())
                .containerThreads(THREADS)
                .jettyAcceptQueueSize(THREADS)
                .jettyStopTimeout(500L)
                .disableRequestJournal()
                .stubRequestLoggingDisabled(true)
                .notifier(new ErrorsOnly())
                .http2PlainDisabled(true)
                .gzipDisabled(true)
                .templatingEnabled(false)
                .extensionScanningEnabled(false)
                .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.NEVER)
                .extensions(new EveryCall()));
    try {
      server.start();
    } catch (FatalStartupException e) {
      throw new IllegalStateException(
          "The sandbox cannot listen on port "
              + request.port()
              + ": choose another, or 0 for any that is free",
          e);
    }
  }

  /**
   * Opens the groups that are kept in the folder, and starts listening.
   *
   * @param request where
   * @param making makes the application over those groups; called once, before the first call
   * @return a running server; the caller closes it
   * @throws IllegalStateException if the port is taken, or another sandbox uses the folder
   * @throws java.io.UncheckedIOException if the folder cannot be read or written
   */
  public static SandboxServer start(
      SandboxRequest request, Function<SandboxState, Application> making) {
    SandboxState state = SandboxState.open(request.folder());
    try {
      return new SandboxServer(request, state, making);
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  /**
   * Where it listens.
   *
   * @return an http URL on loopback, without a trailing slash
   */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /**
   * What the sandbox holds and was asked.
   *
   * @return the same object for the server's life
   */
  public SandboxState state() {
    return state;
  }

  /**
   * What goes wrong.
   *
   * @return the same object for the server's life
   */
  public Faults faults() {
    return faults;
  }

  /**
   * How those named themselves who called.
   *
   * @return a copy of their User-Agent headers, at most a hundred different ones; an empty text for
   *     a call without one
   */
  public Set<String> callers() {
    return Set.copyOf(callers);
  }

  /** Cuts what is held, stops listening, and lets go of the folder. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      faults.close();
      server.stop();
      state.close();
    }
  }

  private ResponseDefinition answer(Call call) {
    if (call.path().startsWith(Control.ROOT)) {
      return whole(control.answer(call)).build();
    }
    if (callers.size() < MOST_CALLERS) {
      callers.add(call.header("User-Agent").orElse(""));
    }
    Operation operation = application.receive(call);
    int inFlight = state.arrived(operation.kind());
    try {
      Optional<Faults.Strike> strike = faults.strike(operation, inFlight);
      return strike.isPresent()
          ? struck(strike.get(), operation)
          : whole(operation.perform().get()).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return responseDefinition().withFault(Fault.EMPTY_RESPONSE).build();
    } finally {
      state.answered();
    }
  }

  private ResponseDefinition struck(Faults.Strike strike, Operation operation)
      throws InterruptedException {
    dev.landfall.testkit.sandbox.Fault fault = strike.fault();
    Answer own = Answer.json(200, Map.of());
    switch (fault.applied) {
      case FIRST -> own = operation.perform().get();
      case LATE -> faults.postpone(operation, fault.lateAfter);
      case NEVER -> {}
    }
    strike.holdForLatency();
    return switch (fault.symptom.kind) {
      case OWN_ANSWER -> whole(own).build();
      case ANSWER -> whole(fault.symptom.answer).build();
      case CUT -> responseDefinition().withFault(Fault.CONNECTION_RESET_BY_PEER).build();
      case BROKEN_BODY -> responseDefinition().withFault(Fault.MALFORMED_RESPONSE_CHUNK).build();
      case DRIP -> dripping(own, Math.toIntExact(fault.symptom.over.toMillis()));
      case SILENCE -> {
        strike.hold();
        yield responseDefinition().withFault(Fault.EMPTY_RESPONSE).build();
      }
    };
  }

  private static ResponseDefinitionBuilder whole(Answer answer) {
    ResponseDefinitionBuilder response = responseDefinition().withStatus(answer.status());
    answer.headers().forEach((name, value) -> response.withHeader(name, value));
    return answer.body().isEmpty() ? response : response.withBody(answer.body());
  }

  private static ResponseDefinition dripping(Answer own, int millis) {
    Answer full = own.body().isEmpty() ? Answer.json(200, Map.of()) : own;
    // Blanks after the body, so that there is enough of it for many drips; JSON allows them.
    String body = full.body() + " ".repeat(Math.max(0, DRIPS - full.body().length()));
    return whole(new Answer(full.status(), full.headers(), body))
        .withChunkedDribbleDelay(DRIPS, millis)
        .build();
  }

  private static Call read(Request request) {
    String url = request.getUrl();
    int mark = url.indexOf('?');
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpHeader header : request.getHeaders().all()) {
      headers.put(header.key(), List.copyOf(header.values()));
    }
    return new Call(
        request.getMethod().getName(),
        mark < 0 ? url : url.substring(0, mark),
        mark < 0 ? null : url.substring(mark + 1),
        headers,
        request.getBodyAsString());
  }

  /** Takes every call before WireMock looks for a stub, its own administration included. */
  private final class EveryCall implements RequestFilterV2 {
    @Override
    public RequestFilterAction filter(Request request, @Nullable ServeEvent serveEvent) {
      return RequestFilterAction.stopWith(answer(read(request)));
    }

    @Override
    public boolean applyToAdmin() {
      return true;
    }

    @Override
    public boolean applyToStubs() {
      return true;
    }

    @Override
    public String getName() {
      return "landfall-sandbox";
    }
  }
}
