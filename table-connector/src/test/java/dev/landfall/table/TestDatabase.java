package dev.landfall.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A real database in the hands of a test, past the connector. */
public abstract class TestDatabase implements AutoCloseable {

  /** The raw settings that lead a connector here. */
  public abstract Map<String, Object> connection();

  /** Another connection to it. */
  public abstract Connection connect() throws SQLException;

  /** Runs statements, each by itself. */
  final void run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement for each of some numbers, over one connection. */
  final void runEach(int from, int to, IntFunction<String> sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (int i = from; i < to; i++) {
        statement.execute(sql.apply(i));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows of a query, their values as texts, with bars between them. */
  final List<String> rows(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        all.add(String.join("|", values));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one value of a query. */
  final String value(String sql) {
    return rows(sql).get(0);
  }

  @Override
  public void close() {}
}
