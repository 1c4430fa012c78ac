package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.host.duckdb.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows of a stream that were read, and not delivered: rejected, or without an answer. The cursor
 * goes on past them, so they are kept here, whole, until they are delivered or a later row has
 * their key. At most one row of a key is held.
 */
final class Held {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LedgerTables tables;
  private final Database db;
  private final String held;

  Held(LedgerTables tables) {
    this.tables = tables;
    this.db = tables.database();
    this.held = tables.table("held");
  }

  /**
   * Notes what became of rows.
   *
   * @param settlements what became of them
   * @param delivered for each, whether it is done with
   */
  void note(
      List<Settlement> settlements, List<Boolean> delivered, RowShape shape, LongSupplier ids) {
    Map<String, Settlement> keep = new LinkedHashMap<>();
    List<String> done = new ArrayList<>();
    for (int i = 0; i < settlements.size(); i++) {
      Settlement settlement = settlements.get(i);
      if (delivered.get(i)) {
        done.add(settlement.change().member());
      } else if (!(settlement.outcome() instanceof Outcome.NotAttempted)) {
        keep.put(settlement.change().member(), settlement);
      }
    }
    if (any()) {
      drop(done);
      drop(keep.keySet());
    }
    if (!keep.isEmpty()) {
      String looks = JSON.writeValueAsString(shape);
      db.append(
          tables.catalog(),
          "held",
          List.copyOf(keep.values()),
          (row, settlement) -> {
            row.append(ids.getAsLong()).append(settlement.change().member());
            row.append(settlement.change().text());
            row.append(JSON.writeValueAsString(settlement.change().others())).append(looks);
          });
    }
  }

  /** Holds no row of some keys any more. */
  void drop(Collection<String> members) {
    if (!members.isEmpty()) {
      db.run(
          members.stream()
              .map(Database::literal)
              .collect(
                  Collectors.joining(", ", "delete from " + held + " where member in (", ")")));
    }
  }

  private boolean any() {
    return db.one("select count(*) > 0 from " + held, r -> r.getBoolean(1));
  }
}
