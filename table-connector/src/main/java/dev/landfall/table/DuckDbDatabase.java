package dev.landfall.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;

/** A DuckDB file. What a session needs is set once it is open: others may have it open too. */
final class DuckDbDatabase implements Database {

  /** As a part of the memory, how long DuckDB's log may become before it goes into the file. */
  private static final int LOG = 3;

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
    try {
      return open();
    } catch (SQLException e) {
      throw DuckDbFailures.opening(e, file);
    }
  }

  private Store open() throws SQLException {
    OpenFile opened = OpenFile.open(file);
    DuckDbStore store = new DuckDbStore(opened, file);
    boolean done = false;
    try (Statement statement = opened.connection().createStatement()) {
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
