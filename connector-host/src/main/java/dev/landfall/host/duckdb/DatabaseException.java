package dev.landfall.host.duckdb;

import java.sql.SQLException;

/**
 * DuckDB could not do something. Whoever knows what the database is for turns this into a problem
 * with a remedy; DuckDB's own words may quote data, so they are not for messages or logs as they
 * stand.
 */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super(cause.getMessage(), cause);
  }

  /** What sort of error DuckDB calls it ("IO Error"), without the words that may quote data. */
  public String sort() {
    String message = String.valueOf(getMessage());
    int colon = message.indexOf("Error:");
    return colon < 0 || colon > 40 ? "Error" : message.substring(0, colon + "Error".length());
  }

  /** Whether another process holds the file. */
  public boolean isLocked() {
    return String.valueOf(getMessage()).contains("Could not set lock on file");
  }

  /** Whether the disk is full or refuses to be written. */
  public boolean isDisk() {
    String message = String.valueOf(getMessage());
    return message.contains("No space left on device")
        || message.contains("Could not write")
        || message.contains("Permission denied")
        || message.contains("Read-only file system");
  }
}
