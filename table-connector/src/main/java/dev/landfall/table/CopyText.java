package dev.landfall.table;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's COPY. */
final class CopyText {

  private static final int LONGEST_YEAR = 9;

  /** PostgreSQL counts years as people do, and writes no sign. */
  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR_OF_ERA, 4, LONGEST_YEAR, SignStyle.NEVER)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DAY)
          .appendPattern(" HH:mm:ss.SSSSSS")
          .toFormatter(Locale.ROOT);

  private final StringBuilder text = new StringBuilder();

  /** Adds a row. */
  void add(int place, @Nullable Object[] values) {
    text.append(place);
    for (Object value : values) {
      text.append('\t');
      if (value == null) {
        text.append("\\N");
      } else if (value instanceof String characters) {
        escape(characters);
      } else {
        text.append(of(value));
      }
    }
    text.append('\n');
  }

  private void escape(String characters) {
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }

  private static String of(Object value) {
    if (value instanceof LocalDate day) {
      return DAY.format(day) + era(day.getYear());
    }
    if (value instanceof LocalDateTime time) {
      return TIME.format(time) + era(time.getYear());
    }
    if (value instanceof Instant moment) {
      LocalDateTime time = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
      return TIME.format(time) + "+00" + era(time.getYear());
    }
    return value instanceof BigDecimal number ? Texts.of(number) : value.toString();
  }

  private static String era(int year) {
    return year > 0 ? "" : " BC";
  }

  /** How many characters were added since the last {@link #take}. */
  int length() {
    return text.length();
  }

  /** What was added, in UTF-8; begins anew. */
  byte[] take() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    return bytes;
  }
}
