package dev.landfall.host.jdbc;

import java.sql.Types;
import java.util.Locale;

/**
 * A column of a result.
 *
 * @param name its name, or what the query calls it
 * @param type its type in DuckDB's words, as far as {@code Column} tells types apart
 * @param stored the DuckDB type that holds its values
 */
public record JdbcColumn(String name, String type, String stored) {

  private static final String TEXT = "VARCHAR";
  private static final String DECIMAL = "DECIMAL";
  private static final String WHOLE = "BIGINT";

  static JdbcColumn of(String name, int jdbcType, String typeName) {
    return switch (jdbcType) {
      // A number that DuckDB's decimals would be too short for is kept as its digits.
      case Types.NUMERIC, Types.DECIMAL -> new JdbcColumn(name, DECIMAL, TEXT);
      // As text: some databases have larger ones than Java.
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          new JdbcColumn(name, WHOLE, TEXT);
      case Types.DOUBLE, Types.FLOAT -> typed(name, "DOUBLE");
      case Types.REAL -> typed(name, "FLOAT");
      case Types.BIT, Types.BOOLEAN -> typed(name, "BOOLEAN");
      case Types.DATE -> typed(name, "DATE");
      case Types.TIMESTAMP_WITH_TIMEZONE -> typed(name, "TIMESTAMP WITH TIME ZONE");
      case Types.TIMESTAMP ->
          typed(name, typeName.equals("timestamptz") ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP");
      case Types.ARRAY,
          Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB,
          Types.STRUCT,
          Types.JAVA_OBJECT,
          Types.REF,
          Types.REF_CURSOR,
          Types.ROWID ->
          // In lower case it is none of DuckDB's.
          new JdbcColumn(name, typeName.toLowerCase(Locale.ROOT), TEXT);
      default -> typed(name, TEXT);
    };
  }

  private static JdbcColumn typed(String name, String type) {
    return new JdbcColumn(name, type, type);
  }

  /** Whether values of it have a text that a destination would understand. */
  boolean hasText() {
    return stored.equals(type) || type.equals(DECIMAL) || type.equals(WHOLE);
  }
}
