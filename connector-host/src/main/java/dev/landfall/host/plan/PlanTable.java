package dev.landfall.host.plan;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.delivery.Changes;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.Standing;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a plan, in an attached database of their own: those to send, in the order they are
 * sent, and those in quarantine.
 */
public final class PlanTable implements Changes {

  private static final String ROW =
      "kind, member, text, others, before_text, present, confirmed, add_unknown_at,"
          + " remove_unknown_at, before_hash, rejected_before, hash";

  private final Database database;
  private final String changes;
  private final String quarantined;

  /** The plan in an attached database. */
  public PlanTable(Database database, String catalog) {
    this.database = database;
    this.changes = catalog + ".main.changes";
    this.quarantined = catalog + ".main.quarantined";
  }

  /**
   * The plan in a file, which is attached to a database to be read.
   *
   * @throws dev.landfall.host.HostException if the file is gone or damaged
   */
  public static PlanTable attachToRead(Database database, Path file, String catalog) {
    try {
      database.run(
          "attach " + Database.literal(file.toString()) + " as " + catalog + " (read_only)");
    } catch (DatabaseException e) {
      throw StoredPlan.unreadable(
          "The plan's file " + file + " cannot be read (" + e.kind() + ").");
    }
    return new PlanTable(database, catalog);
  }

  @Override
  public long count(ChangeKind kind) {
    return guarded(
        () ->
            database.one(
                "select count(*) from " + changes + " where kind = ?",
                r -> r.getLong(1),
                LedgerTables.code(kind)));
  }

  @Override
  public List<Change> page(ChangeKind kind, long afterSeq, int max) {
    return guarded(
        () ->
            database.query(
                "select seq, "
                    + ROW
                    + " from "
                    + changes
                    + " where kind = ? and seq > ? and seq <= (select min(seq) - 1 + ? from "
                    + changes
                    + " where kind = ? and seq > ?) order by seq",
                PlanTable::change,
                LedgerTables.code(kind),
                afterSeq,
                (long) max,
                LedgerTables.code(kind),
                afterSeq));
  }

  /** Turns what DuckDB says into what a person can act on; its own words may quote members. */
  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      throw StoredPlan.unreadable("The changes of the plan cannot be read (" + e.kind() + ").");
    }
  }

  /** Members in quarantine, in no particular order. */
  public List<Quarantined> quarantined(int max) {
    return database.query(
        "select kind, member, text from " + quarantined + " limit " + max,
        r -> new Quarantined(LedgerTables.kind(r.getInt(1)), r.getString(2), r.getString(3)));
  }

  /**
   * A member that is not offered because it was rejected before.
   *
   * @param kind what would have been asked for it
   * @param member its identity
   * @param text its id
   */
  public record Quarantined(ChangeKind kind, String member, String text) {}

  /** What the plan does with a member; empty if nothing. */
  public Optional<OfMember> of(String member) {
    return guarded(
        () ->
            database
                .query(
                    "select kind, false from "
                        + changes
                        + " where member = ? union all select kind, true from "
                        + quarantined
                        + " where member = ?",
                    r -> new OfMember(LedgerTables.kind(r.getInt(1)), r.getBoolean(2)),
                    member,
                    member)
                .stream()
                .findFirst());
  }

  /**
   * What a plan does with one member.
   *
   * @param kind what is to be asked
   * @param quarantined whether it is not offered because it was rejected before
   */
  public record OfMember(ChangeKind kind, boolean quarantined) {}

  /** Removals of members that the ledger holds: of all, and of those once confirmed. */
  record Held(long all, long confirmed) {}

  /** Makes it a plan of nothing. */
  public void empty() {
    create();
  }

  void create() {
    database.run(
        "create or replace table "
            + changes
            + "(seq bigint, kind integer, member varchar,"
            + " text varchar, others varchar[], before_text varchar, present boolean,"
            + " confirmed boolean, add_unknown_at bigint, remove_unknown_at bigint,"
            + " before_hash bigint, rejected_before boolean, hash bigint)",
        "create or replace table "
            + quarantined
            + "(kind integer, member varchar, text varchar,"
            + " before_text varchar, confirmed boolean)");
  }

  /** Adds the changes of one direction, in the order of the query, behind those already there. */
  void insert(ChangeKind kind, String query) {
    long last = database.one("select coalesce(max(seq), 0) from " + changes, r -> r.getLong(1));
    database.run(
        "create or replace temp table planned as " + query,
        "insert into "
            + changes
            + " select "
            + last
            + " + row_number() over (), "
            + LedgerTables.code(kind)
            + ", member, text, others, before_text, present, confirmed, add_unknown_at,"
            + " remove_unknown_at, before_hash, rejected_before, hash from temp.planned"
            + " where not quarantined",
        "insert into "
            + quarantined
            + " select "
            + LedgerTables.code(kind)
            + ", member, text, before_text, confirmed from temp.planned where quarantined",
        "drop table temp.planned");
  }

  Plan.Side side(ChangeKind kind) {
    long held =
        database.one(
            "select count(*) from " + quarantined + " where kind = ?",
            r -> r.getLong(1),
            LedgerTables.code(kind));
    return database.one(
        "select count(*), coalesce(bit_xor(md5_number(kind || ':' || member"
            + " || coalesce(':' || hash, ''))), 0)::varchar from "
            + changes
            + " where kind = ?",
        r -> new Plan.Side(r.getLong(1), held, r.getString(2)),
        LedgerTables.code(kind));
  }

  Held heldRemovals() {
    return database.one(
        "select count(*), count(*) filter (confirmed) from (select kind, before_text, confirmed from "
            + changes
            + " union all select kind, before_text, confirmed from "
            + quarantined
            + ") where before_text is not null and "
            + LedgerTables.isRemoval(),
        r -> new Held(r.getLong(1), r.getLong(2)));
  }

  private static Change change(ResultSet row) throws SQLException {
    @Nullable Standing before = row.getString(6) == null ? null : LedgerTables.standing(row, 6);
    return new Change(
        row.getLong(1),
        LedgerTables.kind(row.getInt(2)),
        row.getString(3),
        row.getString(4),
        texts(row.getArray(5)),
        LedgerTables.hash(row, 13),
        before,
        row.getBoolean(12));
  }

  private static List<@Nullable String> texts(Array array) throws SQLException {
    List<@Nullable String> texts = new ArrayList<>();
    for (Object value : (Object[]) array.getArray()) {
      texts.add((String) value);
    }
    return texts;
  }
}
