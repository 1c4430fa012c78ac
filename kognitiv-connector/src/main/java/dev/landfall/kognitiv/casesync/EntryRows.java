package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.sync.Row;
import org.jspecify.annotations.Nullable;

/** Rows of {@code case_entries}. */
final class EntryRows extends RowMaker {

  private static final int ENTRY_TYPE = 3;
  private static final int ENTRY = 4;

  /** Reference, Case Entry Export: what Kognitiv writes in place of a line break. */
  private static final String LINE_BREAK = "<br>";

  EntryRows() {
    super(CaseStream.CASE_ENTRIES, ENTRY_TYPE);
  }

  @Override
  @Nullable Row row(Fields fields, String file, long millis) {
    String text = fields.text(ENTRY);
    String entry = text == null ? null : text.replace(LINE_BREAK, "\n");
    @Nullable Object[] values = new @Nullable Object[schema().fields().size()];
    fillIn(values, fields, file, millis, digest(entry));
    values[ENTRY] = entry;
    return Row.of(schema(), values);
  }
}
