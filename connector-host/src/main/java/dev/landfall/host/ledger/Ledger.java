package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as a run writes it: a table without a key and an append-only journal beside it, folded
 * into the table when the ledger is opened and when a run ends. Not safe for use by several
 * threads.
 *
 * <p>Every method that writes is one transaction, and what it wrote is durable when it returns.
 */
public final class Ledger implements Journal {

  private final LedgerTables tables;
  private final Rules rules;
  private final Clock clock;
  private long sequence;
  private Run run = new Run("", "");

  private record Run(String id, String basis) {}

  /** What a journal entry says of a member; no standing is absence. */
  private record Entry(
      long seq, String member, @Nullable Standing standing, @Nullable ChangeKind intent) {}

  private Ledger(LedgerTables tables, Rules rules, Clock clock) {
    this.tables = tables;
    this.rules = rules;
    this.clock = clock;
    this.sequence = tables.lastSequence();
  }

  /**
   * Opens a ledger in an attached database, makes its tables if there are none, stamps the intents
   * that a crash left open, and folds the journal.
   *
   * @param database the database it is attached to
   * @param catalog the name it is attached by
   * @throws HostException if the ledger cannot be read or written
   */
  public static Ledger open(Database database, String catalog, Rules rules, Clock clock) {
    return guarded(
        () -> {
          if (!LedgerTables.exist(database, catalog)) {
            database.transaction(() -> LedgerSchema.create(database, catalog));
          }
          Ledger ledger = new Ledger(LedgerTables.of(database, catalog), rules, clock);
          ledger.stampOpenIntents();
          LedgerSchema.fold(ledger.tables);
          return ledger;
        });
  }

  /**
   * Attaches a ledger's file for reading only, under the name {@code ledger}.
   *
   * @return the ledger, or empty if the file was made and its tables were not
   * @throws HostException if it is held by another process or damaged
   */
  public static Optional<LedgerTables> attachToRead(Database database, Path file) {
    attach(database, file, true);
    return guarded(
        () ->
            LedgerTables.exist(database, "ledger")
                ? Optional.of(LedgerTables.of(database, "ledger"))
                : Optional.empty());
  }

  /**
   * Attaches a ledger's file to a database, under the name {@code ledger}.
   *
   * @throws HostException if it is held by another process, damaged, or cannot be written
   */
  public static void attach(Database database, Path file, boolean readOnly) {
    guarded(
        () -> {
          database.run(
              "attach "
                  + Database.literal(file.toString())
                  + " as ledger"
                  + (readOnly ? " (read_only)" : ""));
          return true;
        });
  }

  /** The ledger as it can be read. */
  public LedgerTables tables() {
    return tables;
  }

  /** The books of a run that a crash ended, if there is one; they balance. */
  public Optional<InterruptedRun> interrupted() {
    return guarded(
        () ->
            tables
                .database()
                .query(
                    "select run from " + tables.table("runs") + " where not finished",
                    r -> r.getString(1))
                .stream()
                .findFirst()
                .map(id -> new InterruptedRun(id, books(id))));
  }

  /** A run that did not come to its end, and its books per direction. */
  public record InterruptedRun(String id, Map<ChangeKind, Tally> books) {}

  /** Ends a run that a crash ended before; its books have been kept elsewhere. */
  public void closeInterrupted(InterruptedRun interrupted) {
    guarded(
        () -> {
          tables.database().transaction(() -> finish(interrupted.id()));
          return true;
        });
  }

  /**
   * Begins a run: from here on, {@link #intend} and {@link #record} belong to it.
   *
   * @param id the run's id
   * @param basis what rejections depend on (mapping, target, connector version), as a digest
   * @param approved whether a person approved this run's removals
   * @param planned the books before anything was sent: planned, withheld and quarantined
   */
  public void beginRun(String id, String basis, boolean approved, Map<ChangeKind, Tally> planned) {
    guarded(
        () -> {
          Database db = tables.database();
          db.transaction(
              () -> {
                db.update(
                    "insert into " + tables.table("runs") + " values (?, ?, false)", id, approved);
                planned.forEach(
                    (kind, tally) ->
                        db.update(
                            "insert into " + tables.table("plans") + " values (?, ?, ?, ?, ?)",
                            id,
                            LedgerTables.code(kind),
                            tally.planned(),
                            tally.withheld(),
                            tally.quarantined()));
              });
          run = new Run(id, basis);
          return true;
        });
  }

  /** Ends the run and folds its journal. */
  public void endRun() {
    guarded(
        () -> {
          tables.database().transaction(() -> finish(run.id()));
          LedgerSchema.fold(tables);
          return true;
        });
  }

  @Override
  public void intend(List<Change> window) {
    List<Entry> entries = new ArrayList<>(window.size());
    for (Change change : window) {
      entries.add(entry(change.member(), rules.intent(change), change.kind()));
    }
    write(() -> append(entries));
  }

  @Override
  public void record(List<Settlement> settlements) {
    List<Entry> entries = new ArrayList<>(settlements.size());
    List<Settlement> rejections = new ArrayList<>();
    for (Settlement settlement : settlements) {
      Change change = settlement.change();
      entries.add(entry(change.member(), rules.settled(settlement).orElse(null), null));
      boolean delivered = settlement.outcome() instanceof Outcome.Delivered;
      if (settlement.outcome() instanceof Outcome.Rejected
          || (delivered && change.rejectedBefore())) {
        rejections.add(settlement);
      }
    }
    write(
        () -> {
          append(entries);
          appendRejections(rejections);
          Books.append(tables, run.id(), clock.instant(), settlements);
        });
  }

