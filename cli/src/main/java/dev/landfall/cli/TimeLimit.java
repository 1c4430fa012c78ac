package dev.landfall.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time that something may take, as ISO 8601 writes it. */
final class TimeLimit implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    Duration time = parsed(text);
    if (time.isZero() || time.isNegative()) {
      throw wrong(text);
    }
    return time;
  }

  private static Duration parsed(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(text);
    }
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException(
        "it must be a time above zero such as PT45M or PT1H30M, not '" + text + "'");
  }
}
