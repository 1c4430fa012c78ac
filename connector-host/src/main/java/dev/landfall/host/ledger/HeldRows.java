package dev.landfall.host.ledger;

import dev.landfall.host.duckdb.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Rows of a stream that were read and not delivered, as a run finds them. */
public final class HeldRows {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database db;
  private final String rows;

  /**
   * The rows that a ledger holds.
   *
   * @param basis what rejections depend on, as it is now
   * @param since a rejection that is older keeps no row back any more
   * @param all whether rows that were rejected are offered all the same
   */
  public HeldRows(LedgerTables tables, String basis, Instant since, boolean all) {
    db = tables.database();
    rows =
        "(select h.*, "
            + (all
                ? "false"
                : "coalesce(r.basis = "
                    + Database.literal(basis)
                    + " and r.last_at > "
                    + since.toEpochMilli()
                    + ", false)")
            + " as quarantined from "
            + tables.held()
            + " h left join (select member, max_by(basis, last_at) as basis,"
            + " max(last_at) as last_at from "
            + tables.rejections()
            + " group by member) r on r.member = h.member)";
  }

  /**
   * A row.
   *
   * @param seq its place among the held, in the order they were read
   * @param member the key's identity
   * @param text the key as it is sent
   * @param others the values of the other fields, in the order of the shape
   * @param quarantined whether it is left alone because it was rejected
   */
  public record HeldRow(
      long seq, String member, String text, List<@Nullable String> others, boolean quarantined) {
    /** Without the values. */
    @Override
    public String toString() {
      return "HeldRow[" + seq + "]";
    }
  }

  /** How many rows of a shape are offered, or are left alone. */
  public long count(RowShape shape, boolean quarantined) {
    return db.one(
        "select count(*) from " + rows + " where shape = ? and quarantined = ?",
        r -> r.getLong(1),
        JSON.writeValueAsString(shape),
        quarantined);
  }

  /** How many rows have another shape, and cannot be sent with the rows of this one. */
  public long others(RowShape shape) {
    return db.one(
        "select count(*) from " + rows + " where shape <> ?",
        r -> r.getLong(1),
        JSON.writeValueAsString(shape));
  }

  /** The place of the last row that is held; what is held later comes after it. */
  public long last() {
    return db.one("select coalesce(max(seq), 0) from " + rows, r -> r.getLong(1));
  }

  /** The next rows of a shape that are offered, in the order they were read. */
  public List<HeldRow> offered(RowShape shape, long afterSeq, long upTo, int max) {
    return db.query(
        "select seq, member, text, others, quarantined from "
            + rows
            + " where shape = ? and not quarantined and seq > ? and seq <= ? order by seq limit "
            + max,
        HeldRows::row,
        JSON.writeValueAsString(shape),
        afterSeq,
        upTo);
  }

  /** Whether a row with a key is held that has a shape. */
  public boolean holds(String member, RowShape shape) {
    return db.one(
        "select count(*) > 0 from " + rows + " where member = ? and shape = ?",
        r -> r.getBoolean(1),
        member,
        JSON.writeValueAsString(shape));
  }

  /** The row with a key, if it is held. */
  public Optional<HeldRow> of(String member) {
    return db
        .query(
            "select seq, member, text, others, quarantined from " + rows + " where member = ?",
            HeldRows::row,
            member)
        .stream()
        .findFirst();
  }

  private static HeldRow row(ResultSet row) throws SQLException {
    return new HeldRow(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        Arrays.asList(JSON.readValue(row.getString(4), String[].class)),
        row.getBoolean(5));
  }
}
