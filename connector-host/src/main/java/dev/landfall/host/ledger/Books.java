package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.duckdb.Database;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of a run, committed together with the standings they count, so that they balance for a
 * run that was killed too.
 */
final class Books {

  private static final String COUNTS =
      "delivered, unchanged, rejected, retryable, unknown, accepted, not_attempted, confirmed";

  private Books() {}

  static void append(LedgerTables tables, String run, Instant at, List<Settlement> settlements) {
    Map<ChangeKind, Counter> counters = new EnumMap<>(ChangeKind.class);
    for (Settlement settlement : settlements) {
      Counter counter = counters.computeIfAbsent(settlement.change().kind(), kind -> new Counter());
      boolean mayHaveChanged = settlement.outcome().fold(counter);
      Standing before = settlement.change().before();
      if (mayHaveChanged && before != null && before.confirmed()) {
        counter.confirmed++;
      }
    }
    counters.forEach((kind, c) -> insert(tables, run, kind, at, c));
  }

  /** Books what was accepted in a run, and is confirmed in it, as what it came to. */
  static void confirm(LedgerTables tables, String run, Instant at, List<Settlement> settlements) {
    Map<ChangeKind, Counter> counters = new EnumMap<>(ChangeKind.class);
    for (Settlement settlement : settlements) {
      Counter counter = counters.computeIfAbsent(settlement.change().kind(), kind -> new Counter());
      boolean mayHaveChanged = settlement.outcome().fold(counter);
      counter.accepted--;
      Standing before = settlement.change().before();
      if (!mayHaveChanged && before != null && before.confirmed()) {
        counter.confirmed--;
      }
    }
    counters.forEach((kind, c) -> insert(tables, run, kind, at, c));
  }

  /** Books intents that a crash left open as unknown, in the run that made them. */
  static void appendCrashed(LedgerTables tables, Instant at, Map<ChangeKind, Long> unknown) {
    List<String> open =
        tables
            .database()
            .query(
                "select run from " + tables.table("runs") + " where not finished",
                r -> r.getString(1));
    for (String run : open) {
      unknown.forEach(
          (kind, count) -> {
            Counter counter = new Counter();
            counter.unknown = count;
            insert(tables, run, kind, at, counter);
          });
    }
  }

  /** One row for each direction in place of one for each commit. */
  static void compact(LedgerTables tables, String run) {
    Database db = tables.database();
    db.run(
        "create or replace temp table compacted as select run, kind, max(happened_at) as happened_at, "
            + sums()
            + " from "
            + tables.table("books")
            + " where run = "
            + Database.literal(run)
            + " group by run, kind");
    db.update("delete from " + tables.table("books") + " where run = ?", run);
    db.run("insert into " + tables.table("books") + " from temp.compacted");
  }

  static Map<ChangeKind, Tally> of(LedgerTables tables, String run) {
    Map<ChangeKind, Tally> books = new EnumMap<>(ChangeKind.class);
    tables
        .database()
        .query(
            "select p.kind, p.planned, p.withheld, p.quarantined, "
                + sums()
                + " from "
                + tables.table("plans")
                + " p left join "
                + tables.table("books")
                + " b using (run, kind) where p.run = ? group by all",
            r -> {
              long offered = r.getLong(2) - r.getLong(3) - r.getLong(4);
              long settled = 0;
              for (int column : new int[] {5, 7, 8, 9, 10}) {
                settled += r.getLong(column);
              }
              ChangeKind kind = LedgerTables.kind(r.getInt(1));
              books.put(
                  kind,
                  new Tally(
                      r.getLong(2),
                      r.getLong(5),
                      r.getLong(6),
                      r.getLong(7),
                      r.getLong(8),
                      r.getLong(9),
                      r.getLong(10),
                      r.getLong(3),
                      r.getLong(4),
                      offered - settled));
              return kind;
            },
            run);
    return books;
  }

  private static String sums() {
    StringBuilder sums = new StringBuilder();
    for (String count : COUNTS.split(", ", -1)) {
      sums.append(sums.isEmpty() ? "" : ", ")
          .append("coalesce(sum(")
          .append(count)
          .append("), 0)::bigint as ")
          .append(count);
    }
    return sums.toString();
  }

  private static void insert(
      LedgerTables tables, String run, ChangeKind kind, Instant at, Counter c) {
    tables
        .database()
        .update(
            "insert into " + tables.table("books") + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            run,
            LedgerTables.code(kind),
            at.toEpochMilli(),
            c.delivered,
            c.unchanged,
            c.rejected,
            c.retryable,
            c.unknown,
            c.accepted,
            c.notAttempted,
            c.confirmed);
  }

  /** Counts outcomes; each case says whether the destination may have changed. */
  private static final class Counter implements Outcome.Cases<Boolean> {
    private long delivered;
    private long unchanged;
    private long rejected;
    private long retryable;
    private long unknown;
    private long accepted;
    private long notAttempted;
    private long confirmed;

    @Override
    public Boolean delivered(Outcome.Delivered outcome) {
      delivered++;
      unchanged += outcome.effect() == Effect.UNCHANGED ? 1 : 0;
      return true;
    }

    @Override
    public Boolean accepted(Outcome.Accepted outcome) {
      accepted++;
      return true;
    }

    @Override
    public Boolean rejected(Outcome.Rejected outcome) {
      rejected++;
      return false;
    }

    @Override
    public Boolean retryable(Outcome.Retryable outcome) {
      retryable++;
      return false;
    }

    @Override
    public Boolean unknown(Outcome.Unknown outcome) {
      unknown++;
      return true;
    }

    @Override
    public Boolean notAttempted(Outcome.NotAttempted outcome) {
      notAttempted++;
      return false;
    }
  }
}
