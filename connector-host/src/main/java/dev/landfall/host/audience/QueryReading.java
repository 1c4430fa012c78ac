package dev.landfall.host.audience;

import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.jdbc.JdbcColumn;
import dev.landfall.host.jdbc.JdbcQuery;
import dev.landfall.host.jdbc.JdbcRows;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Iterator;
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

  static Audience read(Database database, AudienceRequest request, AudienceSource.Query source) {
    try (JdbcQuery query = JdbcQuery.prepare(source.drivers(), source.request())) {
      query.columnsIfTold().ifPresent(told -> AudienceTable.requireFit(request, columns(told)));
      JdbcRows rows = query.run();
      List<JdbcColumn> wanted = wanted(request, rows.columns());
      database.run(
          wanted.stream()
              .map(c -> Database.name(c.name()) + " " + c.stored())
              .collect(Collectors.joining(", ", "create temp table " + TABLE + " (", ")")));
      Iterator<@Nullable Object[]> values = rows.of(wanted);
      database.append("temp", TABLE, values, QueryReading::append);
      return AudienceTable.write(database, request, TABLE, columns(rows.columns()));
    }
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
