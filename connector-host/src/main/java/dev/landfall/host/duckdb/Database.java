package dev.landfall.host.duckdb;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * One open DuckDB database. Not safe for use by several threads, but for {@link #interrupt}. Every
 * failure is a {@link DatabaseException}: SQL here is the host's own, and what can go wrong is the
 * disk or the file.
 */
public final class Database implements AutoCloseable {

  /** How a database is opened. */
  public record Options(boolean readOnly, long memoryMegabytes, Path temporaryFolder) {}

  /** Reads one row of a result. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Fills one row of an appender. */
  @FunctionalInterface
  public interface RowWriter<T> {
    void write(DuckDBAppender appender, T row) throws SQLException;
  }

  private final DuckDBConnection connection;

  /** What runs now, for {@link #interrupt}. */
  private volatile @Nullable Statement running;

  private Database(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Opens a database file, which is made if it is not there and the options allow writing. */
  public static Database open(Path file, Options options) {
    return connect("jdbc:duckdb:" + file, options);
  }

  /** Opens a database in memory, which spills into the temporary folder. */
  public static Database inMemory(Options options) {
    return connect("jdbc:duckdb:", options);
  }

  private static Database connect(String url, Options options) {
    Properties properties = new Properties();
    properties.setProperty("duckdb.read_only", String.valueOf(options.readOnly()));
    properties.setProperty("memory_limit", options.memoryMegabytes() + "MiB");
    properties.setProperty("temp_directory", options.temporaryFolder().toString());
    // A misspelt function or a URL in a query must not fetch code or data from a far host.
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    try {
      return new Database((DuckDBConnection) new DuckDBDriver().connect(url, properties));
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** The JDBC connection, for what the methods here do not cover. */
  public DuckDBConnection connection() {
    return connection;
  }

  /** Runs statements that give no rows. */
  public void run(String... statements) {
    try (Statement statement = connection.createStatement()) {
      running = statement;
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** Makes a statement that runs in another thread fail; does nothing between two of them. */
  public void interrupt() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // It has ended by itself, and is closed.
        return;
      }
    }
  }

  /** Runs a statement with parameters and gives the number of rows it changed. */
  public long update(String sql, @Nullable Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeLargeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** All rows of a query, each read by the reader. */
  public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** The one row of a query that always gives one. */
  public <T> T one(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    List<T> rows = query(sql, reader, parameters);
    if (rows.size() != 1) {
      throw new IllegalStateException("Expected one row, got " + rows.size());
    }
    return rows.get(0);
  }

  /** Does some work in one transaction; whatever is thrown undoes all of it. */
  public void transaction(Runnable work) {
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        // An appender used before any statement would commit its rows at once.
        statement.execute("select 1");
      }
      work.run();
      connection.commit();
    } catch (SQLException e) {
      abandon(e);
      throw new DatabaseException(e);
    } catch (RuntimeException | Error e) {
      abandon(e);
      throw e;
    }
    endTransaction();
  }

  /** Appends rows to a table of an attached database. */
  public <T> void append(String catalog, String table, List<T> rows, RowWriter<T> writer) {
    append(catalog, table, rows.iterator(), writer);
  }

  /** Appends rows as they come; outside of a transaction, some may stay if a later one fails. */
  public <T> void append(String catalog, String table, Iterator<T> rows, RowWriter<T> writer) {
    try (DuckDBAppender appender = connection.createAppender(catalog, "main", table)) {
      while (rows.hasNext()) {
        T row = rows.next();
        appender.beginRow();
        writer.write(appender, row);
        appender.endRow();
      }
      // Closing alone would swallow a full disk.
      appender.flush();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A text as an SQL literal. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as an SQL identifier. */
  public static String name(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    running = statement;
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** Undoes all of a transaction; what fails in that must not hide why. */
  private void abandon(Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void endTransaction() {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }
}
