package dev.landfall.table;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.table.Table.Column;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch as the columns hold them.
 *
 * @param kind what is to be done with them
 * @param table where
 * @param columns the columns that they have values for
 * @param key which of these are the key
 * @param keyIsUnique whether the database makes sure that no key stands twice
 * @param rows the values, in the order of the columns; a row's place here is its place to the store
 */
record StagedBatch(
    ChangeKind kind,
    Table table,
    List<Column> columns,
    Set<Column> key,
    boolean keyIsUnique,
    List<@Nullable Object[]> rows) {

  /** The columns that are not the key. */
  List<Column> others() {
    return columns.stream().filter(c -> !key.contains(c)).toList();
  }

  /** Whether records may be written that are not there. */
  boolean inserts() {
    return kind == ChangeKind.INSERT || kind == ChangeKind.UPSERT;
  }

  /** Whether records that are there may be changed. */
  boolean updates() {
    return (kind == ChangeKind.UPDATE || kind == ChangeKind.UPSERT) && !others().isEmpty();
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "StagedBatch[" + kind + ", " + rows.size() + " rows]";
  }
}
