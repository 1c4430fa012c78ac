package dev.landfall.testkit.record;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;

/** All that can go wrong, in words that never quote a value. */
final class TableProblems {

  static final Problem MODE =
      problem(
          ProblemKind.CONFIGURATION,
          "mode",
          "Tables have no such mode.",
          "Choose insert, update, upsert or mirror.");

  static final Problem COLUMN =
      problem(
          ProblemKind.CONFIGURATION,
          "column",
          "The table has not all of the columns that are to be written.",
          "Map what the table has, or add the column to it.");

  static final Problem NO_TABLE =
      problem(
          ProblemKind.TARGET_NOT_FOUND,
          "no-table",
          "The table does not exist.",
          "Correct the setting table, or make the table.");

  static final Problem GONE =
      problem(
          ProblemKind.TARGET_NOT_FOUND,
          "gone",
          "The table is not there any more.",
          "Restore it, or send everything again.");

  static final Problem NO_KEY =
      problem(
          ProblemKind.RECORD,
          "no-key",
          "A field of the key has no value.",
          "Give it one, or leave the row out.");

  static final Problem UNFIT =
      problem(
          ProblemKind.RECORD,
          "unfit",
          "A value does not fit its column.",
          "Correct the value, or leave the row out.");

  static final Problem NOT_THERE =
      problem(
          ProblemKind.RECORD,
          "not-there",
          "There is no record with this key.",
          "Insert it, or choose the mode upsert.");

  static final Problem NOT_READ =
      problem(
          ProblemKind.UNAVAILABLE,
          "not-read",
          "The table cannot be read.",
          "Look at the disk, and run again.");

  static final Problem NOT_WRITTEN =
      problem(
          ProblemKind.UNAVAILABLE,
          "not-written",
          "The table may not have been written.",
          "Look at the disk, and run again.");

  private TableProblems() {}

  private static Problem problem(ProblemKind kind, String code, String message, String remedy) {
    return new Problem(kind, "golden-table." + code, message, remedy);
  }
}
