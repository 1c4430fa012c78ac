package dev.landfall.kognitiv;

import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What a person fills in, and the values as the calls need them. */
final class KognitivSettings {

  private static final String TOKEN_REQUEST = "Token request";
  private static final String TIME_LIMITS = "Time limits";
  private static final String VISIBLE = "[!-~]+( [!-~]+)*";
  private static final Duration SHORTEST = Duration.ofMillis(100);
  // Twice the total must fit into a host's settling time (15 minutes by default) with room to
  // spare.
  private static final Duration LONGEST = Duration.ofMinutes(5);

  static final Setting<URI> API_BASE_URL =
      Setting.url("apiBaseUrl", "API Base URL")
          .description(
              "Your Kognitiv Inspire API base URL, such as https://app.kognitivloyalty.com; a"
                  + " trailing slash or /api makes no difference.")
          .canonical(ApiRoot::of)
          .required();

  static final Setting<String> CLIENT_ID =
      Setting.text("clientId", "Client ID")
          .description("From Settings > API Security Tokens in Kognitiv Inspire.")
          .required();

  static final Setting<Secret> CLIENT_SECRET =
      Setting.secret("clientSecret", "Client Secret")
          .description("From Settings > API Security Tokens in Kognitiv Inspire.")
          .required();

  static final Setting<String> TOKEN_PATH =
      Setting.text("tokenPath", "Token path")
          .description("The path of the token endpoint, below the API Base URL.")
          .group(TOKEN_REQUEST)
          .advanced()
          .pattern("(/[A-Za-z0-9._~-]+)+", "a path such as /Auth/connect/token")
          .orElse("/Auth/connect/token");

  static final Setting<String> CLIENT_ID_FIELD =
      Setting.text("clientIdField", "Name of the id field")
          .description("The form field that carries the client id; some endpoints want client_ID.")
          .group(TOKEN_REQUEST)
          .advanced()
          .pattern("[A-Za-z][A-Za-z0-9_.-]*", "the name of a form field, such as client_ID")
          .orElse("client_id");

  static final Setting<Boolean> BASIC_CREDENTIALS =
      Setting.flag("basicCredentials", "Credentials in a Basic header")
          .description("Sends client id and secret in a Basic header instead of the form body.")
          .group(TOKEN_REQUEST)
          .advanced()
          .orElse(false);

  static final Setting<Optional<String>> API_DOMAIN =
      Setting.text("apiDomain", "API domain")
          .description("Sent as api_domain with the token request, where the endpoint wants it.")
          .group(TOKEN_REQUEST)
          .advanced()
          .optional();

  static final Setting<Optional<String>> SCOPE =
      Setting.text("scope", "Scope")
          .description("Sent as scope with the token request, where the endpoint wants it.")
          .group(TOKEN_REQUEST)
          .advanced()
          .pattern(VISIBLE, "scopes of visible ASCII characters, with one space between them")
          .optional();

  static final Setting<Optional<String>> API_VERSION =
      Setting.text("apiVersion", "API version")
          .description("Sent as the api-version header of every REST call, such as 2025.3.")
          .advanced()
          .pattern("[A-Za-z0-9._-]+", "a version such as 2025.3")
          .optional();

  static final Setting<Duration> CONNECT_TIME_LIMIT =
      limit("connectTimeLimit", "Connect time limit", "How long connecting may take.", 10);

  static final Setting<Duration> RESPONSE_TIME_LIMIT =
      limit(
          "responseTimeLimit",
          "Response time limit",
          "How long Kognitiv may stay silent after a request was sent.",
          30);

  static final Setting<Duration> TOTAL_TIME_LIMIT =
      limit(
          "totalTimeLimit",
          "Total time limit",
          "How long one call may take in all, until its answer is complete.",
          60);

  static final Setting<ObjectType> OBJECT_TYPE =
      Setting.select("objectType", "Object Type", ObjectType.class)
          .description("The type of object to sync.")
          .required();

  static final Setting<String> GROUP_REFERENCE =
      Setting.text("groupExternalReference", "Group External Reference")
          .description(
              "The external reference identifier of the promotional member group to sync members"
                  + " to.")
          .canonical(KognitivSettings::sendable)
          .required();

  static final SettingsSpec CONNECTION =
      SettingsSpec.of(
              API_BASE_URL,
              CLIENT_ID,
              CLIENT_SECRET,
              TOKEN_PATH,
              CLIENT_ID_FIELD,
              BASIC_CREDENTIALS,
              API_DOMAIN,
              SCOPE,
              API_VERSION,
              CONNECT_TIME_LIMIT,
              RESPONSE_TIME_LIMIT,
              TOTAL_TIME_LIMIT)
          .withRule(settings -> withinTotal(settings, CONNECT_TIME_LIMIT))
          .withRule(settings -> withinTotal(settings, RESPONSE_TIME_LIMIT));

  static final SettingsSpec TARGET = SettingsSpec.of(OBJECT_TYPE, GROUP_REFERENCE);

  private KognitivSettings() {}

  /**
   * How to ask for a token.
   *
   * @param endpoint where
   * @param clientId as whom
   * @param clientSecret with what
   * @param clientIdField the form field that carries the client id
   * @param basic whether id and secret go into a Basic header instead of the body
   * @param apiDomain the value of {@code api_domain}, if one is sent
   * @param scope the value of {@code scope}, if one is sent
   */
  record TokenRequest(
      URI endpoint,
      String clientId,
      Secret clientSecret,
      String clientIdField,
      boolean basic,
      Optional<String> apiDomain,
      Optional<String> scope) {

    static TokenRequest of(ConnectionSettings settings) {
      return new TokenRequest(
          URI.create(settings.get(API_BASE_URL) + settings.get(TOKEN_PATH)),
          settings.get(CLIENT_ID),
          settings.get(CLIENT_SECRET),
          settings.get(CLIENT_ID_FIELD),
          settings.get(BASIC_CREDENTIALS),
          settings.get(API_DOMAIN),
          settings.get(SCOPE));
    }
  }

  /**
   * How long a call may take.
   *
   * @param connect until there is a connection
   * @param response of silence after sending
   * @param total until the answer is complete
   */
  record TimeLimits(Duration connect, Duration response, Duration total) {

    static TimeLimits of(ConnectionSettings settings) {
      return new TimeLimits(
          settings.get(CONNECT_TIME_LIMIT),
          settings.get(RESPONSE_TIME_LIMIT),
          settings.get(TOTAL_TIME_LIMIT));
    }
  }

  private static Setting<Duration> limit(
      String name, String label, String description, int seconds) {
    return Setting.duration(name, label)
        .description(description)
        .group(TIME_LIMITS)
        .advanced()
        .between(SHORTEST, LONGEST)
        .orElse(Duration.ofSeconds(seconds));
  }

  private static Optional<Violation> withinTotal(Settings settings, Setting<Duration> part) {
    Duration total = settings.get(TOTAL_TIME_LIMIT);
    return settings.get(part).compareTo(total) <= 0
        ? Optional.empty()
        : Optional.of(
            new Violation(
                Violation.pointerTo(part.name()),
                "setting.range",
                part.label()
                    + " ("
                    + part.name()
                    + ") must not be longer than the total time limit, "
                    + total
                    + "."));
  }

  private static String sendable(String reference) {
    if (PathSegment.encode(reference).isEmpty()) {
      throw new IllegalArgumentException(
          "must not be \".\" or \"..\" nor hold control characters: it becomes part of an address.");
    }
    return reference;
  }
}
