package dev.landfall.benchmarks;

import dev.landfall.connector.Context;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.plugin.Plugins;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Upserts rows through the table connector, in batches of the size that it recommends, and beside
 * it with the bare driver: all rows into a temporary table, then one statement. Same database, same
 * rows, in turns; medians of 3.
 */
final class TableBenchmark {

  private static final int ROUNDS = 3;

  /** As many fields as an update of a case has. */
  private static final RowSchema SCHEMA = schema();

  /** What the bare way does. */
  interface Bare extends AutoCloseable {
    /** The raw connection settings that lead the connector to the same database. */
    Map<String, Object> connection();

    /** Makes a table, with rows of some values in it if there are any. */
    void reset(String table, List<Row> rows) throws Exception;

    /** Writes rows with the bare driver. */
    void upsert(String table, List<Row> rows) throws Exception;

    /** How many rows a table has. */
    long count(String table) throws Exception;

    @Override
    void close() throws SQLException;
  }

  private enum Case {
    NEW,
    CHANGED,
    EQUAL
  }

  private final Destination destination;
  private final int rows;

  private TableBenchmark(Destination destination, int rows) {
    this.destination = destination;
    this.rows = rows;
  }

  private static RowSchema schema() {
    List<FieldSpec> fields = new ArrayList<>();
    fields.add(FieldSpec.of("event_key", FieldType.TEXT));
    fields.add(FieldSpec.of("happened", FieldType.INSTANT));
    fields.add(FieldSpec.of("source_line", FieldType.INTEGER));
    for (int i = 0; i < 13; i++) {
      fields.add(FieldSpec.of("text_" + i, FieldType.TEXT));
    }
    return new RowSchema(fields, List.of("event_key"));
  }

  /**
   * Prints a line for each database and case.
   *
   * @param arguments the folder of plugins, an empty folder to work in, and how many rows
   */
  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200_000;
    try (Plugins plugins = Plugins.load(Path.of(arguments[0]));
        EmbeddedPostgres server = EmbeddedPostgres.start();
        Bare postgres = new BarePostgres(server);
        Bare duckDb = new BareDuckDb(Path.of(arguments[1], "benchmark.duckdb"))) {
      Destination table = plugins.destination("table").orElseThrow();
      // Classes are loaded and compiled before anything counts.
      for (Bare bare : List.of(postgres, duckDb)) {
        new TableBenchmark(table, 20_000).measure(bare, Case.CHANGED);
      }
      System.out.println(
          "| database | rows | bare, rows/s | connector, rows/s | connector / bare |");
      System.out.println("|---|---|---|---|---|");
      for (Bare bare : List.of(postgres, duckDb)) {
        for (Case which : Case.values()) {
          System.out.println(new TableBenchmark(table, rows).measure(bare, which));
        }
      }
    }
  }

  private String measure(Bare bare, Case which) throws Exception {
    List<Row> before = which == Case.NEW ? List.of() : rows(which == Case.EQUAL ? "new" : "old");
    List<Row> after = rows("new");
    List<Double> bareSeconds = new ArrayList<>();
    List<Double> connectorSeconds = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      boolean bareFirst = round % 2 == 0;
      double first = bareFirst ? bare(bare, before, after) : 0;
      double through = through(bare, before, after);
      double second = bareFirst ? first : bare(bare, before, after);
      bareSeconds.add(second);
      connectorSeconds.add(through);
      ratios.add(second / through);
    }
    return String.format(
        Locale.ROOT,
        "| %s | %,d %s | %,.0f | %,.0f | %.2f (%s) |",
        bare,
        rows,
        which.name().toLowerCase(Locale.ROOT),
        rows / median(bareSeconds),
        rows / median(connectorSeconds),
        median(ratios),
        String.join(
            ", ", ratios.stream().map(r -> String.format(Locale.ROOT, "%.2f", r)).toList()));
  }

  private double bare(Bare bare, List<Row> before, List<Row> after) throws Exception {
    bare.reset("benchmark", before);
    long begun = System.nanoTime();
    bare.upsert("benchmark", after);
    double seconds = (System.nanoTime() - begun) / 1e9;
    require(bare.count("benchmark") == rows, "The bare way wrote another number of rows");
    return seconds;
  }

  private double through(Bare bare, List<Row> before, List<Row> after) throws Exception {
    bare.reset("benchmark", before);
    int size = destination.descriptor().recommendedBatch();
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < after.size(); from += size) {
      batches.add(
          new Batch(
              ChangeKind.UPSERT, SCHEMA, after.subList(from, Math.min(after.size(), from + size))));
    }
    double seconds;
    try (DestinationSession session = destination.open(request(bare))) {
      long begun = System.nanoTime();
      for (Batch batch : batches) {
        require(
            session.deliver(batch).outcomes().stream()
                .allMatch(Outcome.Delivered.class::isInstance),
            "The connector did not deliver all rows");
      }
      seconds = (System.nanoTime() - begun) / 1e9;
    }
    require(bare.count("benchmark") == rows, "The connector wrote another number of rows");
    return seconds;
  }

  private SessionRequest request(Bare bare) {
    Path folder = Path.of("").toAbsolutePath();
    return new SessionRequest(
        destination.descriptor().connection().connection(bare.connection(), folder).orThrow(),
        destination.descriptor().target().target(Map.of("table", "benchmark"), folder).orThrow(),
        RecordSyncMode.UPSERT,
        SCHEMA,
        Context.builder().build());
  }

  private List<Row> rows(String word) {
    List<Row> all = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      Object[] values = new Object[SCHEMA.fields().size()];
      // In another order than that of the keys.
      long n = i * 7_368_787L % 1_000_003;
      values[0] = "event-" + (n + 1_000_003L * (i / 1_000_003));
      values[1] = Instant.ofEpochSecond(1_700_000_000L + i);
      values[2] = (long) i;
      for (int t = 3; t < values.length; t++) {
        values[t] = t % 3 == 0 ? null : word + " text of column " + t + " in row " + i;
      }
      all.add(Row.of(SCHEMA, values));
    }
    return all;
  }

  /** The columns of the table in SQL, each made by a function of its name and type. */
  static String columns(BiFunction<String, FieldType, String> each) {
    return String.join(
        ", ", SCHEMA.fields().stream().map(f -> each.apply(f.name(), f.type())).toList());
  }

  /** What an update of all but the key sets. */
  static String assignments() {
    return String.join(
        ", ",
        SCHEMA.fields().stream()
            .map(FieldSpec::name)
            .filter(name -> !SCHEMA.key().contains(name))
            .map(name -> name + " = excluded." + name)
            .toList());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
