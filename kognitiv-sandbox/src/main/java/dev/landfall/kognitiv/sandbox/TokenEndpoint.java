package dev.landfall.kognitiv.sandbox;

import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The token endpoint, as RFC 6749 has it: sections 2.3.1, 4.4 and 5. */
final class TokenEndpoint {

  private static final String SCHEME = "basic ";

  private record Credentials(String id, String secret) {}

  private final Tokens tokens;

  TokenEndpoint(Tokens tokens) {
    this.tokens = tokens;
  }

  Answer answer(Call call) {
    if (tokens.isDown()) {
      return Answer.of(503);
    }
    if (!call.method().equals("POST")) {
      return Errors.methodNotAllowed("POST");
    }
    Optional<Map<String, String>> form = form(call);
    if (form.isEmpty() || call.query() != null) {
      return refusal(400, "invalid_request");
    }
    return answer(form.get(), call.header("Authorization"));
  }

  private Answer answer(Map<String, String> form, Optional<String> header) {
    String grantType = form.get("grant_type");
    boolean inForm = form.containsKey(tokens.idField()) || form.containsKey("client_secret");
    if (grantType == null || (header.isPresent() && inForm) || !hasRequiredFields(form)) {
      return refusal(400, "invalid_request");
    }
    if (!grantType.equals("client_credentials")) {
      return refusal(400, "unsupported_grant_type");
    }
    Optional<Credentials> sent = header.isPresent() ? basic(header.get()) : inForm(form);
    return sent.flatMap(c -> tokens.grant(c.id(), c.secret()))
        .map(granted -> Answer.json(200, granted).withHeader("Cache-Control", "no-store"))
        .orElseGet(() -> invalidClient(header.isPresent()));
  }

  private boolean hasRequiredFields(Map<String, String> form) {
    return tokens.requiredFields().entrySet().stream()
        .allMatch(field -> field.getValue().equals(form.get(field.getKey())));
  }

  private Optional<Credentials> inForm(Map<String, String> form) {
    String id = form.get(tokens.idField());
    String secret = form.get("client_secret");
    return id == null || secret == null || tokens.basicOnly()
        ? Optional.empty()
        : Optional.of(new Credentials(id, secret));
  }

  private static Optional<Credentials> basic(String header) {
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String pair;
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      pair = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : decode(pair.substring(0, colon))
            .flatMap(
                id -> decode(pair.substring(colon + 1)).map(secret -> new Credentials(id, secret)));
  }

  /** The form's fields; empty if it is no form, cannot be decoded, or names a field twice. */
  private static Optional<Map<String, String>> form(Call call) {
    String type = call.header("Content-Type").orElse("").split(";", -1)[0].strip();
    if (!type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
      return Optional.empty();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : call.body().split("&", -1)) {
      String[] sides = pair.split("=", 2);
      Optional<String> name = decode(sides[0]);
      Optional<String> value = decode(sides.length == 2 ? sides[1] : "");
      if (name.isEmpty()
          || value.isEmpty()
          || fields.putIfAbsent(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }

  private static Optional<String> decode(String encoded) {
    return Call.decode(encoded.replace("+", "%20"));
  }

  private static Answer invalidClient(boolean byHeader) {
    return byHeader
        ? refusal(401, "invalid_client").withHeader("WWW-Authenticate", "Basic")
        : refusal(400, "invalid_client");
  }

  private static Answer refusal(int status, String error) {
    return Answer.json(status, Map.of("error", error));
  }
}
