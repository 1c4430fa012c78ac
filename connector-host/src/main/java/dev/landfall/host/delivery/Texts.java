package dev.landfall.host.delivery;

import dev.landfall.connector.sync.FieldType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Reads texts, as a database prints them, as values. */
final class Texts {

  /** ISO 8601, with an offset that may be as short as {@code +00}. */
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT);

  private Texts() {}

  /**
   * Reads a text.
   *
   * @throws NumberFormatException if it is no such number or flag
   * @throws DateTimeException if it is no such time
   */
  static Object parse(FieldType type, String text) {
    return switch (type) {
      case TEXT -> text;
      case INTEGER -> Long.valueOf(text.strip());
      case DOUBLE -> Double.valueOf(text.strip());
      case DECIMAL -> new BigDecimal(text.strip());
      case FLAG -> flag(text.strip());
      case DATE -> LocalDate.parse(text.strip());
      case DATE_TIME -> LocalDateTime.parse(withT(text));
      case INSTANT -> OffsetDateTime.parse(withT(text), MOMENT).toInstant();
    };
  }

  /** Prints a value so that {@link #parse} reads it again. */
  static String print(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static Boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new NumberFormatException("Neither true nor false");
    };
  }

  private static String withT(String text) {
    return text.strip().replace(' ', 'T');
  }
}
