package dev.landfall.benchmarks;

import dev.landfall.connector.sync.Row;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** PostgreSQL by its driver alone: COPY, and one INSERT … ON CONFLICT. */
final class BarePostgres implements TableBenchmark.Bare {

  private static final int PORTION = 64 * 1024;

  private final EmbeddedPostgres server;
  private final Connection connection;

  BarePostgres(EmbeddedPostgres server) throws SQLException {
    this.server = server;
    connection = server.getPostgresDatabase().getConnection();
  }

  @Override
  public Map<String, Object> connection() {
    return Map.of(
        "url", "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "user", "postgres");
  }

  @Override
  public void reset(String table, List<Row> rows) throws SQLException {
    run("drop table if exists " + table);
    run("create table " + table + " (" + columns() + ", primary key (event_key))");
    copy(table, rows);
    run("analyze " + table);
    run("checkpoint");
  }

  private static String columns() {
    return TableBenchmark.columns(
        (name, type) ->
            name
                + switch (type) {
                  case INSTANT -> " timestamptz";
                  case INTEGER -> " bigint";
                  default -> " text";
                });
  }

  @Override
  public void upsert(String table, List<Row> rows) throws SQLException {
    connection.setAutoCommit(false);
    run("create temporary table bare_rows (" + columns() + ") on commit drop");
    copy("bare_rows", rows);
    run(
        "insert into "
            + table
            + " select * from bare_rows on conflict (event_key) do update set "
            + TableBenchmark.assignments());
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void copy(String table, List<Row> rows) throws SQLException {
    CopyIn copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      for (int i = 0; i < row.schema().fields().size(); i++) {
        Object value = row.value(i);
        text.append(i == 0 ? "" : "\t").append(value == null ? "\\N" : value);
      }
      text.append('\n');
      if (text.length() > PORTION) {
        send(copy, text);
      }
    }
    send(copy, text);
    copy.endCopy();
  }

  private static void send(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
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
    return "PostgreSQL 14";
  }
}
