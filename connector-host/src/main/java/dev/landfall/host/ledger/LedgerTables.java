package dev.landfall.host.ledger;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as it can be read: also while its journal is not folded, and also from a file that was
 * opened for reading only.
 */
public final class LedgerTables {

  /** Raised whenever the tables change in a way that an older host cannot read. */
  static final int SCHEMA = 3;

  /** The first schema with receipts. */
  static final int WITH_RECEIPTS = 2;

  /** The first schema with records. */
  static final int WITH_RECORDS = 3;

  /** What changes are called in the tables; a number is never given to another kind. */
  private static final List<ChangeKind> KINDS =
      List.of(
          ChangeKind.ADD,
          ChangeKind.REMOVE,
          ChangeKind.INSERT,
          ChangeKind.UPDATE,
          ChangeKind.UPSERT,
          ChangeKind.DELETE);

  private static final String COLUMNS =
      "member, text, present, confirmed, add_unknown_at, remove_unknown_at, hash";

  private final Database database;
  private final String catalog;
  private final int schema;
  private final boolean distrusted;

  private LedgerTables(Database database, String catalog, int schema, boolean distrusted) {
    this.database = database;
    this.catalog = catalog;
    this.schema = schema;
    this.distrusted = distrusted;
  }

  /**
   * The tables of an attached ledger, also of one that an older host wrote.
   *
   * @throws HostException if a newer host wrote them
   */
  public static LedgerTables of(Database database, String catalog) {
    int schema =
        Integer.parseInt(new LedgerTables(database, catalog, SCHEMA, false).meta("schema"));
    if (schema > SCHEMA) {
      throw HostException.configuration(
          "ledger.newer-schema",
          "The ledger was written by a newer Landfall (its schema is %d, this one reads %d)."
              .formatted(schema, SCHEMA),
          "Run the newer Landfall, or restore the ledger from a backup of the older one.");
    }
    return new LedgerTables(database, catalog, schema, false);
  }

  /** Which schema the tables have. */
  int schema() {
    return schema;
  }

  /** The same ledger as it reads once everything in it is UNKNOWN; nothing is written. */
  public LedgerTables distrusted() {
    return new LedgerTables(database, catalog, schema, true);
  }

  /** Whether the attached database has a ledger's tables at all. */
  static boolean exist(Database database, String catalog) {
    return database.one(
        "select count(*) > 0 from duckdb_tables() where database_name = ? and table_name = 'meta'",
        r -> r.getBoolean(1),
        catalog);
  }

  /**
   * A random id and a count of commits, and whether they are trusted: equal exactly if nothing was
   * written in between.
   */
  public String generation() {
    long commits = lastSequence();
    // A ledger that nothing was written to is as good as one that is yet to be made.
    String generation = commits == 0 && !everRan() ? "new" : meta("id") + ":" + commits;
    return distrusted ? generation + ":distrusted" : generation;
  }

  /** Whether a run has begun on this ledger before. */
  public boolean everRan() {
    return database.one("select count(*) > 0 from " + table("runs"), r -> r.getBoolean(1));
  }

  /** Whether anything is known to be in the target. */
  public boolean anyPresent() {
    return database.one(
        "select exists(from " + standings() + " where present)", r -> r.getBoolean(1));
  }

  /**
   * A relation of {@code member, text, present, confirmed, add_unknown_at, remove_unknown_at, hash}
   * (the two times in epoch milliseconds), one row for each standing, to be put behind "from".
   */
  public String standings() {
    return distrusted
        ? "(select * replace (false as present, null::bigint as hash) from " + trusted() + ")"
        : trusted();
  }

  private String trusted() {
    if (!journalled()) {
      return folded();
    }
    return "(select "
        + COLUMNS
        + " from "
        + folded()
        + " anti join (select member from "
        + table("journal")
        + ") using (member)"
        + " union all select "
        + COLUMNS
        + " from ("
        + lastEntries()
        + ") where state <> 0)";
  }

  private String folded() {
    return schema < WITH_RECORDS
        ? "(select *, null::bigint as hash from " + table("standings") + ")"
        : table("standings");
  }

