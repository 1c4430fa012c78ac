package dev.landfall.host;

import dev.landfall.host.duckdb.Database;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the sync of a {@link History} left on the disk, read as another process would read it. */
final class KeptState {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;

  KeptState(Path folder) {
    this.folder = folder;
  }

  /** What the ledger of a group holds. */
  Map<String, Standing> standings(String name) {
    Map<String, Standing> rows = new TreeMap<>();
    Path file = ledgers().get(name);
    if (file == null || !Files.exists(file)) {
      return rows;
    }
    try (Database db = Database.inMemory(new Database.Options(false, 128, folder))) {
      Ledger.attach(db, file, true);
      if (ledgerIsMade(db)) {
        String columns =
            "member, text, present, confirmed, add_unknown_at, remove_unknown_at, hash";
        db.query(
            "select " + columns + " from " + LedgerTables.of(db, "ledger").standings(),
            r -> rows.put(r.getString(1), LedgerTables.standing(r, 2)));
      }
    }
    return rows;
  }

  /** The receipts and members of a group that the host will ask for. */
  Set<String> asked(String name) {
    Path file = ledgers().get(name);
    if (file == null || !Files.exists(file)) {
      return Set.of();
    }
    try (Database db = Database.inMemory(new Database.Options(false, 128, folder))) {
      Ledger.attach(db, file, true);
      return ledgerIsMade(db)
          ? Set.copyOf(
              db.query(
                  "select r.receipt, a.member from ledger.main.receipts r join"
                      + " ledger.main.accepted a on a.receipt = r.id where a.live",
                  r -> r.getString(1) + " " + r.getString(2)))
          : Set.of();
    }
  }

  private static boolean ledgerIsMade(Database db) {
    return db.one(
        "select count(*) > 0 from duckdb_tables() where database_name = 'ledger'",
        r -> r.getBoolean(1));
  }

  private Map<String, Path> ledgers() {
    Map<String, Path> files = new TreeMap<>();
    Path sync = folder.resolve("state/syncs/members");
    try {
      if (Files.exists(sync.resolve("sync.json"))) {
        JsonNode held = JSON.readTree(Files.readString(sync.resolve("sync.json")));
        for (JsonNode ledger : held.get("ledgers")) {
          files.put(
              ledger.get("target").get("target").path("group").asString(""),
              sync.resolve(ledger.get("file").asString()));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The runs that wrote how they stand. */
  List<RunReport> reports() {
    Path runs = folder.resolve("state/syncs/members/runs");
    if (!Files.exists(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(f -> RunFiles.of(runs, f.getFileName().toString()).read())
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
