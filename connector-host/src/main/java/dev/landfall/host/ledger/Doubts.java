package dev.landfall.host.ledger;

import dev.landfall.host.duckdb.Database;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger knows of rows of a stream before they are sent: doubts and rejections, of a few
 * among millions.
 */
public final class Doubts {

  private final LedgerTables tables;

  /** The doubts of a ledger. */
  public Doubts(LedgerTables tables) {
    this.tables = tables;
  }

  /**
   * What is known of a key.
   *
   * @param standing what stands, or null for nothing
   * @param rejected whether a row with it was rejected, and none was delivered since
   */
  public record Known(@Nullable Standing standing, boolean rejected) {}

  /** What is known of some keys; those of which nothing is are left out. */
  public Map<String, Known> of(Collection<String> members) {
    Map<String, Known> known = new TreeMap<>();
    if (members.isEmpty() || !any()) {
      return known;
    }
    Database db = tables.database();
    db.run("create or replace temp table asked(member varchar)");
    db.append("temp", "asked", List.copyOf(members), (row, member) -> row.append(member));
    db.query(
        "select a.member, s.text, s.present, s.confirmed, s.add_unknown_at, s.remove_unknown_at,"
            + " s.hash, r.member is not null from temp.asked a left join (from "
            + tables.standings()
            + ") s on s.member = a.member left join (select distinct member from "
            + tables.rejections()
            + ") r on r.member = a.member where s.member is not null or r.member is not null",
        r ->
            known.put(
                r.getString(1),
                new Known(
                    r.getString(2) == null ? null : LedgerTables.standing(r, 2), r.getBoolean(8))));
    db.run("drop table temp.asked");
    return known;
  }

  private boolean any() {
    return tables
        .database()
        .one(
            "select exists(from "
                + tables.standings()
                + ") or exists(from "
                + tables.rejections()
                + ")",
            r -> r.getBoolean(1));
  }
}
