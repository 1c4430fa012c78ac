package dev.landfall.host.audience;

import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.jdbc.JdbcColumn;
import dev.landfall.host.jdbc.JdbcQuery;
import dev.landfall.host.jdbc.JdbcRows;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a query over JDBC gives: row by row into a temporary table, which spills, and from
 * there on like a file.
 */
final class QueryReading {

  private static final String TABLE = "rows";

  private QueryReading() {}

  static Audience read(
      Database database,
      AudienceRequest request,
      AudienceSource.Query source,
      Cancellation cancellation) {
    try (JdbcQuery query = JdbcQuery.connect(source.drivers(), source.request())) {
      return BreakOff.onceEnded(
          cancellation,
          new GivingUp(query, database, cancellation),
          () -> {
            // A database may fall silent at the very end too.
            try (query) {
              return read(database, request, query, cancellation);
            }
          });
    }
  }

  /**
   * Asks the database to give up, and cuts it off once it is plain that it does not hear, or at
   * once for whoever cannot wait.
   */
  private static final class GivingUp implements Runnable {

    /** Ten a second. */
    private static final int MOST_QUESTIONS = 50;

    private final JdbcQuery query;
    private final Database database;
    private final Cancellation cancellation;
    private int asked;

    GivingUp(JdbcQuery query, Database database, Cancellation cancellation) {
      this.query = query;
      this.database = database;
      this.cancellation = cancellation;
    }

    @Override
    public void run() {
      database.interrupt();
      query.cancel();
      asked++;
      if (cancellation.hard() || asked > MOST_QUESTIONS) {
        query.abort();
      }
    }
  }

  private static Audience read(
      Database database, AudienceRequest request, JdbcQuery query, Cancellation cancellation) {
    query.prepare().ifPresent(told -> AudienceTable.requireFit(request, columns(told)));
    JdbcRows rows = query.run();
    List<JdbcColumn> wanted = wanted(request, rows.columns());
    database.run(
        wanted.stream()
            .map(c -> Database.name(c.name()) + " " + c.stored())
            .collect(Collectors.joining(", ", "create temp table " + TABLE + " (", ")")));
    database.append("temp", TABLE, rows.of(wanted), append(cancellation));
    return AudienceTable.write(database, request, TABLE, columns(rows.columns()));
  }

  /** Between two fetches of rows the database has nothing that it could give up. */
  private static Database.RowWriter<@Nullable Object[]> append(Cancellation cancellation) {
    return (appender, values) -> {
      if (cancellation.ended()) {
        throw BreakOff.brokenOff(cancellation);
      }
      append(appender, values);
    };
  }

  private static List<Column> columns(List<JdbcColumn> columns) {
    return columns.stream().map(c -> new Column(c.name(), c.type())).toList();
  }

  /** The columns that fill a field; of the others no value need have a text. */
  private static List<JdbcColumn> wanted(AudienceRequest request, List<JdbcColumn> columns) {
    List<Column> all = columns(columns);
    AudienceTable.requireFit(request, all);
    Set<String> mapped =
        Mappings.of(request, all.stream().map(Column::name).toList()).stream()
            .filter(FieldMapping.Column.class::isInstance)
            .map(m -> ((FieldMapping.Column) m).column())
            .collect(Collectors.toSet());
    return columns.stream().filter(c -> mapped.contains(c.name())).toList();
  }

  private static void append(DuckDBAppender appender, @Nullable Object[] values)
      throws SQLException {
    for (Object value : values) {
      if (value == null) {
        appender.appendNull();
      } else if (value instanceof String text) {
        appender.append(text);
      } else if (value instanceof Double number) {
        appender.append(number);
      } else if (value instanceof Float number) {
        appender.append(number);
      } else if (value instanceof Boolean flag) {
        appender.append(flag);
      } else if (value instanceof LocalDate day) {
        appender.append(day);
      } else if (value instanceof LocalDateTime time) {
        appender.append(time);
      } else if (value instanceof OffsetDateTime instant) {
        appender.append(instant);
      } else {
        throw new IllegalStateException("No column gives a " + value.getClass());
      }
    }
  }
}
