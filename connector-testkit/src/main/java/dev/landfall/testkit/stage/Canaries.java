package dev.landfall.testkit.stage;

import static java.util.Locale.ROOT;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts that must not turn up, as they are, URL-encoded, and in Base64 at any offset. */
final class Canaries {

  /** Shorter ones turn up by chance. */
  private static final int SHORTEST = 6;

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  /** By their beginnings: ten thousand members are looked for in every text. */
  private final Map<String, Set<String>> needles = new HashMap<>();

  synchronized void add(String text) {
    if (text.length() < SHORTEST) {
      return;
    }
    need(text);
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    need(encoded);
    // As it stands in a path, where a blank is no plus sign; and with small letters.
    need(encoded.replace("+", "%20"));
    need(ESCAPE.matcher(encoded).replaceAll(escape -> escape.group().toLowerCase(ROOT)));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The characters at both ends also depend on what stands beside the text.
      int from = before == 0 ? 0 : before + 1;
      int to = coded.length() - (shifted.length % 3 == 0 ? 0 : 1);
      String certain = coded.substring(from, to);
      need(certain);
      // As it stands in URLs and tokens (RFC 4648, section 5).
      need(certain.replace('+', '-').replace('/', '_'));
    }
  }

  private void need(String text) {
    needles.computeIfAbsent(text.substring(0, SHORTEST), beginning -> new HashSet<>()).add(text);
  }

  synchronized boolean in(String text) {
    for (int i = 0; i + SHORTEST <= text.length(); i++) {
      int at = i;
      Set<String> like = needles.getOrDefault(text.substring(i, i + SHORTEST), Set.of());
      if (like.stream().anyMatch(needle -> text.startsWith(needle, at))) {
        return true;
      }
    }
    return false;
  }
}
