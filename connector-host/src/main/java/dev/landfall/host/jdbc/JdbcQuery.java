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
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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
  private final JdbcRequest request;
  private final AtomicBoolean cancelling = new AtomicBoolean();
  private volatile @Nullable PreparedStatement statement;
  private boolean begun;

  private JdbcQuery(Connection connection, JdbcRequest request) {
    this.connection = connection;
    this.request = request;
  }

  /**
   * Connects, within the request's time limit where the driver is told of it; of the query the
   * database hears nothing yet.
   */
  public static JdbcQuery connect(JdbcDrivers drivers, JdbcRequest request) {
    OneSelect.require(request.query());
    return new JdbcQuery(connect(drivers.forUrl(request.url()), request), request);
  }

  /**
   * Begins the transaction, and lets the database look at the query without running it.
   *
   * @return the columns that it will give, where the driver tells before it has run
   */
  public Optional<List<JdbcColumn>> prepare() {
    try {
      connection.setAutoCommit(false);
      begun = true;
      makeReadOnly(connection, request.url());
      PreparedStatement prepared =
          connection.prepareStatement(
              request.query(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
      statement = prepared;
      prepared.setFetchSize(FETCH_SIZE);
      return columnsIfTold(prepared);
    } catch (SQLException e) {
      throw JdbcProblems.preparing(e);
    }
  }

  private static Optional<List<JdbcColumn>> columnsIfTold(PreparedStatement prepared)
      throws SQLException {
    try {
      ResultSetMetaData told = prepared.getMetaData();
      return told == null ? Optional.empty() : Optional.of(columns(told));
    } catch (SQLFeatureNotSupportedException e) {
      return Optional.empty();
    }
  }

  /** Runs it, once it was prepared. Its rows are read as they are asked for. */
  public JdbcRows run() {
    try {
      ResultSet rows = Objects.requireNonNull(statement, "not prepared").executeQuery();
      return new JdbcRows(rows, columns(rows.getMetaData()));
    } catch (SQLException e) {
      throw JdbcProblems.running(e, 0);
    }
  }

  /**
   * Asks the database to give the query up, from any thread, without waiting for it. What runs in
   * it then fails; before it was prepared, and between two fetches of rows, there is nothing to
   * give up.
   */
  public void cancel() {
    PreparedStatement prepared = statement;
    if (prepared != null && cancelling.compareAndSet(false, true)) {
      aside(
          () -> {
            try {
              prepared.cancel();
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

  /** Undoes whatever the query may have done, and hangs up; may be called again. */
  @Override
  public void close() {
    try (connection) {
      if (begun) {
        begun = false;
        connection.rollback();
      }
    } catch (SQLException e) {
      // The connection is gone, and with it the transaction, of which nothing was to stay.
      return;
    }
  }
}
