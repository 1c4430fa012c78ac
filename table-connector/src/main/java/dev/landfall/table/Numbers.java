package dev.landfall.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as numbers, exactly or not at all. */
final class Numbers {

  /** Beyond this a text is no number that any column holds. */
  private static final int LONGEST = 200_000;

  /** Of so many digits is no whole number that any column holds. */
  private static final int MOST_WHOLE_DIGITS = 50;

  private Numbers() {}

  /** The number that a value is; null if it is none, or not a finite one. */
  static @Nullable BigDecimal exact(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof Long number) {
      return BigDecimal.valueOf(number);
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? new BigDecimal(Double.toString(number)) : null;
    }
    return value instanceof String text ? parse(text.strip()) : null;
  }

  private static @Nullable BigDecimal parse(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      // That it is no number is the answer.
      return null;
    }
  }

  /** The whole number that a value is; null if it is none. */
  static @Nullable BigInteger whole(Object value) {
    if (value instanceof Long number) {
      return BigInteger.valueOf(number);
    }
    BigDecimal number = exact(value);
    if (number == null || (long) number.precision() - number.scale() > MOST_WHOLE_DIGITS) {
      return null;
    }
    BigDecimal shortest = shortest(number);
    return shortest.scale() > 0 ? null : shortest.toBigInteger();
  }

  /** The same number without zeros at the end of its fraction. */
  static BigDecimal shortest(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /** The value, if it is one of the three that are no finite numbers, or their words. */
  static @Nullable Double special(Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number) ? null : number;
    }
    if (!(value instanceof String text)) {
      return null;
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity" -> Double.POSITIVE_INFINITY;
      case "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  /**
   * The fraction that the decimal stands for, or that is just the decimal; null if there is none.
   */
  static @Nullable Double asDouble(BigDecimal number) {
    double near = number.doubleValue();
    return Double.isFinite(near) && stands(number, Double.toString(near), near) ? near : null;
  }

  /** As {@link #asDouble}, of 32 bits. */
  static @Nullable Float asFloat(BigDecimal number) {
    float near = number.floatValue();
    return Float.isFinite(near) && stands(number, Float.toString(near), near) ? near : null;
  }

  private static boolean stands(BigDecimal number, String shortest, double near) {
    return number.compareTo(new BigDecimal(shortest)) == 0
        || number.compareTo(new BigDecimal(near)) == 0;
  }
}