  /**
   * A relation of {@code member, kind, code, basis, first_run, last_run, last_at}: the rejections
   * that still stand.
   */
  public String rejections() {
    return "(select member, kind, max_by(code, seq) as code, max_by(basis, seq) as basis,"
        + " min_by(run, seq) as first_run, max_by(last_run, seq) as last_run, max(last_at) as last_at"
        + " from (select 0 as seq, member, kind, code, basis, first_run as run, last_run, last_at from "
        + table("rejections")
        + " union all select seq, member, kind, code, basis, run, run as last_run, happened_at as last_at from "
        + table("rejection_journal")
        + ") group by member, kind having max_by(coalesce(code, ''), seq) <> '')";
  }

  /** The rejections of one member that still stand. */
  public List<Rejection> rejections(String member) {
    return database.query(
        "select kind, code, first_run, last_run, last_at from "
            + rejections()
            + " where member = ? order by kind",
        r ->
            new Rejection(
                kind(r.getInt(1)),
                r.getString(2),
                r.getString(3),
                r.getString(4),
                Instant.ofEpochMilli(r.getLong(5))),
        member);
  }

  /**
   * A rejection that stands.
   *
   * @param kind what was asked
   * @param code of the latest rejection
   * @param firstRun the run that was rejected first
   * @param lastRun the run that was rejected last
   * @param lastAt when that was
   */
  public record Rejection(
      ChangeKind kind, String code, String firstRun, String lastRun, Instant lastAt) {}

  /** What the ledger holds of one member, or empty if it holds nothing. */
  public Optional<Standing> standing(String member) {
    return database
        .query(
            "select " + COLUMNS + " from " + standings() + " where member = ?",
            r -> standing(r, 2),
            member)
        .stream()
        .findFirst();
  }

  /** The removals that are withheld, if the last run withheld any. */
  public Optional<Withholding> withholding() {
    return database
        .query(
            "select digest, changes, nonce from " + table("withholding"),
            r -> new Withholding(r.getString(1), r.getLong(2), r.getString(3)))
        .stream()
        .findFirst();
  }

  /** Removals that earlier runs sent and nobody approved: of all members, and of confirmed ones. */
  public Removed removedSince(Instant since) {
    return database.one(
        "select coalesce(sum(delivered + unknown + accepted), 0)::bigint,"
            + " coalesce(sum(confirmed), 0)::bigint from "
            + table("books")
            + " b join "
            + table("runs")
            + " r using (run)"
            + " where "
            + isRemoval()
            + " and not r.approved and b.happened_at >= ?",
        r -> new Removed(r.getLong(1), r.getLong(2)),
        since.toEpochMilli());
  }

  /**
   * Removals of earlier runs.
   *
   * @param all members that were removed, or may have been
   * @param confirmed those of them whose add was once confirmed
   */
  public record Removed(long all, long confirmed) {}

  /**
   * Removals that a run withheld.
   *
   * @param digest of the set of changes, whatever their order
   * @param changes how many
   * @param nonce random; makes an approval of this withholding good for no other
   */
  public record Withholding(String digest, long changes, String nonce) {}

  /** How far a stream was read; empty if it never was, or is to be read from its beginning. */
  public Optional<Cursor> cursor(String stream) {
    return schema < WITH_RECORDS
        ? Optional.empty()
        : database
            .query(
                "select cursor from " + table("cursors") + " where stream = ?",
                r -> new Cursor(r.getString(1)),
                stream)
            .stream()
            .findFirst();
  }

  /**
   * A relation of {@code seq, member, text, others, shape}: the rows of streams that were read and
   * not delivered.
   */
  public String held() {
    return schema < WITH_RECORDS
        ? "(select 0::bigint as seq, '' as member, '' as text, '' as others, '' as shape where false)"
        : table("held");
  }

  /** How many changes the destination accepted and has not confirmed. */
  public long awaited() {
    return schema < WITH_RECEIPTS
        ? 0
        : database.one(
            "select count(*) from " + table("accepted") + " where live", r -> r.getLong(1));
  }

