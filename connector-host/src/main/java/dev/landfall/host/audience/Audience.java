package dev.landfall.host.audience;

import dev.landfall.connector.sync.RowSchema;
import java.nio.file.Path;
import java.util.List;

/**
 * An audience, or records, that were read whole. The DuckDB file holds one table, {@code
 * audience(member VARCHAR, text VARCHAR, others VARCHAR[])}, with one row for each member: the
 * identity, by which audience and ledger compare; the id as it stands in the source; and the values
 * of the other fields in the order of the schema. For records, {@code hash BIGINT} is of those
 * values, and a key of several fields is a JSON array of texts.
 *
 * @param file the DuckDB file, closed
 * @param schema the fields of a row and its key
 * @param rows records that the source held: {@code members + duplicates + blank}
 * @param members rows of the table
 * @param duplicates records beyond the first of their member
 * @param blank records without an id: nothing, or blanks only
 * @param malformed what the source held that is no record, and stands in none of these counts
 * @param columns the columns that were seen, in the source's order
 */
public record Audience(
    Path file,
    RowSchema schema,
    long rows,
    long members,
    long duplicates,
    long blank,
    long malformed,
    List<String> columns) {

  /** Copies the columns. */
  public Audience {
    columns = List.copyOf(columns);
  }

  /** The same audience of a source that holds more than records. */
  Audience with(long othersThanRecords) {
    return new Audience(file, schema, rows, members, duplicates, blank, othersThanRecords, columns);
  }
}
