package dev.landfall.host.ledger;

import dev.landfall.host.duckdb.Database;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Remembers which removals are withheld, for as long as successive runs withhold the same. */
final class Withheld {

  private Withheld() {}

  static Optional<LedgerTables.Withholding> note(
      LedgerTables tables, @Nullable String digest, long changes) {
    Optional<LedgerTables.Withholding> standing = tables.withholding();
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
    return next;
  }
}
