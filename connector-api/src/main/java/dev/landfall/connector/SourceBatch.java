package dev.landfall.connector;

import dev.landfall.connector.sync.Row;
import java.util.List;
import java.util.Objects;

/**
 * Some rows of a stream, and where the stream goes on after them.
 *
 * @param rows the rows, in the order of the stream; copied
 * @param malformed what stood between them and could not be made a row; copied
 * @param resumeFrom where to go on after this batch
 */
public record SourceBatch(List<Row> rows, List<Malformed> malformed, Cursor resumeFrom) {
  /** Copies the lists. */
  public SourceBatch {
    rows = List.copyOf(rows);
    malformed = List.copyOf(malformed);
    Objects.requireNonNull(resumeFrom, "resumeFrom");
  }
}
