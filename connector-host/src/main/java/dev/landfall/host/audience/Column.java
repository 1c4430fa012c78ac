package dev.landfall.host.audience;

import dev.landfall.connector.sync.FieldType;
import dev.landfall.host.duckdb.Database;
import java.util.List;
import java.util.Optional;

/**
 * A column of a relation.
 *
 * @param name its name in the source
 * @param type its type in DuckDB's words
 */
record Column(String name, String type) {

  /** What DuckDB's message says where an id has a fraction; holds no value. */
  static final String FRACTION = "landfall: an id with a fraction";

  private static final String ZEROS_AFTER_THE_POINT = "'-?[0-9]+\\.0+'";

  /** So many digits are exact in a binary fraction, as which JSON's are read. */
  private static final String ZEROS_AFTER_AN_EXACT_NUMBER = "'-?[0-9]{1,15}\\.0+'";

  private static final List<String> AS_THEY_ARE =
      List.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "UUID",
          "BOOLEAN",
          "DATE");

  /** Whether another column is the same but for its type. */
  boolean isRetyped(Column other) {
    return name.equals(other.name) && !type.equals(other.type);
  }

  /** The type of a field that nobody has typed and this column fills. */
  FieldType fieldType() {
    return switch (type) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
          FieldType.INTEGER;
      case "UBIGINT", "HUGEINT", "UHUGEINT" -> FieldType.DECIMAL;
      case "DOUBLE", "FLOAT" -> FieldType.DOUBLE;
      case "BOOLEAN" -> FieldType.FLAG;
      case "DATE" -> FieldType.DATE;
      case "TIMESTAMP WITH TIME ZONE" -> FieldType.INSTANT;
      default -> {
        if (type.startsWith("TIMESTAMP")) {
          yield FieldType.DATE_TIME;
        }
        yield type.startsWith("DECIMAL") ? FieldType.DECIMAL : FieldType.TEXT;
      }
    };
  }

  /**
   * The value as text, or empty if this type has no text that a destination would understand. Whole
   * numbers have no fraction, whatever type carries them.
   */
  Optional<String> text() {
    String value = Database.name(name);
    String cast = value + "::varchar";
    if (type.equals("VARCHAR")) {
      return Optional.of(value);
    }
    if (type.equals("JSON")) {
      return Optional.of(
          "case json_type("
              + value
              + ") when 'VARCHAR' then "
              + value
              + "->>'$' when 'DOUBLE' then "
              + withoutZeros(cast, ZEROS_AFTER_AN_EXACT_NUMBER)
              + " when 'NULL' then null else "
              + cast
              + " end");
    }
    if (type.startsWith("DECIMAL")) {
      return Optional.of(withoutZeros(cast, ZEROS_AFTER_THE_POINT));
    }
    if (type.equals("DOUBLE") || type.equals("FLOAT")) {
      // Beyond these a binary fraction no longer tells neighbouring whole numbers apart.
      String exact = type.equals("DOUBLE") ? "9007199254740992" : "16777216";
      return Optional.of(
          "case when abs(%1$s) < %2$s and %1$s = trunc(%1$s) then %1$s::bigint::varchar else %3$s end"
              .formatted(value, exact, cast));
    }
    boolean plain =
        AS_THEY_ARE.contains(type)
            || type.startsWith("ENUM(")
            || type.startsWith("TIME")
            || type.equals("\"NULL\"");
    return plain ? Optional.of(cast) : Optional.empty();
  }

  /** The value as an id: as {@link #text()}, but a number with a fraction fails the statement. */
  Optional<String> id() {
    String isFraction =
        switch (type) {
          case "DOUBLE", "FLOAT" -> "not regexp_full_match(%s, '-?[0-9]+')";
          case "JSON" ->
              "json_type("
                  + Database.name(name)
                  + ") = 'DOUBLE' and not regexp_full_match(%s, '-?[0-9]+')";
          default -> type.startsWith("DECIMAL") ? "contains(%s, '.')" : "";
        };
    return isFraction.isEmpty()
        ? text()
        : text()
            .map(
                t ->
                    "case when "
                        + isFraction.formatted(t)
                        + " then error("
                        + Database.literal(FRACTION)
                        + ") else "
                        + t
                        + " end");
  }

  private static String withoutZeros(String number, String pattern) {
    return "case when regexp_full_match(%1$s, %2$s) then split_part(%1$s, '.', 1) else %1$s end"
        .formatted(number, pattern);
  }
}
