package dev.landfall.connector.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/**
 * How each kind of setting reads its raw value. Messages finish a sentence that names the setting.
 */
final class SettingValues {

  private SettingValues() {}

  /** A raw value that cannot be read; the message never repeats a value that may be a secret. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    Wrong(String code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  static String text(Object raw) {
    String text = string(raw, "a text");
    if (text.isBlank()) {
      throw new Wrong("setting.blank", "must not be blank.");
    }
    return text;
  }

  static URI url(Object raw) {
    String text = string(raw, "a URL");
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new Wrong("setting.url", "must be a URL such as https://host.example.");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
      throw new Wrong("setting.url", "must be an absolute URL that starts with https://.");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new Wrong("setting.url", "must have no user name, query or fragment in the URL.");
    }
    if (scheme.equals("http") && !isLoopback(uri.getHost())) {
      throw new Wrong(
          "setting.insecure-url",
          "must start with https://: plain http would send the credentials unprotected"
              + " (it is allowed on this machine's own addresses only).");
    }
    return uri;
  }

  static Secret secret(Object raw) {
    if (raw instanceof Secret secret) {
      return secret;
    }
    throw new Wrong(
        "setting.secret-in-plain-text",
        "must not stand here as plain text: write {\"env\": \"NAME\"} or {\"file\": \"path\"}.");
  }

  static <C extends Choice> C choice(Object raw, List<C> choices) {
    String word = string(raw, "a text");
    return choices.stream()
        .filter(c -> c.id().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new Wrong(
                    "setting.choice",
                    "must be one of "
                        + Setting.words(choices)
                        + (raw instanceof String
                            ? ", not \""
                                + word
                                + "\"."
                                + Nearest.question(word, choices.stream().map(Choice::id).toList())
                            : ".")));
  }

  static Long integer(Object raw) {
    if (raw instanceof Integer || raw instanceof Long) {
      return ((Number) raw).longValue();
    }
    throw new Wrong("setting.type", "must be a whole number.");
  }

  static Duration duration(Object raw) {
    try {
      Duration duration = Duration.parse(string(raw, "a duration"));
      if (duration.isNegative()) {
        throw new Wrong("setting.range", "must not be negative.");
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new Wrong(
          "setting.duration", "must be an ISO 8601 duration such as \"PT30S\" or \"P1D\".");
    }
  }

  static Boolean flag(Object raw) {
    if (raw instanceof Boolean flag) {
      return flag;
    }
    throw new Wrong("setting.type", "must be true or false.");
  }

  static Path path(Object raw) {
    try {
      return Path.of(text(raw));
    } catch (InvalidPathException e) {
      throw new Wrong("setting.path", "must be a path.");
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // value and bounds are of one type: the draft's
  static void requireBetween(Object value, Comparable least, Comparable greatest) {
    if (least.compareTo(value) > 0 || greatest.compareTo(value) < 0) {
      throw new Wrong(
          "setting.range",
          "must lie between "
              + toJson(least)
              + " and "
              + toJson(greatest)
              + ", not "
              + value
              + ".");
    }
  }

  static Object toJson(Object value) {
    if (value instanceof Choice choice) {
      return choice.id();
    }
    return value instanceof Long || value instanceof Boolean ? value : value.toString();
  }

  /** Loopback by its spelling: names are not looked up, since validation does no I/O. */
  private static boolean isLoopback(String host) {
    String h = host.toLowerCase(Locale.ROOT);
    return h.equals("localhost")
        || h.equals("[::1]")
        || h.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static String string(Object raw, String what) {
    if (raw instanceof String text) {
      return text;
    }
    if (raw instanceof Secret secret) {
      return secret.reveal();
    }
    throw new Wrong("setting.type", "must be " + what + " in quotes.");
  }
}
