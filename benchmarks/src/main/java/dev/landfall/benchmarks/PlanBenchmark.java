package dev.landfall.benchmarks;

import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.plan.PlanRequest;
import dev.landfall.host.plan.PlanTable;
import dev.landfall.host.plan.Planner;
import dev.landfall.host.plan.RemovalBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What {@code landfall plan} is compared with: makes ledgers and audiences of a size, and plans
 * with bare SQL, or with the planner alone. A process does one of them, so that its memory can be
 * told.
 */
final class PlanBenchmark {

  /** Ten digits, none twice, and in no order: multiplied modulo a prime. */
  private static final String ID =
      "(1000000000 + (i * 2654435761) % 8999999993)::varchar as member";

  private static final String AUDIENCE = "audience.main.audience";
  private static final String LEDGER = "ledger.main.standings";

  private final Database database;
  private final String[] arguments;

  private PlanBenchmark(Database database, String[] arguments) {
    this.database = database;
    this.arguments = arguments;
  }

  /**
   * Does one thing, and prints what it found and the seconds it took without the JVM's start.
   *
   * @param arguments the megabytes that DuckDB may use, an empty folder to spill into, a word of
   *     {@link #run}, and what it works on
   */
  public static void main(String[] arguments) {
    var options = new Database.Options(false, Long.parseLong(arguments[0]), Path.of(arguments[1]));
    try (Database database = Database.inMemory(options)) {
      long begun = System.nanoTime();
      String found = new PlanBenchmark(database, arguments).run(arguments[2]);
      System.out.printf(Locale.ROOT, "%s %.3f%n", found, (System.nanoTime() - begun) / 1e9);
    }
  }

  private String run(String does) {
    switch (does) {
      case "fill" -> fill(file(3), number(4), number(5));
      case "audience" -> writeAudience(file(3), number(4), number(5));
      case "sorted" -> writeSorted(file(3), file(4));
      case "read" -> read(file(3), file(4));
      case "script" -> {
        Ledger.attach(database, file(3), true);
        attach(file(5), "plan", "");
        database.run("create temp table audience as select member from " + csv(file(4)));
        return antiJoins("temp.audience");
      }
      case "statement" -> {
        attachAll();
        return antiJoins(AUDIENCE);
      }
      case "planner" -> {
        attachAll();
        return planner();
      }
      default -> throw new IllegalArgumentException(does);
    }
    return does;
  }

  /** Confirmed members, as if a run had delivered them, into a ledger that a run has made. */
  private void fill(Path ledger, long from, long to) {
    Ledger.attach(database, ledger, false);
    database.run(
        "insert into "
            + LEDGER
            + " select member, member, true, true, null, null from (select "
            + ID
            + " from range("
            + from
            + ", "
            + to
            + ") numbers(i))");
  }

  /** Members as a warehouse gives them: in another order than the ledger's. */
  private void writeAudience(Path csv, long from, long count) {
    database.run(
        "copy (select member as member_internal_id from (select "
            + ID
            + " from (select "
            + from
            + " + (j * 7368787) % "
            + count
            + " as i from range("
            + count
            + ") numbers(j)))) to "
            + Database.literal(csv.toString())
            + " (header true)");
  }

  private void writeSorted(Path ledger, Path text) {
    Ledger.attach(database, ledger, true);
    database.run(
        "copy (select member from "
            + LEDGER
            + " order by member) to "
            + Database.literal(text.toString())
            + " (header false)");
  }

  /** The table as the host's reader leaves it. */
  private void read(Path csv, Path audience) {
    attach(audience, "audience", "");
    database.run(
        "set force_compression = 'uncompressed'",
        "create table "
            + AUDIENCE
            + " as select member, member as text, []::varchar[] as others from "
            + csv(csv));
  }

  private String antiJoins(String audience) {
    long removes = antiJoin("removes", LEDGER, audience);
    return "+" + antiJoin("adds", audience, LEDGER) + " -" + removes;
  }

  private long antiJoin(String changes, String of, String without) {
    return database.update(
        "create table plan.main.%s as select member from %s anti join %s using (member)"
            .formatted(changes, of, without));
  }

  private String planner() {
    var plan =
        new Planner(database)
            .plan(
                Ledger.attachToRead(database, file(3)).orElseThrow(),
                AUDIENCE,
                new PlanTable(database, "plan"),
                new PlanRequest(
                    AudienceSyncMode.MIRROR,
                    false,
                    false,
                    "",
                    Duration.ofDays(1),
                    false,
                    new RemovalBudget(20, 10, null),
                    Instant.now()));
    return "+" + plan.adds().offered() + " -" + plan.removes().offered();
  }

  private void attachAll() {
    attach(file(4), "audience", " (read_only)");
    attach(file(5), "plan", "");
    if (!arguments[2].equals("planner")) {
      Ledger.attach(database, file(3), true);
    }
  }

  private void attach(Path file, String name, String options) {
    database.run("attach " + Database.literal(file.toString()) + " as " + name + options);
  }

  private static String csv(Path file) {
    return "read_csv("
        + Database.literal(file.toString())
        + ", header = true, delim = ',', auto_detect = false, columns = {'member': 'VARCHAR'})";
  }

  private Path file(int argument) {
    return Path.of(arguments[argument]);
  }

  private long number(int argument) {
    return Long.parseLong(arguments[argument]);
  }
}
