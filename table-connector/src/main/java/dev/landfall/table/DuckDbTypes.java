package dev.landfall.table;

import dev.landfall.connector.sync.FieldType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DuckDB's types. */
final class DuckDbTypes {

  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

  private DuckDbTypes() {}

  /** What a column of a type holds. */
  static ColumnType of(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      return new ColumnType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (type) {
      case "VARCHAR" -> new ColumnType.Text(0, false, true);
      case "TINYINT" -> ColumnType.Whole.signed(8);
      case "SMALLINT" -> ColumnType.Whole.signed(16);
      case "INTEGER" -> ColumnType.Whole.signed(32);
      case "BIGINT" -> ColumnType.Whole.signed(64);
      case "HUGEINT" -> ColumnType.Whole.signed(128);
      case "UTINYINT" -> ColumnType.Whole.unsigned(8);
      case "USMALLINT" -> ColumnType.Whole.unsigned(16);
      case "UINTEGER" -> ColumnType.Whole.unsigned(32);
      case "UBIGINT" -> ColumnType.Whole.unsigned(64);
      case "UHUGEINT" -> ColumnType.Whole.unsigned(128);
      case "FLOAT" -> new ColumnType.Fraction(true);
      case "DOUBLE" -> new ColumnType.Fraction(false);
      case "BOOLEAN" -> new ColumnType.Flag();
      case "DATE" -> new ColumnType.Day();
      case "TIMESTAMP_S" -> new ColumnType.Local(0);
      case "TIMESTAMP_MS" -> new ColumnType.Local(3);
      case "TIMESTAMP" -> new ColumnType.Local(6);
      case "TIMESTAMP_NS" -> new ColumnType.Local(9);
      case "TIMESTAMP WITH TIME ZONE" -> new ColumnType.Moment(6);
      default -> new ColumnType.Other(true);
    };
  }

  /** The type of a column that is made for a field. */
  static String forField(FieldType type) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case DECIMAL -> "DECIMAL(38, 12)";
      case FLAG -> "BOOLEAN";
      case DATE -> "DATE";
      case DATE_TIME -> "TIMESTAMP";
      case INSTANT -> "TIMESTAMP WITH TIME ZONE";
    };
  }

  /** The type that values have on their way into a column; an appender converts nothing. */
  static String staged(Table.Column column) {
    ColumnType type = column.type();
    if (type instanceof ColumnType.Whole whole) {
      return whole.isLong() ? "BIGINT" : "VARCHAR";
    }
    if (type instanceof ColumnType.Local local) {
      return local.digits() == 9 ? "TIMESTAMP_NS" : "TIMESTAMP";
    }
    return type instanceof ColumnType.Other || type instanceof ColumnType.Text
        ? "VARCHAR"
        : column.typeName();
  }
}
