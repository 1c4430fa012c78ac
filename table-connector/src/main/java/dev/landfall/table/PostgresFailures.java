package dev.landfall.table;

import dev.landfall.connector.outcome.Problem;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What PostgreSQL's errors mean. Of what it says, the SQLSTATE and the names of constraint and
 * column are used alone: its sentences quote rows.
 */
final class PostgresFailures {

  private PostgresFailures() {}

  /** Nobody was let in. */
  static StoreException connecting(SQLException e) {
    String state = state(e);
    if (state.startsWith("28") || state.equals("08004")) {
      return StoreException.stop(
          TableProblem.CREDENTIALS_REFUSED.problem(
              "The database refused the user or the password" + in(state) + "."));
    }
    if (state.startsWith("3D")) {
      return StoreException.stop(
          TableProblem.DATABASE_NOT_FOUND.problem(
              "The server has no database of the name in \"url\"" + in(state) + "."));
    }
    if (state.equals("42501")) {
      return StoreException.stop(
          TableProblem.PERMISSION_DENIED.problem(
              "This user may not connect to the database" + in(state) + "."));
    }
    return StoreException.againAnew(
        TableProblem.UNREACHABLE.problem(
            "The database cannot be reached" + in(state) + "; nothing was written."));
  }

  /** Something failed before its commit was asked for, so that it is undone for certain. */
  static StoreException running(SQLException e, String table) {
    String state = state(e);
    return switch (state) {
      case "40001", "40P01", "55P03" ->
          StoreException.again(
              TableProblem.CONFLICT.problem(
                  "Somebody else changed or locked the same records at the same time"
                      + in(state)
                      + "; nothing of the batch was written."));
      case "57014" ->
          StoreException.again(
              TableProblem.TIMED_OUT.problem(
                  "The batch was cancelled in the database, by its time limit or by somebody"
                      + in(state)
                      + "; nothing of it was written."));
      case "42501" ->
          StoreException.stop(
              TableProblem.PERMISSION_DENIED.problem(
                  "The database does not let this user do this to " + table + in(state) + "."));
      case "25006" -> StoreException.stop(TableProblem.READ_ONLY.problem());
      case "42P01", "3F000" ->
          StoreException.stop(
              TableProblem.TABLE_NOT_FOUND.problem(
                  "The table " + table + " does not exist any more" + in(state) + "."));
      case "42703", "42P10", "0A000", "42804", "42846", "42704" ->
          StoreException.againAnew(TableProblem.TABLE_CHANGED.problem());
      case "53100" -> StoreException.stop(TableProblem.DISK_FULL.problem());
      case "53200" -> StoreException.stop(TableProblem.OUT_OF_MEMORY.problem());
      case "21000", "44000", "54000", "P0001" -> StoreException.ofRow(refused(e));
      default -> byClass(e, state);
    };
  }

  /** A statement of the script failed; not always is the statement itself to blame. */
  static StoreException scripting(SQLException e, String statement) {
    String state = state(e);
    String undone = in(state) + "; none of the script took effect.";
    return switch (state) {
      case "40001", "40P01", "55P03" ->
          StoreException.again(
              TableProblem.CONFLICT.problem(
                  statement + " met somebody else's lock or changes" + undone));
      case "57014" ->
          StoreException.again(
              TableProblem.TIMED_OUT.problem(
                  statement
                      + " was cancelled in the database, by its time limit or by somebody"
                      + undone));
      default ->
          state.startsWith("08") || state.startsWith("57P")
              ? StoreException.againAnew(
                  TableProblem.CONNECTION_LOST.problem(
                      "The connection to the database broke in "
                          + Character.toLowerCase(statement.charAt(0))
                          + statement.substring(1)
                          + undone))
              : StoreException.stop(
                  TableProblem.SCRIPT_FAILED.problem(statement + " failed" + undone));
    };
  }

  private static StoreException byClass(SQLException e, String state) {
    if (state.startsWith("22") || state.startsWith("23")) {
      return StoreException.ofRow(refused(e));
    }
    if (state.isEmpty() || state.startsWith("08") || state.startsWith("57P")) {
      return StoreException.againAnew(
          TableProblem.CONNECTION_LOST.problem(
              "The connection to the database broke" + in(state) + "; nothing was written."));
    }
    return StoreException.stop(
        TableProblem.DATABASE_FAILED.problem(
            "The database gave up" + in(state) + "; nothing of the batch was written."));
  }

  /**
   * A commit was asked for. What the server itself refused in a sentence of its own is undone;
   * after that the connection still stands.
   */
  static StoreException committing(SQLException e, String table) {
    StoreException failure = running(e, table);
    String state = state(e);
    boolean refused = state.startsWith("40") || state.startsWith("23") || state.startsWith("53");
    if (!refused) {
      return failure.asCommit();
    }
    return failure.fate() == StoreException.Fate.ROW
        ? StoreException.stop(
            TableProblem.DATABASE_FAILED.problem(
                "The database refused to commit the batch"
                    + in(state)
                    + "; nothing of it was"
                    + " written."))
        : failure;
  }

  private static Problem refused(SQLException e) {
    String state = state(e);
    Optional<String> constraint = part(e, ServerErrorMessage::getConstraint);
    Optional<String> column = part(e, ServerErrorMessage::getColumn);
    String what =
        switch (state) {
          case "23505" -> "another record has the same value where it must be unique";
          case "23503" -> "a foreign key leads nowhere, or other records still lead here";
          case "23514" -> "a CHECK constraint does not hold";
          case "23502" -> "a column that must not be empty would be";
          case "P0001" -> "a trigger does";
          case "44000" -> "the view's own condition does not hold";
          case "54000" -> "it is too large for an index";
          default ->
              state.startsWith("22") ? "a value cannot be held" : "a constraint does not hold";
        };
    return TableProblem.ROW_REFUSED.problem(
        "The table refuses the row: "
            + what
            + constraint.map(c -> ", constraint \"" + c + "\"").orElse("")
            + column.map(c -> ", column \"" + c + "\"").orElse("")
            + in(state)
            + ".");
  }

  private static Optional<String> part(
      SQLException e, Function<ServerErrorMessage, @Nullable String> of) {
    return e instanceof PSQLException failure && failure.getServerErrorMessage() != null
        ? Optional.ofNullable(of.apply(failure.getServerErrorMessage()))
        : Optional.empty();
  }

  /** The SQLSTATE in brackets, for the middle of a sentence; empty if there is none. */
  static String in(SQLException e) {
    return in(state(e));
  }

  private static String in(String state) {
    return state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
  }

  /** The SQLSTATE; empty if there is none. */
  static String state(SQLException e) {
    String state = e.getSQLState();
    return state != null && state.matches("[0-9A-Z]{5}") ? state : "";
  }
}