  /** What the destination accepted for a member and has not confirmed, if there is anything. */
  public Optional<Awaited> awaited(String member) {
    return schema < WITH_RECEIPTS
        ? Optional.empty()
        : database
            .query(
                "select r.kind, r.run, a.sent_at from "
                    + table("accepted")
                    + " a join "
                    + table("receipts")
                    + " r on r.id = a.receipt where a.live and a.member = ?",
                r ->
                    new Awaited(
                        kind(r.getInt(1)), r.getString(2), Instant.ofEpochMilli(r.getLong(3))),
                member)
            .stream()
            .findFirst();
  }

  /**
   * A change that the destination accepted and has not confirmed.
   *
   * @param kind what was asked
   * @param run the run that sent it
   * @param at when
   */
  public record Awaited(ChangeKind kind, String run, Instant at) {}

  /** The kind of change that a number in a table stands for. */
  public static ChangeKind kind(int code) {
    return KINDS.get(code - 1);
  }

  /** The number that stands for a kind of change in a table. */
  public static int code(ChangeKind kind) {
    return KINDS.indexOf(kind) + 1;
  }

  /** A condition in SQL: whether the column {@code kind} stands for a removal. */
  public static String isRemoval() {
    return KINDS.stream()
        .filter(ChangeKind::keyOnly)
        .map(kind -> String.valueOf(code(kind)))
        .collect(Collectors.joining(", ", "kind in (", ")"));
  }

  /** Reads the standing whose text stands in the given column and the rest after it. */
  public static Standing standing(ResultSet row, int column) throws SQLException {
    return new Standing(
        row.getString(column),
        row.getBoolean(column + 1),
        row.getBoolean(column + 2),
        instant(row, column + 3),
        instant(row, column + 4),
        hash(row, column + 5));
  }

  /** Reads a hash, or null. */
  public static @Nullable Long hash(ResultSet row, int column) throws SQLException {
    long hash = row.getLong(column);
    return row.wasNull() ? null : hash;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  Database database() {
    return database;
  }

  String catalog() {
    return catalog;
  }

  String table(String name) {
    return catalog + ".main." + name;
  }

  String meta(String name) {
    return database.one(
        "select value from " + table("meta") + " where name = ?", r -> r.getString(1), name);
  }

  /** The journal's latest entry for each member in it. */
  String lastEntries() {
    return "select member, text, state, state = 1 as present, confirmed, add_unknown_at,"
        + " remove_unknown_at, intent, "
        + (schema < WITH_RECORDS ? "null::bigint as hash" : "hash")
        + " from "
        + table("journal")
        + " qualify row_number() over (partition by member order by seq desc) = 1";
  }

  boolean journalled() {
    return database.one("select count(*) > 0 from " + table("journal"), r -> r.getBoolean(1));
  }

  long lastSequence() {
    return database.one(
        "select greatest((select value::bigint from "
            + table("meta")
            + " where name = 'sequence'),"
            + " (select coalesce(max(seq), 0) from "
            + table("journal")
            + "),"
            + " (select coalesce(max(seq), 0) from "
            + table("rejection_journal")
            + ")"
            + (schema < WITH_RECEIPTS
                ? ""
                : ", (select coalesce(max(id), 0) from " + table("receipts") + ")")
            + (schema < WITH_RECORDS
                ? ""
                : ", (select coalesce(max(seq), 0) from " + table("held") + ")")
            + ")",
        r -> r.getLong(1));
  }

  /** Open intents, as a crash leaves them: members whose last journal entry is an intent. */
  List<OpenIntent> openIntents() {
    return database.query(
        "select intent, member, text, present, confirmed, add_unknown_at, remove_unknown_at, hash"
            + " from ("
            + lastEntries()
            + ") where intent <> 0",
        r -> new OpenIntent(r.getString(2), kind(r.getInt(1)), standing(r, 3)));
  }

  record OpenIntent(String member, ChangeKind kind, Standing standing) {}
}
