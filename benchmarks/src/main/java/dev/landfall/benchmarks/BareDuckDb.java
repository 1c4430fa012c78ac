package dev.landfall.benchmarks;

import dev.landfall.connector.sync.Row;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** DuckDB by its driver alone: the appender, and one INSERT … ON CONFLICT. */
final class BareDuckDb implements TableBenchmark.Bare {

  private final Path file;
  private final DuckDBConnection connection;

  BareDuckDb(Path file) throws SQLException {
    this.file = file;
    connection =
        (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:" + file, new Properties());
    // What the connector sets too.
    run("set memory_limit = '384MiB'");
  }

  @Override
  public Map<String, Object> connection() {
    return Map.of("url", "jdbc:duckdb:" + file);
  }

  @Override
  public void reset(String table, List<Row> rows) throws SQLException {
    run("drop table if exists " + table);
    run("create table " + table + " (" + columns() + ", primary key (event_key))");
    append(connection.getCatalog(), table, rows);
    run("checkpoint");
  }

  private static String columns() {
    return TableBenchmark.columns(
        (name, type) ->
            name
                + switch (type) {
                  case INSTANT -> " timestamptz";
                  case INTEGER -> " bigint";
                  default -> " varchar";
                });
  }

  @Override
  public void upsert(String table, List<Row> rows) throws SQLException {
    run("create or replace temp table bare_rows (" + columns() + ")");
    append("temp", "bare_rows", rows);
    run(
        "insert into "
            + table
            + " select * from bare_rows on conflict (event_key) do update set "
            + TableBenchmark.assignments());
  }

  private void append(String catalog, String table, List<Row> rows) throws SQLException {
    try (DuckDBAppender appender = connection.createAppender(catalog, "main", table)) {
      for (Row row : rows) {
        appender.beginRow();
        for (int i = 0; i < row.schema().fields().size(); i++) {
          Object value = row.value(i);
          if (value == null) {
            appender.appendNull();
          } else if (value instanceof Instant moment) {
            appender.append(moment.atOffset(ZoneOffset.UTC));
          } else if (value instanceof Long number) {
            appender.append(number.longValue());
          } else {
            appender.append((String) value);
          }
        }
        appender.endRow();
      }
      appender.flush();
    }
  }

  @Override
  public long count(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  @Override
  public String toString() {
    return "DuckDB";
  }
}
