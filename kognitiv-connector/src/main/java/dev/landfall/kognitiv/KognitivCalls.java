package dev.landfall.kognitiv;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.landfall.connector.Context;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.sync.ChangeKind;
import feign.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls with a token: a refused token is replaced, and the call made once more. */
final class KognitivCalls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KognitivCalls.class);

  /** How many calls may be under way at once. */
  static final int IN_FLIGHT = 64;

  private interface Call {
    Response make(KognitivApi api, Map<String, String> headers);
  }

  private final ApiClient client;
  private final TokenCache tokens;
  private final Optional<String> apiVersion;
  private final RetryPolicy<Reply> onceMore =
      RetryPolicy.<Reply>builder()
          .handleIf((reply, thrown) -> thrown == null && reply != null && reply.unauthorized())
          .withMaxRetries(1)
          .build();

  KognitivCalls(ConnectionSettings settings, Context context) {
    client =
        new ApiClient(
            settings.get(KognitivSettings.API_BASE_URL),
            KognitivSettings.TimeLimits.of(settings),
            IN_FLIGHT,
            context.userAgent(),
            context.clock());
    KognitivSettings.TokenRequest request = KognitivSettings.TokenRequest.of(settings);
    tokens = new TokenCache(new TokenEndpoint(client, request), request, context.clock());
    apiVersion = settings.get(KognitivSettings.API_VERSION);
  }

  /** The token that is kept, or what came of asking for one. */
  TokenAnswer token() {
    return tokens.current().answer();
  }

  /** Adds or removes a member; both path segments come encoded. */
  Reply change(ChangeKind kind, String ref, String memberId) {
    return authorized(
        (api, headers) ->
            kind == ChangeKind.ADD
                ? api.add(headers, ref, memberId)
                : api.remove(headers, ref, memberId));
  }

  /** Lists the groups. */
  Reply groups() {
    return authorized(KognitivApi::groups);
  }

  /** Frees every call that is under way, from any thread. */
  @Override
  public void close() {
    client.close();
  }

  private Reply authorized(Call call) {
    try {
      return Failsafe.with(onceMore).get(() -> once(call));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        // Only between a refusal and the second try, so the call was refused and not applied.
        Thread.currentThread().interrupt();
        return new Reply.NotSent(
            KognitivProblem.UNREACHABLE.problem("The call was interrupted before it was sent."),
            true);
      }
      throw e;
    }
  }

  private Reply once(Call call) {
    TokenCache.Ticket ticket = tokens.current();
    if (ticket.answer() instanceof TokenAnswer.Granted granted) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Authorization", "Bearer " + granted.token().reveal());
      apiVersion.ifPresent(version -> headers.put("api-version", version));
      Reply reply = client.send(api -> call.make(api, headers));
      if (reply.unauthorized()) {
        LOG.debug("Kognitiv refused the token; it is thrown away");
        tokens.refused(ticket);
      }
      return reply;
    }
    if (ticket.answer() instanceof TokenAnswer.Refused refused) {
      return new Reply.NoToken(refused.problem(), false, null);
    }
    TokenAnswer.Unavailable none = (TokenAnswer.Unavailable) ticket.answer();
    return new Reply.NoToken(none.problem(), true, none.retryAfter());
  }
}
