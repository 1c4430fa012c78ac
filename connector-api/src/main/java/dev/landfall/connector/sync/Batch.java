package dev.landfall.connector.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be delivered in one call, all with the same kind of change.
 *
 * @param kind what to do with each row
 * @param schema the fields of every row; the key fields alone for REMOVE and DELETE
 * @param rows the rows, no key twice; copied
 */
public record Batch(ChangeKind kind, RowSchema schema, List<Row> rows) {

  /**
   * Checks that the rows fit the schema, the schema fits the kind, and no key stands twice.
   *
   * @throws IllegalArgumentException if one of these does not hold
   */
  public Batch {
    Objects.requireNonNull(kind, "kind");
    rows = List.copyOf(rows);
    if (kind.keyOnly() && !schema.keyOnly().equals(schema)) {
      throw new IllegalArgumentException(kind + " carries the key fields only");
    }
    Set<List<@Nullable Object>> keys = new HashSet<>();
    for (Row row : rows) {
      if (!row.schema().equals(schema)) {
        throw new IllegalArgumentException("A row has another schema than its batch");
      }
      if (!keys.add(row.key())) {
        throw new IllegalArgumentException("A key stands twice in one batch");
      }
    }
  }

  /**
   * How many rows there are.
   *
   * @return the number of rows
   */
  public int size() {
    return rows.size();
  }
}
