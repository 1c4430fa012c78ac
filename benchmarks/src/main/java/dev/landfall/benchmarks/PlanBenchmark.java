package dev.landfall.benchmarks;

import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.plan.PlanRequest;
import dev.landfall.host.plan.PlanTable;
import dev.landfall.host.plan.Planner;
import dev.landfall.host.plan.RemovalBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Compares an audience with a ledger, both in files: with the planner, or with two bare anti joins.
 * A process does one of them, so that its memory can be told.
 */
final class PlanBenchmark {

  private static final long MEGABYTES = 384;

  private PlanBenchmark() {}

  /**
   * Does one thing and prints the seconds it took.
   *
   * @param arguments "audience", "planner" or "bare"; ledger file; audience file; and the file to
   *     write, or for "audience" the CSV file to read
   */
  public static void main(String[] arguments) {
    Path audience = Path.of(arguments[2]);
    Path other = Path.of(arguments[3]);
    Path temporary = audience.resolveSibling("spilled");
    try (Database database = Database.inMemory(new Database.Options(false, MEGABYTES, temporary))) {
      if (arguments[0].equals("audience")) {
        readAudience(database, audience, other);
        return;
      }
      attach(database, audience, "audience", " (read_only)");
      attach(database, other, "plan", "");
      LedgerTables ledger = Ledger.attachToRead(database, Path.of(arguments[1])).orElseThrow();
      long begun = System.nanoTime();
      String changes =
          arguments[0].equals("planner") ? planner(database, ledger) : antiJoins(database);
      System.out.printf("%.3f %s%n", (System.nanoTime() - begun) / 1e9, changes);
    }
  }

  /** The table as the host's reader leaves it. */
  private static void readAudience(Database database, Path audience, Path csv) {
    attach(database, audience, "audience", "");
    database.run(
        "create table audience.main.audience as select member_internal_id as member,"
            + " member_internal_id as text, []::varchar[] as others from read_csv("
            + Database.literal(csv.toString())
            + ", header = true, all_varchar = true)");
  }

  private static String planner(Database database, LedgerTables ledger) {
    var plan =
        new Planner(database)
            .plan(
                ledger,
                "audience.main.audience",
                new PlanTable(database, "plan"),
                new PlanRequest(
                    AudienceSyncMode.MIRROR,
                    false,
                    false,
                    "",
                    Duration.ofDays(1),
                    new RemovalBudget(20, 10, null),
                    Instant.now()));
    return "+" + plan.adds().offered() + " -" + plan.removes().offered();
  }

  private static String antiJoins(Database database) {
    long removes =
        database.update(
            "create table plan.main.removes as select member from ledger.main.standings"
                + " anti join audience.main.audience using (member)");
    long adds =
        database.update(
            "create table plan.main.adds as select member from audience.main.audience"
                + " anti join ledger.main.standings using (member)");
    return "+" + adds + " -" + removes;
  }

  private static void attach(Database database, Path file, String name, String options) {
    database.run("attach " + Database.literal(file.toString()) + " as " + name + options);
  }
}