  /**
   * Distrusts everything: every PRESENT becomes UNKNOWN, so that the next plan sends all again,
   * also if this run is interrupted.
   */
  public void distrust() {
    write(
        () -> {
          tables.database().run("update " + tables.table("standings") + " set present = false");
          LedgerSchema.advance(tables, ++sequence);
        });
  }

  /**
   * Takes members that are known to be in the target already: those the ledger does not hold enter
   * it as UNKNOWN.
   *
   * @param relation what to put behind "from" to get {@code member, text}
   * @return how many entered
   */
  public long takeOver(String relation) {
    long[] entered = new long[1];
    write(
        () -> {
          entered[0] =
              tables
                  .database()
                  .update(
                      "insert into "
                          + tables.table("standings")
                          + " select member, text, false, false, null, null from "
                          + relation
                          + " anti join (select member from "
                          + tables.table("standings")
                          + ") using (member)");
          LedgerSchema.advance(tables, ++sequence);
        });
    return entered[0];
  }

  /**
   * Notes which removals this run withholds. The same set keeps its nonce, so that an approval
   * stays good while nothing changes; another set, or none, voids it.
   *
   * @param digest the digest of the withheld set, or null if nothing is withheld
   * @return the withholding as it stands now, or empty
   */
  public Optional<LedgerTables.Withholding> withhold(@Nullable String digest, long changes) {
    Optional<LedgerTables.Withholding> standing = guarded(tables::withholding);
    if (digest != null
        && standing.filter(w -> w.digest().equals(digest) && w.changes() == changes).isPresent()) {
      return standing;
    }
    if (digest == null && standing.isEmpty()) {
      return Optional.empty();
    }
    Optional<LedgerTables.Withholding> next =
        Optional.ofNullable(digest)
            .map(d -> new LedgerTables.Withholding(d, changes, UUID.randomUUID().toString()));
    Database db = tables.database();
    guarded(
        () -> {
          db.transaction(
              () -> {
                db.run("delete from " + tables.table("withholding"));
                next.ifPresent(
                    w ->
                        db.update(
                            "insert into " + tables.table("withholding") + " values (?, ?, ?)",
                            w.digest(),
                            w.changes(),
                            w.nonce()));
              });
          return true;
        });
    return next;
  }

  private void stampOpenIntents() {
    Instant now = clock.instant();
    List<LedgerTables.OpenIntent> open = tables.openIntents();
    if (open.isEmpty()) {
      return;
    }
    List<Entry> entries = new ArrayList<>();
    Map<ChangeKind, Long> unknown = new EnumMap<>(ChangeKind.class);
    for (LedgerTables.OpenIntent intent : open) {
      Standing standing = rules.crashed(intent.standing(), intent.kind(), now);
      entries.add(entry(intent.member(), standing, null));
      unknown.merge(intent.kind(), 1L, Long::sum);
    }
    write(
        () -> {
          append(entries);
          Books.appendCrashed(tables, now, unknown);
        });
  }

  private void finish(String id) {
    Books.compact(tables, id);
    tables
        .database()
        .update("update " + tables.table("runs") + " set finished = true where run = ?", id);
  }

  private Map<ChangeKind, Tally> books(String id) {
    return Books.of(tables, id);
  }

  private Entry entry(String member, @Nullable Standing standing, @Nullable ChangeKind intent) {
    return new Entry(++sequence, member, standing, intent);
  }

  private void append(List<Entry> entries) {
    tables.database().append(tables.catalog(), "journal", entries, Ledger::write);
  }

  private static void write(DuckDBAppender row, Entry entry) throws java.sql.SQLException {
    Standing standing = entry.standing();
    row.append(entry.seq()).append(entry.member());
    if (standing == null) {
      row.appendNull().append(0).append(false).appendNull().appendNull();
    } else {
      row.append(standing.text()).append(standing.present() ? 1 : 2).append(standing.confirmed());
      append(row, standing.addUnknownAt());
      append(row, standing.removeUnknownAt());
    }
    row.append(entry.intent() == null ? 0 : LedgerTables.code(entry.intent()));
  }

  private static void append(DuckDBAppender row, @Nullable Instant at)
      throws java.sql.SQLException {
    if (at == null) {
      row.appendNull();
    } else {
      row.append(at.toEpochMilli());
    }
  }

  private void appendRejections(List<Settlement> settlements) {
    tables
        .database()
        .append(
            tables.catalog(),
            "rejection_journal",
            settlements,
            (row, settlement) -> {
              row.append(++sequence).append(settlement.change().member());
              row.append(LedgerTables.code(settlement.change().kind()));
              if (settlement.outcome() instanceof Outcome.Rejected rejected) {
                row.append(rejected.problem().code());
              } else {
                row.appendNull();
              }
              row.append(run.basis()).append(run.id()).append(settlement.at().toEpochMilli());
            });
  }

  private void write(Runnable work) {
    long before = sequence;
    try {
      guarded(
          () -> {
            tables.database().transaction(work);
            return true;
          });
    } catch (RuntimeException e) {
      sequence = before;
      throw e;
    }
  }

  /**
   * Reads a ledger, turning what DuckDB says into what a person can act on: its own words may quote
   * members.
   *
   * @throws HostException if the ledger cannot be read
   */
  public static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      throw LedgerProblems.of(e);
    }
  }
}
