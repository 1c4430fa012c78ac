package dev.landfall.testkit.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Texts are found in whatever form they are let out, and nothing else is. */
class CanariesTest {

  private static final String SIGNS = "abcXYZ0189 +/=&?%-_.~:@\u00fc\u20ac";
  private static final String PLAIN = "abcdefghijkl0123456789";
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private final Random random = new Random(7);

  private String text(String signs, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(signs.charAt(random.nextInt(signs.length())));
    }
    return text.toString();
  }

  private String around(String found) {
    return text(PLAIN, random.nextInt(4)) + found + text(PLAIN, random.nextInt(4));
  }

  private static List<String> forms(String secret, String before, String after) {
    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    byte[] within = (before + secret + after).getBytes(StandardCharsets.UTF_8);
    return List.of(
        secret,
        encoded,
        encoded.replace("+", "%20"),
        ESCAPE.matcher(encoded).replaceAll(found -> found.group().toLowerCase(Locale.ROOT)),
        Base64.getEncoder().encodeToString(within),
        Base64.getEncoder().withoutPadding().encodeToString(within),
        Base64.getUrlEncoder().encodeToString(within));
  }

  @Test
  void aSecretIsFoundInEachOfItsForms() {
    for (int round = 0; round < 2_000; round++) {
      String secret = text(SIGNS, 6 + random.nextInt(20));
      Canaries canaries = new Canaries();
      canaries.add(text(PLAIN, 12));
      canaries.add(secret);
      for (String form : forms(secret, text(PLAIN, round % 4), text(PLAIN, round % 5))) {
        assertThat(canaries.in(around(form))).as("%s in %s", secret, form).isTrue();
      }
    }
  }

  @Test
  void whatHoldsNoneOfThemIsLeftAlone() {
    Canaries canaries = new Canaries();
    for (int i = 0; i < 100; i++) {
      canaries.add("canary-" + text(PLAIN, 20));
    }
    for (int round = 0; round < 2_000; round++) {
      String other = text(SIGNS, 30);
      for (String form : forms("canary-" + other, "", "")) {
        assertThat(canaries.in(form)).as(form).isFalse();
      }
    }
  }

  @Test
  void whatTurnsUpByChanceIsNotLookedFor() {
    Canaries canaries = new Canaries();
    canaries.add("12345");
    assertThat(canaries.in("12345")).isFalse();

    canaries.add("123456");
    assertThat(canaries.in("123456")).isTrue();
    assertThat(canaries.in("12345")).isFalse();
    assertThat(canaries.in("12345 6")).isFalse();
  }
}
