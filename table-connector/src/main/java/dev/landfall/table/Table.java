package dev.landfall.table;

import java.util.List;
import java.util.Set;

/**
 * A table as the database describes it.
 *
 * @param sql its name in SQL, quoted and in full
 * @param shown its name for people
 * @param columns its columns, in its order
 * @param uniques what may not stand twice
 * @param fillsByItself whether something of the table (a trigger) may give values that a row lacks
 */
record Table(
    String sql, String shown, List<Column> columns, List<Unique> uniques, boolean fillsByItself) {

  /**
   * A column.
   *
   * @param name its name
   * @param type what it holds
   * @param typeName its type in the database's words, fit for a cast
   * @param nullable whether it may be empty
   * @param filled whether the database gives a value where a row has none
   * @param generated whether the database alone gives its value
   */
  record Column(
      String name,
      ColumnType type,
      String typeName,
      boolean nullable,
      boolean filled,
      boolean generated) {

    String sql() {
      return TableName.quote(name);
    }

    /** What a person reads of it: its name and type. */
    String shown() {
      return "\"" + name + "\" (" + typeName + ")";
    }
  }

  /**
   * Columns whose values may stand together once.
   *
   * @param columns their names
   */
  record Unique(Set<String> columns) {
    Unique {
      columns = Set.copyOf(columns);
    }
  }

  Table {
    columns = List.copyOf(columns);
    uniques = List.copyOf(uniques);
  }

  List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /** Whether an index makes sure that no key stands twice, and of just these columns. */
  boolean uniqueOn(Set<String> key) {
    return uniques.stream().anyMatch(u -> u.columns().equals(key));
  }
}
