package dev.landfall.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.landfall.host.Host;
import dev.landfall.host.RunListener;
import dev.landfall.host.RunRequest;
import dev.landfall.host.delivery.Cancellation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/**
 * Case Sync files into a DuckDB table through the whole host, with cursor, ledger, history and the
 * connectors as plugins, and beside it by DuckDB's own {@code read_csv} in one statement. Same
 * files, a table with the same columns, in turns; medians of 3.
 */
final class IncrementalBenchmark {

  private static final int ROUNDS = 3;
  private static final int FILES = 10;

  /** Other processes disturb its time less than they do the clock. */
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /**
   * What a load took.
   *
   * @param clock seconds from its beginning to its end
   * @param processors seconds of user and system time, of all threads
   */
  private record Seconds(double clock, double processors) {
    static Seconds of(Load load) throws IOException, SQLException {
      double processors = PROCESS.getProcessCpuTime() / 1e9;
      long begun = System.nanoTime();
      load.run();
      return new Seconds(
          (System.nanoTime() - begun) / 1e9, PROCESS.getProcessCpuTime() / 1e9 - processors);
    }
  }

  private interface Load {
    void run() throws IOException, SQLException;
  }

  private final Host host;
  private final Path folder;
  private final int rows;
  private int loads;

  private IncrementalBenchmark(Host host, Path folder, int rows) {
    this.host = host;
    this.folder = folder;
    this.rows = rows;
  }

  /**
   * Prints a line.
   *
   * @param arguments the folder of plugins, an empty folder to work in, and how many rows
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000_000;
    Path folder = Path.of(arguments[1]);
    try (Host host = Host.builder(Path.of(arguments[0]), folder.resolve("state")).build()) {
      // Classes are loaded and compiled before anything counts.
      new IncrementalBenchmark(host, folder.resolve("warm"), 100_000).measure();
      System.out.println(
          "| rows | read_csv, rows/s | host, rows/s | host / read_csv | by processors |");
      System.out.println("|---|---|---|---|---|");
      System.out.println(new IncrementalBenchmark(host, folder.resolve("counts"), rows).measure());
    }
  }

  private String measure() throws IOException, SQLException {
    write();
    List<Seconds> bare = new ArrayList<>();
    List<Seconds> through = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        bare.add(bare());
        through.add(through());
      } else {
        through.add(through());
        bare.add(bare());
      }
    }
    return String.format(
        Locale.ROOT,
        "| %,d | %,.0f | %,.0f | %s | %s |",
        rows,
        rows / median(bare.stream().map(Seconds::clock)),
        rows / median(through.stream().map(Seconds::clock)),
        ratios(bare, through, Seconds::clock),
        ratios(bare, through, Seconds::processors));
  }

  private static String ratios(
      List<Seconds> bare, List<Seconds> through, ToDoubleFunction<Seconds> of) {
    List<Double> ratios =
        IntStream.range(0, ROUNDS)
            .mapToObj(i -> of.applyAsDouble(bare.get(i)) / of.applyAsDouble(through.get(i)))
            .toList();
    return String.format(
        Locale.ROOT,
        "%.2f (%s)",
        median(ratios.stream()),
        ratios.stream()
            .map(r -> String.format(Locale.ROOT, "%.2f", r))
            .collect(Collectors.joining(", ")));
  }

  private static double median(Stream<Double> values) {
    return values.sorted().toList().get(ROUNDS / 2);
  }

  /** One story over so many daily files, each with its header, that are no longer written. */
  private void write() throws IOException {
    Path drop = Files.createDirectories(folder.resolve("drop"));
    CaseUpdates lines = new CaseUpdates();
    String header = lines.next();
    for (int file = 0; file < FILES; file++) {
      Path path =
          drop.resolve(String.format(Locale.ROOT, "CaseUpdatesSync_202601%02d.txt", file + 1));
      try (BufferedWriter out = Files.newBufferedWriter(path)) {
        out.write(header);
        for (int row = rows * file / FILES; row < rows * (file + 1) / FILES; row++) {
          out.write(lines.next());
        }
      }
      Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }
  }

  private Seconds through() throws IOException, SQLException {
    String name = folder.getFileName() + "-" + ++loads;
    Path database = database(name);
    Path manifest =
        Files.writeString(
            folder.resolve(name + ".json"),
            """
            {
              "name": "%s",
              "source": {
                "type": "connector",
                "connector": "kognitiv-case-sync",
                "stream": "case_updates",
                "settings": {"folder": "drop"}
              },
              "destination": {
                "connector": "table",
                "connection": {"url": "jdbc:duckdb:%s"},
                "target": {"table": "case_updates", "createTable": true}
              },
              "mode": "upsert",
              "key": ["event_key"]
            }
            """
                .formatted(name, database.getFileName()));
    Seconds seconds =
        Seconds.of(
            () ->
                require(
                    host.sync(RunRequest.of(manifest), RunListener.NONE, new Cancellation())
                            .adds()
                            .delivered()
                        == rows,
                    "The host did not deliver all rows"));
    requireRows(database);
    return seconds;
  }

  /** What DuckDB does not know of a row (its line, its key) stays empty. */
  private Seconds bare() throws SQLException, IOException {
    Path database = database("bare");
    Files.deleteIfExists(database);
    Seconds seconds = Seconds.of(() -> readCsv(database));
    requireRows(database);
    return seconds;
  }

  private void readCsv(Path database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      // What the connector sets too.
      statement.execute("set memory_limit = '384MiB'");
      statement.execute(
          "create table case_updates (case_id varchar, timestamp timestamptz, \"user\" varchar,"
              + " action varchar, descriptor varchar, category varchar, queue varchar,"
              + " location varchar, case_open_summary varchar, case_close_summary varchar,"
              + " member_internal_id varchar, member_primary_id varchar, member_first_name varchar,"
              + " member_last_name varchar, source_file varchar, source_line bigint,"
              + " event_key varchar)");
      statement.execute(
          "insert into case_updates select CaseId, Timestamp || '+00', \"User\","
              + " * exclude (CaseId, Timestamp, \"User\", filename),"
              + " filename, null, null from read_csv('"
              + folder.resolve("drop")
              + "/*.txt', delim = '|', quote = '', header = true, all_varchar = true,"
              + " filename = true)");
    }
  }

  private Path database(String name) {
    return folder.resolve(name + ".duckdb");
  }

  private static Connection connect(Path database) throws SQLException {
    return new DuckDBDriver().connect("jdbc:duckdb:" + database, new Properties());
  }

  private void requireRows(Path database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from case_updates")) {
      count.next();
      require(count.getLong(1) == rows, database.getFileName() + " holds another number of rows");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
