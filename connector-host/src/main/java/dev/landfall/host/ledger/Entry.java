package dev.landfall.host.ledger;

import dev.landfall.connector.sync.ChangeKind;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** What a journal entry says of a member; no standing is absence. */
record Entry(long seq, String member, @Nullable Standing standing, @Nullable ChangeKind intent) {

  static void append(LedgerTables tables, List<Entry> entries) {
    tables.database().append(tables.catalog(), "journal", entries, Entry::write);
  }

  private static void write(DuckDBAppender row, Entry entry) throws SQLException {
    Standing standing = entry.standing();
    row.append(entry.seq()).append(entry.member());
    if (standing == null) {
      row.appendNull().append(0).append(false).appendNull().appendNull();
      row.append(code(entry.intent())).appendNull();
    } else {
      row.append(standing.text()).append(standing.present() ? 1 : 2).append(standing.confirmed());
      append(row, standing.addUnknownAt());
      append(row, standing.removeUnknownAt());
      row.append(code(entry.intent()));
      append(row, standing.hash());
    }
  }

  private static int code(@Nullable ChangeKind intent) {
    return intent == null ? 0 : LedgerTables.code(intent);
  }

  static void append(DuckDBAppender row, @Nullable Long number) throws SQLException {
    if (number == null) {
      row.appendNull();
    } else {
      row.append(number.longValue());
    }
  }

  static void append(DuckDBAppender row, @Nullable Instant at) throws SQLException {
    if (at == null) {
      row.appendNull();
    } else {
      row.append(at.toEpochMilli());
    }
  }
}
