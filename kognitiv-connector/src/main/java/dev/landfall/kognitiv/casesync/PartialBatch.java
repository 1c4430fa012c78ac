package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.sync.Row;
import java.util.ArrayList;
import java.util.List;

/** A batch that is being filled. */
final class PartialBatch {

  /** How many rows, malformed ones among them, a batch has at most. */
  static final int MOST_ROWS = 1000;

  /** How many bytes of a file a batch is made of, give or take a row. */
  private static final long MOST_BYTES = 4L << 20;

  private final List<Row> rows = new ArrayList<>(MOST_ROWS);
  private final List<Malformed> malformed = new ArrayList<>();
  private long bytes;

  void add(Row row, int ofBytes) {
    rows.add(row);
    bytes += ofBytes;
  }

  void add(Malformed what, int ofBytes) {
    malformed.add(what);
    bytes += ofBytes;
  }

  boolean isFull() {
    return rows.size() + malformed.size() >= MOST_ROWS || bytes >= MOST_BYTES;
  }

  boolean isEmpty() {
    return rows.isEmpty() && malformed.isEmpty();
  }

  SourceBatch upTo(Cursor cursor) {
    return new SourceBatch(rows, malformed, cursor);
  }
}
