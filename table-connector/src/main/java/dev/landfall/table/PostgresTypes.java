package dev.landfall.table;

import dev.landfall.connector.sync.FieldType;

/** PostgreSQL's types. */
final class PostgresTypes {

  private static final int MICROSECONDS = 6;

  private PostgresTypes() {}

  /**
   * What a column of a type holds.
   *
   * @param base the type's name in the catalogue; of a domain, its base type's
   * @param modifier the catalogue's number for length or precision; -1 for none
   */
  static ColumnType of(String base, int modifier) {
    return switch (base) {
      case "text" -> new ColumnType.Text(0, false, false);
      // The modifier counts four bytes more than the characters.
      case "varchar" -> new ColumnType.Text(Math.max(0, modifier - 4), false, false);
      case "bpchar" -> new ColumnType.Text(Math.max(0, modifier - 4), true, false);
      case "int2" -> ColumnType.Whole.signed(16);
      case "int4" -> ColumnType.Whole.signed(32);
      case "int8" -> ColumnType.Whole.signed(64);
      case "numeric" -> numeric(modifier);
      case "float4" -> new ColumnType.Fraction(true);
      case "float8" -> new ColumnType.Fraction(false);
      case "bool" -> new ColumnType.Flag();
      case "date" -> new ColumnType.Day();
      case "timestamp" -> new ColumnType.Local(digits(modifier));
      case "timestamptz" -> new ColumnType.Moment(digits(modifier));
      default -> new ColumnType.Other(false);
    };
  }

  private static ColumnType numeric(int modifier) {
    if (modifier < 4) {
      return new ColumnType.Decimal(0, 0);
    }
    int precision = ((modifier - 4) >> 16) & 0xffff;
    // Eleven bits with a sign: a scale may be negative.
    int scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
    return new ColumnType.Decimal(precision, scale);
  }

  private static int digits(int modifier) {
    return modifier < 0 ? MICROSECONDS : modifier;
  }

  /** The type of a column that is made for a field. */
  static String forField(FieldType type) {
    return switch (type) {
      case TEXT -> "text";
      case INTEGER -> "bigint";
      case DOUBLE -> "double precision";
      case DECIMAL -> "numeric";
      case FLAG -> "boolean";
      case DATE -> "date";
      case DATE_TIME -> "timestamp";
      case INSTANT -> "timestamp with time zone";
    };
  }
}
