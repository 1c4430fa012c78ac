package dev.landfall.host.ledger;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.duckdb.Database;
import java.util.Map;
import java.util.Optional;

/** The runs that wrote to a ledger, and what each of them planned. */
final class Runs {

  private final LedgerTables tables;
  private final Database db;

  Runs(LedgerTables tables) {
    this.tables = tables;
    this.db = tables.database();
  }

  /** Notes a run that begins; within a transaction. */
  void begin(String run, boolean approved, boolean streams, Map<ChangeKind, Tally> planned) {
    db.update(
        "insert into " + tables.table("runs") + " values (?, ?, false, ?)", run, approved, streams);
    if (!streams) {
      // A run that compares whole records finds what is missing by itself.
      db.run("delete from " + tables.table("held"));
    }
    planned.forEach(
        (kind, tally) ->
            db.update(
                "insert into " + tables.table("plans") + " values (?, ?, ?, ?, ?)",
                run,
                LedgerTables.code(kind),
                tally.planned(),
                tally.withheld(),
                tally.quarantined()));
  }

  /** Adds to what a run plans. */
  void plan(String run, ChangeKind kind, long planned, long quarantined) {
    db.update(
        "update "
            + tables.table("plans")
            + " set planned = planned + ?, quarantined = quarantined + ?"
            + " where run = ? and kind = ?",
        planned,
        quarantined,
        run,
        LedgerTables.code(kind));
  }

  /** Notes that a run is over; within a transaction. */
  void finish(String run) {
    Books.compact(tables, run);
    db.update("update " + tables.table("runs") + " set finished = true where run = ?", run);
  }

  /** The run that is not over, if there is one. */
  Optional<Ledger.InterruptedRun> interrupted() {
    return db
        .query(
            "select run from " + tables.table("runs") + " where not finished", r -> r.getString(1))
        .stream()
        .findFirst()
        .map(run -> new Ledger.InterruptedRun(run, books(run)));
  }

  /**
   * Rows of a stream are sent without an intent: they are read again. So what such a run had
   * planned and not recorded may have been sent.
   */
  private Map<ChangeKind, Tally> books(String run) {
    Map<ChangeKind, Tally> books = Books.of(tables, run);
    boolean streams =
        db.one(
            "select coalesce(streams, false) from " + tables.table("runs") + " where run = ?",
            r -> r.getBoolean(1),
            run);
    if (streams) {
      books.replaceAll(
          (kind, t) ->
              t.plus(new Tally(0, 0, 0, 0, 0, t.notAttempted(), 0, 0, 0, -t.notAttempted())));
    }
    return books;
  }
}
