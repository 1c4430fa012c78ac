package dev.landfall.testkit.stage;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of records: when two are the same, and the words that messages have for them. */
public final class Values {

  private static final int LONGEST = 40;

  private Values() {}

  /**
   * A record in the form in which two are equal exactly if their values are.
   *
   * @param record values by field
   * @return the same without zeros at the end of decimals
   */
  public static Map<String, Object> canonical(Map<String, Object> record) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    record.forEach((field, value) -> canonical.put(field, canonical(value)));
    return canonical;
  }

  static Object canonical(Object value) {
    return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
  }

  /**
   * The words for a value; the kit makes all values up, so that they may be shown.
   *
   * @param value the value, or null
   * @return one line
   */
  public static String words(@Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    return value instanceof String text ? quoted(text) : value.toString();
  }

  private static String quoted(String text) {
    StringBuilder words = new StringBuilder("\"");
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            point -> {
              if (Character.isISOControl(point)) {
                words.append("\\u%04x".formatted(point));
              } else {
                words.appendCodePoint(point);
              }
            });
    words.append('"');
    return text.length() <= LONGEST ? words.toString() : words + "... of " + text.length();
  }
}
