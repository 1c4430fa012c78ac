package dev.landfall.table;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * One connection to a DuckDB file. Within a process DuckDB opens a file once, for all who ask for
 * it with the same options: so this asks with none. Whoever opens it while the last of the others
 * closes it may end with a file that nobody else can open (seen with DuckDB 2.0.0: "already
 * attached", for as long as that connection lives); so both happen one after another. May be opened
 * and closed from any thread.
 */
public final class OpenFile implements AutoCloseable {

  private final DuckDBConnection connection;
  private final Object turn;

  private OpenFile(DuckDBConnection connection, Object turn) {
    this.connection = connection;
    this.turn = turn;
  }

  /**
   * Opens a file; one that is not there is made.
   *
   * @throws SQLException if DuckDB refuses it
   */
  public static OpenFile open(Path file) throws SQLException {
    // One object for each file in the whole process: a sandbox has a class loader of its own, and
    // with it another copy of this class.
    Object turn = (OpenFile.class.getName() + " " + file.toAbsolutePath().normalize()).intern();
    synchronized (turn) {
      return new OpenFile(
          (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:" + file, new Properties()),
          turn);
    }
  }

  /** The connection; not to be closed but by {@link #close}. */
  public DuckDBConnection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    synchronized (turn) {
      connection.close();
    }
  }
}
