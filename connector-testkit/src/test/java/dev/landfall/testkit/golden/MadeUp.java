package dev.landfall.testkit.golden;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records that nobody has ever met, with a field of every type. */
public final class MadeUp {

  /** A key, two texts, and one field of each other type. */
  public static final RowSchema SCHEMA =
      new RowSchema(
          List.of(
              FieldSpec.of("id", FieldType.TEXT).asRequired(),
              FieldSpec.of("name", FieldType.TEXT),
              FieldSpec.of("points", FieldType.INTEGER),
              FieldSpec.of("ratio", FieldType.DOUBLE),
              FieldSpec.of("amount", FieldType.DECIMAL),
              FieldSpec.of("active", FieldType.FLAG),
              FieldSpec.of("born", FieldType.DATE),
              FieldSpec.of("met", FieldType.DATE_TIME),
              FieldSpec.of("seen", FieldType.INSTANT),
              FieldSpec.of("city", FieldType.TEXT)),
          List.of("id"));

  private MadeUp() {}

  /** A value for every field, other ones for each number. */
  public static Map<String, Object> record(RowSchema schema, int number) {
    Map<String, Object> record = new LinkedHashMap<>();
    schema
        .fields()
        .forEach(field -> record.put(field.name(), value(field.name(), field.type(), number)));
    return record;
  }

  private static Object value(String name, FieldType type, int number) {
    return switch (type) {
      case TEXT -> "%s of customer %06d".formatted(name, number);
      case INTEGER -> 7_340_000_000L + number;
      case DOUBLE -> 4096.5 + number;
      case DECIMAL -> new BigDecimal("52900000.75").add(BigDecimal.valueOf(number));
      case FLAG -> number % 2 == 0;
      case DATE -> LocalDate.of(1893, 4, 17).plusDays(number);
      case DATE_TIME -> LocalDateTime.of(1994, 11, 3, 14, 25, 37, 619_000_000).plusHours(number);
      case INSTANT -> Instant.parse("1995-07-21T09:48:53Z").plusSeconds(7_919L * number);
    };
  }
}
