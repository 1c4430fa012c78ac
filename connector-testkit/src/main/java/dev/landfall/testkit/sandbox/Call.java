package dev.landfall.testkit.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call as it came over the wire: nothing decoded, nothing normalised.
 *
 * @param method the HTTP method
 * @param path the path as sent, still percent-encoded
 * @param query what follows the question mark, or null if there is none
 * @param headers values by name in lower case; copied
 * @param body the body read as UTF-8; empty if there is none
 */
public record Call(
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    String body) {

  /** Copies the headers and puts their names in lower case. */
  public Call {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(body, "body");
    Map<String, List<String>> lower = new LinkedHashMap<>();
    headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
    headers = Map.copyOf(lower);
  }

  /**
   * The value of a header.
   *
   * @param name the header's name, in any case
   * @return its value; empty if it was not sent, or was sent more than once
   */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /**
   * The segments of the path, each decoded once.
   *
   * @return what stands between the slashes as sent ({@code /a%2Fb/} gives {@code a/b} and an empty
   *     text); empty if the path does not start with a slash, or a segment is no percent-encoded
   *     UTF-8
   */
  public Optional<List<String>> segments() {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> segments = new ArrayList<>();
    for (String raw : path.substring(1).split("/", -1)) {
      Optional<String> decoded = decode(raw);
      if (decoded.isEmpty()) {
        return Optional.empty();
      }
      segments.add(decoded.get());
    }
    return Optional.of(List.copyOf(segments));
  }

  /**
   * Percent-decodes a text once; a plus sign stays one.
   *
   * @param encoded the text as sent
   * @return the text; empty if an escape is incomplete, the bytes are no UTF-8, or a character
   *     should have been escaped
   */
  public static Optional<String> decode(String encoded) {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        int high = hex(encoded, i + 1);
        int low = hex(encoded, i + 2);
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes.put((byte) (high * 16 + low));
        i += 2;
      } else if (c <= ' ' || c >= 0x7f) {
        return Optional.empty();
      } else {
        bytes.put((byte) c);
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static int hex(String text, int at) {
    return at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
  }

  /** The method only: path, headers and body may hold ids and secrets. */
  @Override
  public String toString() {
    return "Call[" + method + "]";
  }
}
