package dev.landfall.table;

import static dev.landfall.connector.outcome.ProblemKind.AUTHENTICATION;
import static dev.landfall.connector.outcome.ProblemKind.CONFIGURATION;
import static dev.landfall.connector.outcome.ProblemKind.INTERNAL;
import static dev.landfall.connector.outcome.ProblemKind.PERMISSION;
import static dev.landfall.connector.outcome.ProblemKind.RECORD;
import static dev.landfall.connector.outcome.ProblemKind.TARGET_NOT_FOUND;
import static dev.landfall.connector.outcome.ProblemKind.UNAVAILABLE;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;

/**
 * Everything that this connector can report: each problem with its kind, its stable code, what it
 * means and what to do about it. No problem is made anywhere else.
 */
public enum TableProblem {
  /** A session was asked for with a mode that tables do not have. */
  MODE_NOT_SUPPORTED(
      CONFIGURATION,
      "table.mode-not-supported",
      "A table takes the modes insert, update, upsert and mirror, and no other.",
      "Choose one of these modes in the sync manifest."),
  /** The database gives no answer. */
  UNREACHABLE(
      UNAVAILABLE,
      "table.unreachable",
      "The database cannot be reached; nothing was written.",
      "Check host and port in \"url\", and that the database is up and lets this machine in; then"
          + " run again."),
  /** The database does not accept user and password. */
  CREDENTIALS_REFUSED(
      AUTHENTICATION,
      "table.credentials-refused",
      "The database refused the user or the password.",
      "Check \"user\" and what \"password\" refers to, and that this user may connect from this"
          + " machine."),
  /** There is no such database. */
  DATABASE_NOT_FOUND(
      CONFIGURATION,
      "table.database-not-found",
      "There is no database where \"url\" says.",
      "Correct \"url\"; a DuckDB file that is not there yet is made with \"createTable\": true."),
  /** What is there is no database that can be opened. */
  DATABASE_UNUSABLE(
      CONFIGURATION,
      "table.database-unusable",
      "The file is no DuckDB database, or cannot be opened as one.",
      "Correct the path in \"url\", or give the user of this process the right to read and write"
          + " the file and its folder."),
  /** Another process has the DuckDB file open. */
  DATABASE_LOCKED(
      UNAVAILABLE,
      "table.database-locked",
      "Another process has the DuckDB file open.",
      "End it (a DuckDB shell, a notebook, another run), then run again: DuckDB lets one process in"
          + " at a time, even for reading."),
  /** This process has the DuckDB file open in another way. */
  DATABASE_IN_USE_HERE(
      UNAVAILABLE,
      "table.database-in-use-here",
      "This process has the DuckDB file open in a way that keeps others out.",
      "Let what embeds Landfall open the file without options of its own, or not while a sync runs."),
  /** The table does not exist. */
  TABLE_NOT_FOUND(
      TARGET_NOT_FOUND,
      "table.not-found",
      "The table does not exist, or this user may not see it.",
      "Correct \"table\", or let it be made with \"createTable\": true."),
  /** The table, or its file, was there and is not any more. */
  TABLE_GONE(
      TARGET_NOT_FOUND,
      "table.gone",
      "The table is not there any more, and earlier runs wrote to it.",
      "Restore it; or run once with --full, which makes it and writes everything again."),
  /** What has the table's name is a view, or something else that rows cannot be written to. */
  NOT_A_TABLE(
      CONFIGURATION,
      "table.not-a-table",
      "What has this name is no table.",
      "Name the table that rows are to be written to, not a view over it."),
  /** The table was not made. */
  NOT_CREATED(
      CONFIGURATION,
      "table.not-created",
      "The table could not be made.",
      "Make the table by hand, or correct the names of the fields."),
  /** Told as a notice: the table was made. */
  CREATED(CONFIGURATION, "table.created", "The table was made.", "Nothing."),
  /** Fields and columns do not fit. */
  COLUMNS_UNFIT(
      CONFIGURATION,
      "table.columns-unfit",
      "The fields do not fit the columns of the table.",
      "Correct the mapping or the source's query, or change the table."),
  /** Told as a notice: uniqueness of the key is in nobody's hands but Landfall's. */
  NO_UNIQUE_INDEX(
      CONFIGURATION,
      "table.no-unique-index",
      "The table has no unique index on just the key: other writers wait while a batch is written.",
      "Make a unique index on the key; batches are faster with it, too."),
  /** The script cannot be used. */
  SCRIPT_UNUSABLE(
      CONFIGURATION,
      "table.script-unusable",
      "The script cannot be read, or holds what cannot be run in one transaction.",
      "Correct the file that \"script\" names: statements in the database's own SQL, in UTF-8, each"
          + " ended by a semicolon, and none that begins or ends a transaction."),
  /** A statement of the script failed. */
  SCRIPT_FAILED(
      CONFIGURATION,
      "table.script-failed",
      "A statement of the script failed; none of it took effect.",
      "Correct the statement. The script runs whenever a sync begins, so each statement has to work"
          + " the second time too."),
  /** The database does not let this user do this. */
  PERMISSION_DENIED(
      PERMISSION,
      "table.permission-denied",
      "The database does not let this user do this.",
      "Grant SELECT, INSERT, UPDATE and DELETE on the table as the mode needs them, and TEMPORARY on"
          + " the database."),
  /** The database takes no writes. */
  READ_ONLY(
      PERMISSION,
      "table.read-only",
      "The database takes no writes: it is a standby, or read-only.",
      "Let \"url\" lead to the primary."),
  /** There is no room left. */
  DISK_FULL(
      UNAVAILABLE,
      "table.disk-full",
      "The database has no room left on its disk.",
      "Free disk space, then run again."),
  /** There is not enough memory. */
  OUT_OF_MEMORY(
      UNAVAILABLE,
      "table.out-of-memory",
      "The database has not enough memory for the batch.",
      "Lower delivery.batchSize, or give more memory (\"memoryMegabytes\" for DuckDB)."),
  /** Somebody else's work was in the way. */
  CONFLICT(
      UNAVAILABLE,
      "table.conflict",
      "Somebody else changed the same records at the same time; nothing of the batch was written.",
      "Nothing: the batch is tried again. If it happens often, run this sync while others do not"
          + " write."),
  /** The table is not what it was when the session was opened. */
  TABLE_CHANGED(
      UNAVAILABLE,
      "table.changed",
      "The table was changed while it was written to; nothing of the batch was written.",
      "Nothing: the batch is tried again, with the table as it is then."),
  /** A batch took too long. */
  TIMED_OUT(
      UNAVAILABLE,
      "table.timed-out",
      "The database did not finish the batch in time; nothing of it was written.",
      "See what the database waits for (a lock, another batch); raise \"totalTimeLimit\", or lower"
          + " delivery.batchSize."),
  /** The connection broke before anything was to last. */
  CONNECTION_LOST(
      UNAVAILABLE,
      "table.connection-lost",
      "The connection to the database broke; nothing of the batch was written.",
      "See whether the database is up, and look at the network to it; the batch is tried again."),
  /** Nobody saw whether the commit was made. */
  COMMIT_UNSEEN(
      UNAVAILABLE,
      "table.commit-unseen",
      "The database did not say whether it committed the batch; it may have been written.",
      "The rows are sent again, which does no harm. If it happens often, look at the network to the"
          + " database."),
  /** The database failed in a way of its own. */
  DATABASE_FAILED(
      UNAVAILABLE,
      "table.database-failed",
      "The database gave up; nothing of the batch was written.",
      "Look into the database's log for the reason, then run again."),
  /** A field of the key has no value. */
  KEY_EMPTY(
      RECORD,
      "table.key-empty",
      "A field of the key has no value; nothing was written.",
      "Give every record its key in the source."),
  /** Two rows of a batch have one key once the column holds it. */
  KEY_TWICE(
      RECORD,
      "table.key-twice",
      "Another row before this one has the same key, as the column holds it; this one was not"
          + " written.",
      "Let the source write a key in one way only (1.5 and 1.50 are one number)."),
  /** A key that is a number in the table, in another spelling than the number's own. */
  KEY_SPELLING(
      RECORD,
      "table.key-spelling",
      "A text of the key is not the one spelling of the number that its column holds; nothing was"
          + " written.",
      "Cast or trim the column in the source's query, so that each key has one spelling (\"7\", not"
          + " \"07\" or \"7.0\")."),
  /** A value that the column cannot hold. */
  VALUE_UNFIT(
      RECORD,
      "table.value-unfit",
      "A value cannot be held by its column without losing something of it.",
      "Correct the value in the source, convert it in the query, or widen the column."),
  /** A constraint of the table refuses the row. */
  ROW_REFUSED(
      RECORD,
      "table.row-refused",
      "The table refuses the row.",
      "Correct the row in the source; see what the table's constraints and triggers ask for."),
  /** The database took the row and did not write it. */
  NOT_WRITTEN(
      RECORD,
      "table.not-written",
      "The database took the row without an error, and did not write it as it is.",
      "See whether a trigger, a rule or row security of the table leaves rows out."),
  /** There is no record to be changed. */
  RECORD_NOT_FOUND(
      RECORD,
      "table.record-not-found",
      "The table holds no record with this key; update makes none.",
      "Use the mode upsert, if such records are to be made."),
  /** The session was closed. */
  SESSION_CLOSED(
      INTERNAL,
      "table.session-closed",
      "The session was closed while records were under way.",
      "Run the sync again: it continues where this one ended."),
  /** A batch that this connector did not declare, or not this session. */
  BATCH_UNUSABLE(
      INTERNAL,
      "table.batch-unusable",
      "The batch holds changes or fields that this session was not opened for.",
      "Report this: the host should have refused it."),
  /** A fault in the connector. */
  INTERNAL_ERROR(
      INTERNAL,
      "table.internal-error",
      "The connector failed on this batch; it may have been written.",
      "Report this with the log.");

  private final ProblemKind kind;
  private final String code;
  private final String meaning;
  private final String remedy;

  TableProblem(ProblemKind kind, String code, String meaning, String remedy) {
    this.kind = kind;
    this.code = code;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /**
   * What sort of thing went wrong.
   *
   * @return the kind
   */
  public ProblemKind kind() {
    return kind;
  }

  /**
   * The stable code.
   *
   * @return a code that starts with {@code table.}
   */
  public String code() {
    return code;
  }

  /**
   * What the problem means.
   *
   * @return one sentence
   */
  public String meaning() {
    return meaning;
  }

  /**
   * What to do about it.
   *
   * @return a sentence or two
   */
  public String remedy() {
    return remedy;
  }

  /** The problem, with its meaning as the message. */
  Problem problem() {
    return problem(meaning);
  }

  /**
   * The problem with a message of its own: never a secret, a record's value or a driver's words.
   */
  Problem problem(String message) {
    return new Problem(kind, code, message, remedy);
  }
}
