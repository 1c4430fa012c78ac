package dev.landfall.host.ledger;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Erases a member from a ledger's file. What is deleted from a database stays in the file's free
 * space, so everything else is written to a new file, which takes the old one's place; a crash
 * leaves the one or the other.
 */
public final class Erasure {

  private static final String FRESH = "fresh";

  private Erasure() {}

  /**
   * What a ledger held of a member.
   *
   * @param held whether it was, or may have been, in the target, or a row that was still to be
   *     delivered named it
   * @param rejections rejections of it that stood
   */
  public record Erased(boolean held, int rejections) {}

  /**
   * Erases a member. Every plan that was made with the ledger is void after that.
   *
   * @param database a database that nothing is attached to as {@code ledger}
   * @param file the ledger
   * @param fresh where to write the new one: on the same file system, and not there yet
   * @param member the member's identity
   * @param id the id as it was given: rows that hold it as a value are erased too
   * @throws HostException if the ledger cannot be read, or the new one not be written
   */
  public static Erased erase(
      Database database, Path file, Path fresh, String member, String id, Clock clock) {
    Ledger.attach(database, file, false);
    // Intents that a crash left open are booked first, so that the books of that run still balance.
    Ledger opened = Ledger.open(database, "ledger", new Rules(Duration.ZERO), clock);
    LedgerTables ledger = opened.tables();
    Erased erased =
        Ledger.guarded(
            () -> {
              boolean named = naming(database, ledger, id) > 0;
              Erased found =
                  new Erased(
                      named || ledger.standing(member).isPresent(),
                      ledger.rejections(member).size());
              opened.giveUpReceiptsOf(member);
              database.run("attach " + Database.literal(fresh.toString()) + " as " + FRESH);
              copy(database, member, id);
              LedgerTables copy = LedgerTables.of(database, FRESH);
              LedgerSchema.advance(copy, copy.lastSequence() + 1);
              // Nothing may be left in a log beside either file: it would belong to the other.
              database.run(
                  "checkpoint ledger", "checkpoint " + FRESH, "detach " + FRESH, "detach ledger");
              return found;
            });
    replace(fresh, file);
    return erased;
  }

  /** Rows of a stream that were not delivered, and hold the id as a value. */
  private static long naming(Database database, LedgerTables ledger, String id) {
    return database.one(
        "select count(*) from " + ledger.held() + " where " + holds(id), r -> r.getLong(1));
  }

  private static String holds(String id) {
    return "list_contains(from_json(others, '[\"VARCHAR\"]'), " + Database.literal(id) + ")";
  }

  private static void copy(Database database, String member, String id) {
    List<String> all = tables(database, "duckdb_tables()", "true");
    List<String> ofMembers = tables(database, "duckdb_columns()", "column_name = 'member'");
    for (String table : all) {
      database.run(
          "create table "
              + FRESH
              + ".main."
              + Database.name(table)
              + " as from ledger.main."
              + Database.name(table)
              + (ofMembers.contains(table) ? " where member <> " + Database.literal(member) : "")
              + (table.equals("held") ? " and not " + holds(id) : ""));
    }
  }

  private static List<String> tables(Database database, String of, String which) {
    return database.query(
        "select table_name from " + of + " where database_name = 'ledger' and " + which,
        r -> r.getString(1));
  }

  private static void replace(Path fresh, Path file) {
    try {
      if (Files.exists(log(fresh)) || Files.exists(log(file))) {
        throw unwritable(file);
      }
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(file);
    }
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + ".wal");
  }

  private static HostException unwritable(Path file) {
    return HostException.unavailable(
        "ledger.not-rewritten",
        "The ledger " + file + " could not be written anew; it is as it was.",
        "Make room for a second copy of it in the state folder, and try again.");
  }
}
