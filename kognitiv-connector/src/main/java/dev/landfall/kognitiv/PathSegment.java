package dev.landfall.kognitiv;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A text as exactly one segment of a path (RFC 3986, section 3.3). Feign's own encoding leaves
 * alone what already looks encoded, so that {@code a%2Fb} would address another member than it
 * names.
 */
final class PathSegment {

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PathSegment() {}

  /** The encoded segment, or empty for a text that no server would read back as it was. */
  static Optional<String> encode(String text) {
    if (text.isBlank() || text.equals(".") || text.equals("..") || unsendable(text)) {
      return Optional.empty();
    }
    StringBuilder segment = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
        segment.append((char) b);
      } else {
        segment.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
      }
    }
    return Optional.of(segment.toString());
  }

  private static boolean unsendable(String text) {
    return text.codePoints()
        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }
}
