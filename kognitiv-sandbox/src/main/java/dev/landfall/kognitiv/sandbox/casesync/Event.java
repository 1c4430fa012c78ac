package dev.landfall.kognitiv.sandbox.casesync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One event of a case.
 *
 * @param moment when it happened, at a whole millisecond
 * @param texts what the columns hold, in their order, null where one is empty; of the moment, null
 * @param distinguishing which of the texts make an event another one than one of the same case,
 *     moment and code
 * @param nth how many events before it, and it, are alike in all that
 */
record Event(Instant moment, List<@Nullable String> texts, List<Integer> distinguishing, int nth) {

  /** Where the moment stands among the columns, and the code. */
  static final int MOMENT = 1;

  private static final int CODE = 3;

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DIGITS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The columns with pipes between them; line breaks within a text are what ends the lines. */
  String line(String lineEnd) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      String text = i == MOMENT ? TIMESTAMP.format(moment) : texts.get(i);
      line.append(i == 0 ? "" : "|").append(text == null ? "" : text.replace("\n", lineEnd));
    }
    return line.append(lineEnd).toString();
  }

  /** What a column must be read as; line breaks of an entry stand in the file as the page says. */
  @Nullable String value(int column) {
    String text = texts.get(column);
    return text == null ? null : text.replace("<br>", "\n");
  }

  /** The key that docs/case-sync.md promises for the event. */
  String key() {
    String digest = digest();
    return texts.get(0)
        + "-"
        + DIGITS.format(moment)
        + "-"
        + texts.get(CODE)
        + (digest.isEmpty() ? "" : "-" + digest)
        + (nth == 1 ? "" : "." + nth);
  }

  private String digest() {
    if (distinguishing.stream().allMatch(column -> texts.get(column) == null)) {
      return "";
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (int column : distinguishing) {
        String text = value(column);
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(text == null ? -1 : bytes.length).array());
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
