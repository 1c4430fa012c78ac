package dev.landfall.connector.outcome;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3), for connectors to systems that speak HTTP.
 */
public final class RetryAfter {

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  /**
   * The three forms of RFC 9110, section 5.6.7; the last two are obsolete, and still to be read.
   */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.US)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  private RetryAfter() {}

  /**
   * How long the destination asks to wait.
   *
   * @param header the header's value, or null where there is none
   * @param clock what a date is reckoned from; a context's clock
   * @return the wait, never below zero; null where there is no header, or one that makes no sense
   */
  public static @Nullable Duration read(@Nullable String header, Clock clock) {
    String text = header == null ? "" : header.strip();
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    return DATES.stream()
        .flatMap(form -> date(form, text))
        .findFirst()
        .map(at -> Duration.between(clock.instant(), at))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .orElse(null);
  }

  private static Stream<Instant> date(DateTimeFormatter form, String text) {
    try {
      return Stream.of(form.parse(text, Instant::from));
    } catch (DateTimeException e) {
      // Perhaps it has another form; what has none of them says nothing.
      return Stream.empty();
    }
  }
}
