package dev.landfall.host.jdbc;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.DatabaseException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What can be wrong with a query over JDBC. No exception here has a cause: what drivers say may
 * quote rows, addresses and credentials.
 */
final class JdbcProblems {

  private static final int LONGEST = 300;
  private static final String NOTHING = " Nothing was planned or sent.";

  private JdbcProblems() {}

  static HostException noDriver(String url, Path folder, List<Path> broken) {
    String scheme = url.replaceAll("(?s)^(jdbc:[A-Za-z0-9+.-]{1,40}:).*|.*", "$1");
    return HostException.configuration(
        "source.driver-missing",
        "No JDBC driver in "
            + folder
            + " takes a URL that begins with "
            + (scheme.isEmpty() ? "what the source's does" : scheme)
            + (broken.isEmpty()
                ? "."
                : "; of those there, "
                    + broken.stream()
                        .map(b -> String.valueOf(b.getFileName()))
                        .collect(Collectors.joining(", "))
                    + " cannot be loaded."),
        "Put the driver's jar there (or a folder with it and its libraries), or correct the"
            + " source's \"url\".");
  }

  static HostException unreadable(Path folder) {
    return HostException.configuration(
        "source.driver-missing",
        "The folder of JDBC drivers, " + folder + ", cannot be read.",
        "Give the user of this process the right to read it, or name another with --drivers.");
  }

  static HostException query(String what) {
    return HostException.configuration(
        "source.query",
        "The source's query " + what + ".",
        "Correct the query: one SELECT in the database's own SQL.");
  }

  static HostException into() {
    return HostException.configuration(
        "source.query-writes",
        "The source's query would write: it has INTO.",
        "Leave out what writes, such as nextval, INSERT, INTO or FOR UPDATE.");
  }

  static HostException reaching(String function) {
    return HostException.configuration(
        "source.query-reaches",
        "The source's query calls " + function + ", which reaches beyond the database.",
        "Let the query read tables and views alone; bring what else it needs into a table first.");
  }

  static HostException value(JdbcColumn column, long row) {
    return HostException.configuration(
        "source.value",
        String.format(
            Locale.ROOT,
            "Row %,d of the query has a value in the column \"%s\" that has no text.",
            row,
            column.name()),
        "Turn the column into text in the query.");
  }

  static HostException notReadOnly() {
    return HostException.configuration(
        "source.query-writes",
        "The database did not begin a read-only transaction, so that the query might write.",
        "Leave what changes transactions out of the source's \"url\".");
  }

  /** A driver that answered its own URL with nothing. */
  static HostException refusedUrl() {
    return HostException.configuration(
        "source.unreachable",
        "The JDBC driver does not understand the source's \"url\".",
        "Correct it; it looks like jdbc:postgresql://host:5432/db.");
  }

  static HostException connecting(SQLException e) {
    String state = state(e);
    String words = String.valueOf(e.getMessage());
    if (words.contains("Could not set lock on file")
        || words.contains("with a different configuration")) {
      return problem(
          ProblemKind.UNAVAILABLE,
          "source.locked",
          "The source's DuckDB file is open for writing elsewhere.",
          "Run again once the sync or program that writes it has ended.");
    }
    if (state.startsWith("28") || state.equals("08004")) {
      return problem(
          ProblemKind.AUTHENTICATION,
          "source.credentials",
          "The database refused the source's user or password" + in(state) + ".",
          "Check \"user\" and what \"password\" refers to, and that this user may connect from"
              + " this machine.");
    }
    if (state.startsWith("3D")) {
      return problem(
          ProblemKind.CONFIGURATION,
          "source.database-missing",
          "The server has no database of the name in the source's \"url\"" + in(state) + ".",
          "Correct the name of the database.");
    }
    return problem(
        ProblemKind.UNAVAILABLE,
        "source.unreachable",
        "The source's database cannot be reached" + in(state) + ".",
        "Check host and port in the source's \"url\", and that the database is up and lets this"
            + " machine in; then run again.");
  }

  /** A query that was looked at and not yet run: what is said speaks of its words alone. */
  static HostException preparing(SQLException e) {
    String state = state(e);
    Optional<String> ofDuckDb = DatabaseException.ofTheText(String.valueOf(e.getMessage()));
    if (state.isEmpty() && ofDuckDb.isPresent()) {
      return query("cannot be run: " + ofDuckDb.get());
    }
    boolean ofItsWords = state.startsWith("42") && !state.equals("42501");
    return ofItsWords
        ? query("cannot be run: " + firstLine(e.getMessage()) + in(state))
        : running(e, 0);
  }

  /** A query that was running. What is said may quote the data. */
  static HostException running(SQLException e, long rows) {
    String state = state(e);
    String after = String.format(Locale.ROOT, " after %,d rows", rows) + in(state) + ".";
    if (state.startsWith("25")) {
      return problem(
          ProblemKind.CONFIGURATION,
          "source.query-writes",
          "The source's query would write, and the database refused that" + in(state) + ".",
          "Leave out what writes, such as nextval, INSERT, INTO or FOR UPDATE.");
    }
    if (state.equals("42501")) {
      return problem(
          ProblemKind.PERMISSION,
          "source.permission",
          "The source's user may not read all that the query names" + in(state) + ".",
          "Grant the user SELECT on it.");
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return problem(
          ProblemKind.UNAVAILABLE,
          "source.unreachable",
          "The connection to the source's database was lost" + after + NOTHING,
          "Run again once the database is up.");
    }
    if (state.startsWith("22")) {
      return problem(
          ProblemKind.CONFIGURATION,
          "source.query-failed",
          "The source's query failed on a value in the data" + after + NOTHING,
          "Make the query take every row (a division, a cast, a length); the database's log tells"
              + " which value it was.");
    }
    return problem(
        ProblemKind.UNAVAILABLE,
        "source.query-failed",
        "The source's query failed" + after + NOTHING,
        "Look into the database's log for the reason, and run again.");
  }

  private static HostException problem(
      ProblemKind kind, String code, String message, String remedy) {
    return new HostException(new Problem(kind, code, message, remedy));
  }

  private static String in(String state) {
    return state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
  }

  /** The first SQLSTATE in a chain; empty if none has one. */
  private static String state(SQLException e) {
    for (SQLException one = e; one != null; one = one.getNextException()) {
      String state = one.getSQLState();
      if (state != null && state.matches("[0-9A-Z]{5}")) {
        return state;
      }
    }
    return "";
  }

  private static String firstLine(@Nullable String message) {
    String line = String.valueOf(message).lines().findFirst().orElse("").strip();
    String whole = line.replaceAll("^ERROR: ", "").replaceAll("[.\\s]+$", "");
    return whole.length() > LONGEST ? whole.substring(0, LONGEST) + "…" : whole;
  }
}
