package dev.landfall.kognitiv;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A complete answer. Its text is read and judged, and goes nowhere else: it may hold a token or a
 * person's data.
 */
final class Answer implements Reply {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^\uFEFF");
  private static final int HEAD_OF_A_PAGE = 1024;

  private final int status;
  private final String contentType;
  private final @Nullable Duration retryAfter;
  private final String text;
  private final boolean cut;

  Answer(int status, String contentType, @Nullable Duration retryAfter, byte[] body, boolean cut) {
    this.status = status;
    this.contentType = contentType.toLowerCase(Locale.ROOT);
    this.retryAfter = retryAfter;
    this.text =
        BYTE_ORDER_MARK.matcher(new String(body, StandardCharsets.UTF_8)).replaceFirst("").strip();
    this.cut = cut;
  }

  int status() {
    return status;
  }

  boolean success() {
    return status >= 200 && status < 300;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The body as text, as far as it was read. */
  String text() {
    return text;
  }

  /** The body as JSON, if it was read whole and is JSON. */
  Optional<JsonNode> json() {
    if (cut || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether the body is a web page: a login form, a proxy's notice. */
  boolean webPage() {
    if (contentType.startsWith("text/html") || contentType.startsWith("application/xhtml")) {
      return true;
    }
    String head =
        text.substring(0, Math.min(text.length(), HEAD_OF_A_PAGE)).toLowerCase(Locale.ROOT);
    return head.startsWith("<") && (head.contains("<!doctype html") || head.contains("<html"));
  }

  /** Whether a success has a body that says otherwise, or one that cannot be told. */
  boolean contradictsItself() {
    if (webPage() || cut) {
      return true;
    }
    boolean claimsJson =
        contentType.contains("json") || text.startsWith("{") || text.startsWith("[");
    if (text.isEmpty() || !claimsJson) {
      return false;
    }
    return json().map(Answer::carriesErrors).orElse(true);
  }

  private static boolean carriesErrors(JsonNode json) {
    JsonNode errors = json.path("errors");
    return errors.isContainer() ? !errors.isEmpty() : !errors.isMissingNode() && !errors.isNull();
  }

  /** The status alone. */
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
