package dev.landfall.host.jdbc;

import dev.landfall.host.HostException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A query in a read-only transaction of its own, which is rolled back in the end. Every failure is
 * a {@link HostException} with a code {@code source.…} that quotes no row and no credential. Not
 * safe for use by several threads, but for {@link #cancel} and {@link #abort}.
 */
public final class JdbcQuery implements AutoCloseable {

  /** What PostgreSQL holds ready at once: wide rows must not fill a small heap. */
  private static final int FETCH_SIZE = 2_000;

  private static final String POSTGRESQL = "jdbc:postgresql:";

  private final Connection connection;
  private final PreparedStatement statement;
  private final AtomicBoolean cancelling = new AtomicBoolean();

  private JdbcQuery(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  /** Connects, and lets the database look at the query without running it. */
  public static JdbcQuery prepare(JdbcDrivers drivers, JdbcRequest request) {
    JdbcQuery query = connect(drivers, request);
    boolean done = false;
    try {
      query.columnsIfTold();
      done = true;
      return query;
    } finally {
      if (!done) {
        query.close();
      }
    }
  }

  /** Connects; what the database says of the query is yet to be asked. */
  public static JdbcQuery connect(JdbcDrivers drivers, JdbcRequest request) {
    OneSelect.require(request.query());
    Connection connection = connect(drivers.forUrl(request.url()), request);
    boolean done = false;
    try {
      connection.setAutoCommit(false);
      makeReadOnly(connection, request.url());
      PreparedStatement statement =
          connection.prepareStatement(
              request.query(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
      statement.setFetchSize(FETCH_SIZE);
      done = true;
      return new JdbcQuery(connection, statement);
    } catch (SQLException e) {
      throw JdbcProblems.preparing(e);
    } finally {
      if (!done) {
        end(connection);
      }
    }
  }

  /** The columns that it will give, where the driver tells before it has run. */
  public Optional<List<JdbcColumn>> columnsIfTold() {
    try {
      ResultSetMetaData told = statement.getMetaData();
      return told == null ? Optional.empty() : Optional.of(columns(told));
    } catch (SQLFeatureNotSupportedException e) {
      return Optional.empty();
    } catch (SQLException e) {
      throw JdbcProblems.preparing(e);
    }
  }

  /** Runs it. Its rows are read as they are asked for. */
  public JdbcRows run() {
    try {
      ResultSet rows = statement.executeQuery();
      return new JdbcRows(rows, columns(rows.getMetaData()));
    } catch (SQLException e) {
      throw JdbcProblems.running(e, 0);
    }
  }

  /**
   * Asks the database to give the query up, from any thread, without waiting for it. What runs in
   * it then fails; between two fetches of rows there is nothing to give up.
   */
  public void cancel() {
    if (cancelling.compareAndSet(false, true)) {
      aside(
          () -> {
            try {
              statement.cancel();
            } finally {
              cancelling.set(false);
            }
          });
    }
  }

  /** Cuts the connection, from any thread, without waiting: for a database that hears no more. */
  public void abort() {
    aside(() -> connection.abort(Runnable::run));
  }

  private interface Asking {
    void ask() throws SQLException;
  }

  /** A driver may need a connection of its own to ask, and wait for that. */
  private static void aside(Asking what) {
    Thread thread =
        new Thread(
            () -> {
              try {
                what.ask();
              } catch (SQLException e) {
                // It is closed already, or cannot be reached; then it is asked again, or aborted.
                return;
              }
            },
            "landfall-query-cancel");
    thread.setDaemon(true);
    thread.start();
  }

  private static Connection connect(Driver driver, JdbcRequest request) {
    Properties properties = new Properties();
    if (request.url().startsWith(DuckDb.SCHEME)) {
      DuckDb.requireThere(request.url());
      properties = DuckDb.properties();
    }
    if (request.user() != null) {
      properties.setProperty("user", request.user());
    }
    if (request.password() != null) {
      properties.setProperty("password", request.password().reveal());
    }
    if (request.url().startsWith(POSTGRESQL)) {
      String seconds = String.valueOf(request.connectTimeLimit().toSeconds());
      properties.setProperty("loginTimeout", seconds);
      properties.setProperty("connectTimeout", seconds);
      // A query may take hours, so that no time limit tells a database that is gone.
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("ApplicationName", "Landfall");
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(driver.getClass().getClassLoader());
    try {
      Connection connection = driver.connect(request.url(), properties);
      if (connection == null) {
        throw JdbcProblems.refusedUrl();
      }
      return connection;
    } catch (SQLException e) {
      throw JdbcProblems.connecting(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void makeReadOnly(Connection connection, String url) throws SQLException {
    try {
      connection.setReadOnly(true);
    } catch (SQLFeatureNotSupportedException e) {
      // What is left is that only a SELECT is run, and that it is rolled back.
      return;
    }
    if (url.startsWith(POSTGRESQL)) {
      // The URL may tell the driver to ignore the above.
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction read only");
        try (ResultSet on = statement.executeQuery("show transaction_read_only")) {
          if (!on.next() || !on.getString(1).equals("on")) {
            throw JdbcProblems.notReadOnly();
          }
        }
      }
    }
  }

  private static List<JdbcColumn> columns(ResultSetMetaData told) throws SQLException {
    List<JdbcColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= told.getColumnCount(); i++) {
      String name = told.getColumnLabel(i);
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw JdbcProblems.query(
            "gives the column \"" + name + "\" twice; name one of them otherwise, with AS");
      }
      columns.add(JdbcColumn.of(name, told.getColumnType(i), told.getColumnTypeName(i)));
    }
    return columns;
  }

  @Override
  public void close() {
    end(connection);
  }

  /** Undoes whatever the query may have done. */
  private static void end(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is gone, and the transaction with it; why, was said before.
    }
  }
}
