package dev.landfall.host.ledger;

import dev.landfall.connector.Cursor;
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
import java.util.function.Supplier;
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
  private final Runs runs;
  private final Receipts receipts;
  private final Held held;
  private final Rules rules;
  private final Clock clock;
  private long sequence;
  private boolean streams;
  private Receipts.Origin run = new Receipts.Origin("", "", RowShape.NONE);

  private Ledger(LedgerTables tables, Rules rules, Clock clock) {
    this.tables = tables;
    this.runs = new Runs(tables);
    this.receipts = new Receipts(tables);
    this.held = new Held(tables);
    this.rules = rules;
    this.clock = clock;
    this.sequence = tables.lastSequence();
  }

  /**
   * Opens a ledger in an attached database, makes its tables if there are none or an older host
   * made them, stamps the intents that a crash left open, and folds the journal.
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
          LedgerTables found = LedgerTables.of(database, catalog);
          if (found.schema() < LedgerTables.SCHEMA) {
            database.transaction(() -> LedgerSchema.migrate(found));
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
    return guarded(runs::interrupted);
  }

  /** A run that did not come to its end, and its books per direction. */
  public record InterruptedRun(String id, Map<ChangeKind, Tally> books) {}

  /** Ends a run that a crash ended before; its books have been kept elsewhere. */
  public void closeInterrupted(InterruptedRun interrupted) {
    done(() -> tables.database().transaction(() -> runs.finish(interrupted.id())));
  }

  /**
   * Says which run writes: from here on, {@link #intend}, {@link #record} and {@link #confirm}
   * belong to it. Writes nothing.
   *
   * @param id the run's id
   * @param basis what rejections depend on (mapping, target, connector version), as a digest
   * @param shape what the rows look like that are sent
   */
  public void forRun(String id, String basis, RowShape shape) {
    run = new Receipts.Origin(id, basis, shape);
  }

  /**
   * From here on, what is sent are rows of a stream. They are sent without an intent, since what is
   * not recorded is read again; of what was delivered nothing is kept, and of the rest the rows.
   */
  public void streams() {
    streams = true;
  }

  /**
   * Counts rows of a stream before they are sent.
   *
   * @param planned all of them
   * @param quarantined those of them that are left alone because they were rejected before
   */
  public void plan(ChangeKind kind, long planned, long quarantined) {
    done(() -> runs.plan(run.run(), kind, planned, quarantined));
  }

  /** Notes how far a stream was read; all before that is recorded. */
  public void pass(String stream, Cursor cursor) {
    write(
        () -> {
          Database db = tables.database();
          long known =
              db.update(
                  "update " + tables.table("cursors") + " set cursor = ? where stream = ?",
                  cursor.value(),
                  stream);
          if (known == 0) {
            db.update(
                "insert into " + tables.table("cursors") + " values (?, ?)",
                stream,
                cursor.value());
          }
          LedgerSchema.advance(tables, next());
        });
  }

  /** Has a stream read from its beginning again. */
  public void rewind(String stream) {
    write(
        () -> {
          tables
              .database()
              .update("delete from " + tables.table("cursors") + " where stream = ?", stream);
          LedgerSchema.advance(tables, next());
        });
  }

  /**
   * Begins the run that writes.
   *
   * @param approved whether a person approved this run's removals
   * @param planned the books before anything was sent: planned, withheld and quarantined
   */
  public void beginRun(boolean approved, Map<ChangeKind, Tally> planned) {
    done(
        () ->
            tables.database().transaction(() -> runs.begin(run.run(), approved, streams, planned)));
  }

  /** Ends the run and folds its journal. */
  public void endRun() {
    done(() -> tables.database().transaction(() -> runs.finish(run.run())));
    fold();
  }

  @Override
  public void intend(List<Change> window) {
    if (streams) {
      return;
    }
    List<Entry> entries = new ArrayList<>(window.size());
    for (Change change : window) {
      entries.add(entry(change.member(), rules.intent(change), change.kind()));
    }
    write(() -> Entry.append(tables, entries));
  }

  @Override
  public void record(List<Settlement> settlements) {
    Instant now = clock.instant();
    Map<String, ChangeKind> awaited = guarded(() -> receipts.supersededBy(settlements));
    List<Settlement> settled =
        settlements.stream().map(s -> Receipts.superseding(s, awaited, rules, now)).toList();
    List<Entry> entries = new ArrayList<>();
    List<Boolean> delivered = new ArrayList<>();
    for (Settlement settlement : settled) {
      Optional<Standing> standing = rules.settled(settlement);
      delivered.add(standing.filter(Standing::present).isPresent());
      enter(settlement.change(), standing, now, entries);
    }
    write(
        () -> {
          Entry.append(tables, entries);
          if (streams) {
            held.note(settled, delivered, run.shape(), this::next);
            LedgerSchema.advance(tables, next());
          }
          remember(run.basis(), settled);
          Books.append(tables, run.run(), now, settled);
          receipts.supersede(awaited.keySet());
          receipts.keep(settled, run, this::next);
        });
  }

  @Override
  public List<Long> outstanding(RowShape shape) {
    return guarded(() -> receipts.outstanding(shape));
  }

  @Override
  public Optional<Outstanding> outstanding(long id) {
    return guarded(() -> receipts.find(id, run.run()));
  }

  /** What the rows look like that receipts are outstanding for. */
  public List<RowShape> outstandingShapes() {
    return guarded(receipts::shapes);
  }

  @Override
  public List<Settlement> confirm(Outstanding receipt, List<Outcome> outcomes) {
    Instant now = clock.instant();
    List<Settlement> settled = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Outstanding.Accepted row = receipt.rows().get(i);
      if (row.live()) {
        Settlement answer = rules.confirmed(row.change(), outcomes.get(i), row.sentAt(), now);
        Optional<Standing> standing = rules.settled(answer);
        if (standing.filter(Standing::present).isPresent()) {
          done.add(row.change().member());
        }
        enter(row.change(), standing, now, entries);
        settled.add(new Settlement(row.change(), answer.outcome(), answer.unknownAt(), now));
      }
    }
    write(
        () -> {
          Entry.append(tables, entries);
          if (streams) {
            held.drop(done);
          }
          remember(receipt.basis(), settled);
          if (receipt.ofThisRun()) {
            Books.confirm(tables, run.run(), now, settled);
          }
          receipts.settled(receipt.id());
        });
    return settled;
  }

  /**
   * Of a row of a stream that was delivered nothing is kept, unless an earlier try on it may yet
   * arrive: then a later row with its key must know.
   */
  private void enter(Change change, Optional<Standing> standing, Instant now, List<Entry> entries) {
    if (!streams) {
      entries.add(entry(change.member(), standing.orElse(null), null));
      return;
    }
    Optional<Standing> doubt =
        standing
            .filter(s -> !s.present() || rules.isOpen(s, now))
            .map(
                s ->
                    new Standing(
                        s.text(),
                        false,
                        s.confirmed(),
                        s.addUnknownAt(),
                        s.removeUnknownAt(),
                        s.hash()));
    if (doubt.isPresent() || change.before() != null) {
      entries.add(entry(change.member(), doubt.orElse(null), null));
    }
  }

  private void remember(String basis, List<Settlement> settlements) {
    Rejections.append(tables, this::next, run.run(), basis, Rejections.among(settlements));
  }

  /** Makes what was written since the ledger was opened part of its tables. */
  public void fold() {
    done(() -> LedgerSchema.fold(tables));
  }

  /**
   * Distrusts everything: every PRESENT becomes UNKNOWN, so that the next plan sends all again,
   * also if this run is interrupted; and nobody asks any more for what was only accepted.
   */
  public void distrust() {
    fold();
    write(
        () -> {
          receipts.giveUp("true", clock.instant());
          tables
              .database()
              .run("update " + tables.table("standings") + " set present = false, hash = null");
          LedgerSchema.advance(tables, ++sequence);
        });
  }

  /**
   * Takes members that are known to be in the target already: those the ledger does not hold enter
   * it as UNKNOWN. Nobody asks any more for those that were only accepted: a rejection would say
   * that they are not in it.
   *
   * @param relation what to put behind "from" to get {@code member, text}
   * @return how many entered
   */
  public long takeOver(String relation) {
    long[] entered = new long[1];
    fold();
    write(
        () -> {
          receipts.giveUp("a.member in (select member from " + relation + ")", clock.instant());
          entered[0] =
              tables
                  .database()
                  .update(
                      "insert into "
                          + tables.table("standings")
                          + " select member, text, false, false, null, null, null from "
                          + relation
                          + " anti join (select member from "
                          + tables.table("standings")
                          + ") using (member)");
          LedgerSchema.advance(tables, ++sequence);
        });
    return entered[0];
  }

  /** Gives up every receipt that is for a member too: the member is to be forgotten. */
  void giveUpReceiptsOf(String member) {
    String its = tables.table("accepted") + " where member = " + Database.literal(member);
    write(() -> receipts.giveUp("a.receipt in (select receipt from " + its + ")", clock.instant()));
  }

  /**
   * Notes which removals this run withholds. The same set keeps its nonce, so that an approval
   * stays good while nothing changes; another set, or none, voids it.
   *
   * @param digest the digest of the withheld set, or null if nothing is withheld
   * @return the withholding as it stands now, or empty
   */
  public Optional<LedgerTables.Withholding> withhold(@Nullable String digest, long changes) {
    return guarded(() -> Withheld.note(tables, digest, changes));
  }

  private void stampOpenIntents() {
    Instant now = clock.instant();
    List<LedgerTables.OpenIntent> open = tables.openIntents();
    if (open.isEmpty()) {
      return;
    }
    List<Entry> entries = new ArrayList<>();
    Map<ChangeKind, Long> unknown = new EnumMap<>(ChangeKind.class);
    Map<String, ChangeKind> awaited =
        receipts.awaited(open.stream().map(LedgerTables.OpenIntent::member).toList());
    for (LedgerTables.OpenIntent intent : open) {
      Standing standing = rules.crashed(intent.standing(), intent.kind(), now);
      @Nullable ChangeKind earlier = awaited.get(intent.member());
      if (earlier != null) {
        standing = rules.crashed(standing, earlier, now);
      }
      entries.add(entry(intent.member(), standing, null));
      unknown.merge(intent.kind(), 1L, Long::sum);
    }
    write(
        () -> {
          Entry.append(tables, entries);
          Books.appendCrashed(tables, now, unknown);
          receipts.supersede(awaited.keySet());
        });
  }

  private Entry entry(String member, @Nullable Standing standing, @Nullable ChangeKind intent) {
    return new Entry(next(), member, standing, intent);
  }

  private long next() {
    return ++sequence;
  }

  private void write(Runnable work) {
    long before = sequence;
    try {
      done(() -> tables.database().transaction(work));
    } catch (RuntimeException e) {
      sequence = before;
      throw e;
    }
  }

  private static void done(Runnable work) {
    guarded(
        () -> {
          work.run();
          return true;
        });
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
