package dev.landfall.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB file. Within a process DuckDB opens a file once, for all who ask for it with the same
 * options: so this asks with none, and sets what it needs afterwards.
 */
final class DuckDbDatabase implements Database {

  /** As a part of the memory, how long DuckDB's log may become before it goes into the file. */
  private static final int LOG = 3;

  /** While the last of this process closes the file, it cannot be opened for a moment. */
  private static final int ATTEMPTS = 20;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Path file;
  private final long memoryMegabytes;

  DuckDbDatabase(Path file, long memoryMegabytes) {
    this.file = file;
    this.memoryMegabytes = memoryMegabytes;
  }

  @Override
  public Store connect(boolean mayCreate) throws StoreException {
    if (!mayCreate && !Files.exists(file)) {
      throw StoreException.stop(
          TableProblem.DATABASE_NOT_FOUND.problem("The DuckDB file " + file + " does not exist."));
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return open();
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !DuckDbFailures.mayPass(e)) {
          throw DuckDbFailures.opening(e, file);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private Store open() throws SQLException {
    DuckDBConnection connection =
        (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:" + file, new Properties());
    DuckDbStore store = new DuckDbStore(connection, file);
    boolean done = false;
    try (Statement statement = connection.createStatement()) {
      // What a script or a value says must not fetch code or data from elsewhere, nor write there.
      statement.execute("set enable_external_access = false");
      statement.execute("set memory_limit = '" + memoryMegabytes + "MiB'");
      // Of many batches in a row, the columns are written once and not every 16 MB. Until then the
      // rows lie in the log, and in memory.
      statement.execute("set checkpoint_threshold = '" + memoryMegabytes / LOG + "MiB'");
      done = true;
      return store;
    } finally {
      if (!done) {
        store.close();
      }
    }
  }

  /** Opening a file takes no time that could be cut short. */
  @Override
  public void close() {}
}
