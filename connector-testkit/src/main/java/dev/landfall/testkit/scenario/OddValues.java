package dev.landfall.testkit.scenario;

import dev.landfall.connector.sync.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Values that are often not what they were once they come back. */
final class OddValues {

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          " a ",
          "a'b",
          "a\"b",
          "a\\b",
          "a,b;c|d\te",
          "a\nb\r\nc\rd",
          "null",
          "NULL",
          "0042",
          "1e3",
          "true",
          "2026-01-05",
          "$1 ? :a {a} ${a} %s %d",
          "'; -- /* */",
          "<b>&amp;</b>",
          "\u0000",
          "a\u0001b",
          "\u00fc\u00df\u0130\u0131\u00f1\u6f22\u5b57",
          "e\u0301",
          "\u00a0a\ufeff",
          "\ud83d\ude00",
          "y".repeat(1_000),
          "x".repeat(3_000));

  private static final List<Long> INTEGERS =
      List.of(
          0L, -1L, 2_147_483_648L, -2_147_483_649L, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE);

  private static final List<Double> DOUBLES =
      List.of(
          0.0, 0.1, 1 / 3.0, -2.5e-300, 1e15 + 0.3, Double.MAX_VALUE, Double.MIN_VALUE, 16777217.0);

  private static final List<BigDecimal> DECIMALS =
      List.of(
          new BigDecimal("0"),
          new BigDecimal("0.1"),
          new BigDecimal("-0.01"),
          new BigDecimal("1.50"),
          new BigDecimal("0.000001"),
          new BigDecimal("1000"),
          new BigDecimal("0.123456789012"),
          new BigDecimal("99999999999999999.99"),
          new BigDecimal("12345678901234567890.123456"));

  private static final List<LocalDate> DATES =
      List.of(
          LocalDate.of(1970, 1, 1),
          LocalDate.of(1969, 12, 31),
          LocalDate.of(2024, 2, 29),
          LocalDate.of(2011, 12, 30),
          LocalDate.of(1900, 1, 1),
          LocalDate.of(1582, 10, 10),
          LocalDate.of(1, 1, 1),
          LocalDate.of(9999, 12, 31));

  /** Among them hours that clocks leave out in some place, and hours that come twice. */
  private static final List<LocalDateTime> DATE_TIMES =
      List.of(
          LocalDateTime.parse("1970-01-01T00:00:00"),
          LocalDateTime.parse("1969-12-31T23:59:59.001"),
          LocalDateTime.parse("2024-02-29T23:59:59.999"),
          LocalDateTime.parse("2026-03-08T02:30:00"),
          LocalDateTime.parse("2026-03-29T02:30:00"),
          LocalDateTime.parse("2026-11-01T01:30:00"),
          LocalDateTime.parse("2011-12-30T12:00:00"),
          LocalDateTime.parse("1582-10-10T00:00:00"),
          LocalDateTime.parse("9999-12-31T23:59:59.999"));

  private static final List<Instant> INSTANTS =
      List.of(
          Instant.EPOCH,
          Instant.parse("1969-12-31T23:59:59.001Z"),
          Instant.parse("2026-11-01T05:30:00.123Z"),
          Instant.parse("2026-11-01T06:30:00.123Z"),
          Instant.parse("2011-12-30T12:00:00Z"),
          Instant.parse("1582-10-10T00:00:00Z"),
          Instant.parse("9999-12-31T23:59:59.999Z"));

  private OddValues() {}

  static List<?> of(FieldType type) {
    return switch (type) {
      case TEXT -> TEXTS;
      case INTEGER -> INTEGERS;
      case DOUBLE -> DOUBLES;
      case DECIMAL -> DECIMALS;
      case FLAG -> List.of(true, false);
      case DATE -> DATES;
      case DATE_TIME -> DATE_TIMES;
      case INSTANT -> INSTANTS;
    };
  }
}
