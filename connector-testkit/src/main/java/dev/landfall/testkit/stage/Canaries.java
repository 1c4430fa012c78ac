package dev.landfall.testkit.stage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** Texts that must not turn up, as they are, URL-encoded, and in Base64 at any offset. */
final class Canaries {

  /** Shorter ones turn up by chance. */
  private static final int SHORTEST = 6;

  private final Set<String> needles = new LinkedHashSet<>();

  synchronized void add(String text) {
    if (text.length() < SHORTEST) {
      return;
    }
    needles.add(text);
    needles.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The characters at both ends also depend on what stands beside the text.
      int from = before == 0 ? 0 : before + 1;
      int to = coded.length() - (shifted.length % 3 == 0 ? 0 : 1);
      needles.add(coded.substring(from, to));
    }
  }

  synchronized boolean in(String text) {
    return needles.stream().anyMatch(text::contains);
  }
}
