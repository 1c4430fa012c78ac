package dev.landfall.table;

import dev.landfall.connector.outcome.Problem;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DuckDB's errors mean. They have no codes; the words before the colon tell the kind, and what
 * follows may quote rows.
 */
final class DuckDbFailures {

  private static final Pattern KIND = Pattern.compile("^([A-Za-z ]{1,40}) Error:");
  private static final String NO_ROOM = "No space left on device";

  /** What others did meanwhile, as a commit finds it out. */
  private static final Pattern COMPARED =
      Pattern.compile("Failed to commit: [^\"]*([Cc]onflict|constraint)");

  private static final Pattern DUPLICATE = Pattern.compile("Duplicate key \"(.*)", Pattern.DOTALL);

  /** Others of this process opened it while it was being closed, or under another name. */
  private static final String ATTACHED = "is already attached by database";

  private DuckDbFailures() {}

  /** The file could not be opened. */
  static StoreException opening(SQLException e, Path file) {
    String message = message(e);
    if (message.contains("Could not set lock on file")) {
      return StoreException.againAnew(
          TableProblem.DATABASE_LOCKED.problem(
              "Another process has the DuckDB file " + file + " open."));
    }
    if (message.contains("different configuration") || message.contains(ATTACHED)) {
      return StoreException.againAnew(
          TableProblem.DATABASE_IN_USE_HERE.problem(
              "This process has the DuckDB file "
                  + file
                  + " open in a way that keeps others out."));
    }
    if (message.contains(NO_ROOM)) {
      return StoreException.stop(TableProblem.DISK_FULL.problem());
    }
    String why =
        message.contains("not a valid DuckDB database file")
            ? "is no DuckDB database"
            : message.contains("No such file or directory")
                ? "cannot be made: its folder does not exist"
                : message.contains("Permission denied") || message.contains("Read-only file system")
                    ? "may not be written by the user of this process"
                    : message.contains("Is a directory")
                        ? "is a folder"
                        : "cannot be opened as a DuckDB database";
    return StoreException.stop(
        TableProblem.DATABASE_UNUSABLE.problem("The file " + file + " " + why + "."));
  }

  /** Something failed while rows were written, or before. */
  static StoreException running(SQLException e, Table table) {
    String message = message(e);
    if (message.contains(NO_ROOM)) {
      return StoreException.stop(TableProblem.DISK_FULL.problem());
    }
    return switch (kind(message)) {
      case "Constraint" -> StoreException.ofRow(refused(message, table));
      case "Conversion", "Out of Range", "Invalid Input" ->
          StoreException.ofRow(TableProblem.ROW_REFUSED.problem());
      case "TransactionContext" -> StoreException.again(TableProblem.CONFLICT.problem());
      case "INTERRUPT" -> StoreException.againAnew(TableProblem.TIMED_OUT.problem());
      case "Catalog", "Binder" -> StoreException.againAnew(TableProblem.TABLE_CHANGED.problem());
      case "Out of Memory" -> StoreException.stop(TableProblem.OUT_OF_MEMORY.problem());
      default ->
          StoreException.stop(
              TableProblem.DATABASE_FAILED.problem(
                  "DuckDB gave up ("
                      + kind(message)
                      + " Error); nothing of the batch was written."));
    };
  }

  /**
   * A commit failed. What DuckDB compares at that moment undoes it for certain; a disk that could
   * not be written does not.
   */
  static StoreException committing(SQLException e, Table table) {
    return COMPARED.matcher(message(e)).find()
        ? StoreException.againAnew(TableProblem.CONFLICT.problem())
        : running(e, table).asCommit();
  }

  /** Which constraint refused a row; what of the message is repeated are names of the table's. */
  private static Problem refused(String message, Table table) {
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.find()) {
      return table.uniques().stream()
          .filter(u -> u.columns().stream().anyMatch(c -> duplicate.group(1).startsWith(c + ": ")))
          .findFirst()
          .map(u -> refused("another record has the same " + words(u.columns())))
          .orElseGet(() -> refused("another record has the same value where it must be unique"));
    }
    if (message.contains("CHECK constraint")) {
      return refused("a CHECK constraint does not hold");
    }
    if (message.contains("foreign key")) {
      return refused("a foreign key leads nowhere, or other records still lead here");
    }
    if (message.contains("NOT NULL")) {
      return refused("a column that must not be empty would be");
    }
    return TableProblem.ROW_REFUSED.problem();
  }

  private static Problem refused(String why) {
    return TableProblem.ROW_REFUSED.problem("The table refuses the row: " + why + ".");
  }

  private static String words(Iterable<String> columns) {
    return "\"" + String.join("\", \"", columns) + "\"";
  }

  /** DuckDB's words for the kind of error; never data. */
  static String kind(SQLException e) {
    return kind(message(e)) + " Error";
  }

  private static String kind(String message) {
    Matcher matcher = KIND.matcher(message);
    return matcher.find() ? matcher.group(1) : "unknown";
  }

  private static String message(SQLException e) {
    return String.valueOf(e.getMessage());
  }
}
