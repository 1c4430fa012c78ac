package dev.landfall.kognitiv;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.settings.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Asks for a token: OAuth 2.0 client credentials (RFC 6749, section 4.4). */
final class TokenEndpoint {

  private static final Duration UNSAID_LIFETIME = Duration.ofMinutes(5);
  private static final Duration EARLIEST_REFRESH = Duration.ofSeconds(60);
  private static final long LONGEST_LIFETIME_SECONDS = Duration.ofDays(365).toSeconds();
  private static final Set<String> WRONG_FORM =
      Set.of("invalid_request", "invalid_scope", "unsupported_grant_type", "invalid_target");

  private final ApiClient client;
  private final KognitivSettings.TokenRequest request;

  TokenEndpoint(ApiClient client, KognitivSettings.TokenRequest request) {
    this.client = client;
    this.request = request;
  }

  TokenAnswer ask() {
    Reply reply = client.send(api -> api.token(request.endpoint(), authorization(), form()));
    if (reply instanceof Answer answer) {
      return judge(answer);
    }
    if (reply instanceof Reply.NotSent notSent) {
      return notSent.passing() || closed(notSent.problem())
          ? new TokenAnswer.Unavailable(unavailable(notSent.problem()), null, false)
          : new TokenAnswer.Refused(notSent.problem());
    }
    if (reply instanceof Reply.Lost lost) {
      return new TokenAnswer.Unavailable(unavailable(lost.problem()), null, false);
    }
    throw new IllegalStateException("A token request needs no token");
  }

  private static TokenAnswer judge(Answer answer) {
    int status = answer.status();
    if (answer.success()) {
      return answer.webPage()
          ? new TokenAnswer.Refused(
              KognitivProblem.TOKEN_ENDPOINT_NOT_FOUND.problem(
                  "The address of the token endpoint answers with a web page."))
          : granted(answer);
    }
    if (status >= 300 && status < 400) {
      return new TokenAnswer.Refused(
          KognitivProblem.REDIRECTED.problem(
              "The token endpoint answers with a redirect (HTTP "
                  + status
                  + "), which is never followed: credentials go to the configured host only."));
    }
    if (status == 400 || status == 401 || status == 403) {
      return refused(answer);
    }
    if (status == 407) {
      return new TokenAnswer.Refused(
          KognitivProblem.PROXY_REFUSED.problem(
              "The HTTP proxy refuses the way to the token endpoint (HTTP 407)."));
    }
    if (status == 429) {
      return new TokenAnswer.Unavailable(
          KognitivProblem.THROTTLED_CALLS.problem(
              "The token endpoint asks for fewer calls (HTTP 429)."),
          answer.retryAfter(),
          true);
    }
    if (status >= 400 && status < 500 && status != 408) {
      return new TokenAnswer.Refused(
          KognitivProblem.TOKEN_ENDPOINT_NOT_FOUND.problem(
              "There is no token endpoint at this address (HTTP " + status + ")."));
    }
    return new TokenAnswer.Unavailable(
        KognitivProblem.TOKEN_ENDPOINT_UNAVAILABLE.problem(
            "The token endpoint answered HTTP " + status + "."),
        answer.retryAfter(),
        true);
  }

  private static TokenAnswer refused(Answer answer) {
    String error = answer.json().map(json -> json.path("error").asString("")).orElse("");
    return new TokenAnswer.Refused(
        WRONG_FORM.contains(error)
            ? KognitivProblem.TOKEN_REQUEST_REFUSED.problem(
                "The token endpoint answered HTTP " + answer.status() + " (" + error + ").")
            : KognitivProblem.INVALID_CLIENT_CREDENTIALS.problem(
                "Authentication failed: the token endpoint does not accept the client id and"
                    + " client secret (HTTP "
                    + answer.status()
                    + ")."));
  }

  private static TokenAnswer granted(Answer answer) {
    Optional<JsonNode> json = answer.json();
    String token = json.map(j -> j.path("access_token").asString("")).orElse("");
    if (!token.matches("[!-~]+")) {
      return new TokenAnswer.Unavailable(
          KognitivProblem.TOKEN_ANSWER_UNUSABLE.problem(), answer.retryAfter(), true);
    }
    return new TokenAnswer.Granted(
        Secret.of(token), keepFor(json.map(TokenEndpoint::lifetime).orElse(UNSAID_LIFETIME)));
  }

  private static Duration lifetime(JsonNode json) {
    JsonNode seconds = json.path("expires_in");
    if (seconds.isMissingNode() || seconds.isNull()) {
      return UNSAID_LIFETIME;
    }
    long value = seconds.asLong((long) seconds.asDouble(0));
    return Duration.ofSeconds(Math.max(0, Math.min(value, LONGEST_LIFETIME_SECONDS)));
  }

  /** Until shortly before it expires; a tenth at most, or a short-lived token would not be kept. */
  private static Duration keepFor(Duration lifetime) {
    Duration early = lifetime.dividedBy(10);
    return lifetime.minus(early.compareTo(EARLIEST_REFRESH) < 0 ? early : EARLIEST_REFRESH);
  }

  private static boolean closed(Problem problem) {
    return problem.code().equals(KognitivProblem.SESSION_CLOSED.code());
  }

  private static Problem unavailable(Problem seen) {
    return KognitivProblem.TOKEN_ENDPOINT_UNAVAILABLE.problem(
        "No token could be obtained. " + seen.message());
  }

  private Map<String, String> authorization() {
    if (!request.basic()) {
      return Map.of();
    }
    String pair = encoded(request.clientId()) + ":" + encoded(request.clientSecret().reveal());
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private String form() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    if (!request.basic()) {
      fields.put(request.clientIdField(), request.clientId());
      fields.put("client_secret", request.clientSecret().reveal());
    }
    request.apiDomain().ifPresent(value -> fields.put("api_domain", value));
    request.scope().ifPresent(value -> fields.put("scope", value));
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
