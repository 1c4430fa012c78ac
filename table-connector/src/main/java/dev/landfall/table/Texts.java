package dev.landfall.table;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as texts, and times out of them. */
final class Texts {

  /** ISO 8601, with a blank for the T at will; the time, and the offset after it, may be absent. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .optionalStart()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][X]")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Texts() {}

  /** A value of a field as its text: to the character, without an exponent, times in ISO 8601. */
  static String of(Object value) {
    if (value instanceof BigDecimal number) {
      return plain(number);
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return plain(new BigDecimal(Double.toString(number)));
    }
    return value.toString();
  }

  private static String plain(BigDecimal number) {
    // With an absurd exponent the plain form would not fit into memory.
    return Math.abs((long) number.scale()) > 10_000 ? number.toString() : number.toPlainString();
  }

  /** Whether a text has a form in UTF-8: an unpaired surrogate has none. */
  static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
      }
    }
    return true;
  }

  /** The time that a text is, a moment in UTC; null if it is none. */
  static @Nullable LocalDateTime time(String text) {
    try {
      TemporalAccessor parsed =
          TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (parsed instanceof OffsetDateTime moment) {
        return moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
      }
      return parsed instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) parsed;
    } catch (DateTimeException e) {
      // That it is no time is the answer.
      return null;
    }
  }
}
