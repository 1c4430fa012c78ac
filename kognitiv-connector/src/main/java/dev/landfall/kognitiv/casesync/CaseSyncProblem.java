package dev.landfall.kognitiv.casesync;

import static dev.landfall.connector.outcome.ProblemKind.CONFIGURATION;
import static dev.landfall.connector.outcome.ProblemKind.INTERNAL;
import static dev.landfall.connector.outcome.ProblemKind.PROTOCOL;
import static dev.landfall.connector.outcome.ProblemKind.RECORD;
import static dev.landfall.connector.outcome.ProblemKind.UNAVAILABLE;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;

/**
 * Everything that the Case Sync source can report: what ends a reading, what is kept aside, and
 * notices.
 */
enum CaseSyncProblem {
  STREAM_UNKNOWN(
      CONFIGURATION,
      "kognitiv.case-stream-unknown",
      "Name the stream case_updates or case_entries."),
  CURSOR_UNUSABLE(
      CONFIGURATION,
      "kognitiv.case-cursor-unusable",
      "Read the stream from its beginning; every event keeps its key, so that an upsert takes none"
          + " twice."),
  FOLDER_MISSING(
      CONFIGURATION,
      "kognitiv.case-folder-missing",
      "Correct the folder, which is relative to the manifest, or create it."),
  FOLDER_UNREADABLE(
      UNAVAILABLE,
      "kognitiv.case-folder-unreadable",
      "Make the folder readable for the user that runs Landfall, and run again."),
  TOO_MANY_FILES(
      CONFIGURATION,
      "kognitiv.case-too-many-files",
      "Move files that were loaded long ago into another folder."),
  FILE_OUTSIDE(
      CONFIGURATION,
      "kognitiv.case-file-outside",
      "Put the file itself into the folder in place of the link, or remove the link."),
  FILE_UNREADABLE(
      UNAVAILABLE,
      "kognitiv.case-file-unreadable",
      "Make it a plain file that the user who runs Landfall can read, and run again."),
  FILE_DAMAGED(
      PROTOCOL,
      "kognitiv.case-file-damaged",
      "Have the file delivered again, or move it out of the folder and do without its events."),
  FILE_TOO_LARGE(
      PROTOCOL,
      "kognitiv.case-file-too-large",
      "If the file is right, raise largestFile; if not, move it out of the folder."),
  LINE_TOO_LONG(
      PROTOCOL,
      "kognitiv.case-line-too-long",
      "If the file is right, raise longestRow; if not, move it out of the folder."),
  TOO_MANY_AT_ONCE(
      PROTOCOL,
      "kognitiv.case-too-many-at-once",
      "Look whether the file is right; if not, move it out of the folder."),
  READING_CLOSED(
      INTERNAL,
      "kognitiv.case-reading-closed",
      "Read again from the last cursor: nothing is lost."),

  BYTES_MALFORMED(
      RECORD,
      "kognitiv.case-bytes-malformed",
      "Set charset to the encoding of the files, and the stream is read from its beginning; or have"
          + " the file delivered again."),
  HEADER_UNKNOWN(
      RECORD,
      "kognitiv.case-header-unknown",
      "Compare the header with the documented one; correct the file under the same name, and it is"
          + " read again."),
  LINE_UNKNOWN(
      RECORD,
      "kognitiv.case-line-unknown",
      "Compare it with the lines before; correct the file under the same name, and it is read"
          + " again."),
  COLUMNS_MISSING(
      RECORD,
      "kognitiv.case-columns-missing",
      "Compare it with the lines around; correct the file under the same name, and it is read"
          + " again."),
  TEXT_AMBIGUOUS(
      RECORD,
      "kognitiv.case-text-ambiguous",
      "Take the pipes out of the row's texts; correct the file under the same name, and it is read"
          + " again."),
  VALUE_MALFORMED(
      RECORD,
      "kognitiv.case-value-malformed",
      "Correct the value; correct the file under the same name, and it is read again."),

  CODE_UNKNOWN(
      RECORD,
      "kognitiv.case-code-unknown",
      "Ask Kognitiv what the code means; it is in the rows as it is."),
  CHARSET_CHANGED(RECORD, "kognitiv.case-charset-changed", "Nothing: every event keeps its key."),
  FILE_REPLACED(RECORD, "kognitiv.case-file-replaced", "Nothing: every event keeps its key."),
  FILE_LATE(RECORD, "kognitiv.case-file-late", "Nothing: its events are in the stream."),
  FILE_UNFINISHED(
      RECORD,
      "kognitiv.case-file-unfinished",
      "Nothing at first; if it stays, look what became of the upload."),
  FILE_UNRECOGNISED(
      RECORD,
      "kognitiv.case-file-unrecognised",
      "Rename what should be read, unpack or decrypt it; move the rest away."),
  FILE_GONE(
      RECORD,
      "kognitiv.case-file-gone",
      "Put the file back, and the rest of it is read; let files stay until they are loaded."),
  LINE_CONTINUED(
      RECORD,
      "kognitiv.case-line-continued",
      "Let files arrive under another name and rename them when they are whole, or raise"
          + " quietPeriod."),
  DAYS_MISSING(
      RECORD,
      "kognitiv.case-days-missing",
      "Ask for the days again if something happened on them."),
  BEFORE_HORIZON(
      RECORD,
      "kognitiv.case-before-horizon",
      "Move files that were loaded long ago away; to load them again, read from the beginning.");

  private final ProblemKind kind;
  private final String code;
  private final String remedy;

  CaseSyncProblem(ProblemKind kind, String code, String remedy) {
    this.kind = kind;
    this.code = code;
    this.remedy = remedy;
  }

  String code() {
    return code;
  }

  /** With one sentence of what happened: never a value of a row. */
  Problem problem(String message) {
    return new Problem(kind, code, message, remedy);
  }

  ConnectorException exception(String message) {
    return new ConnectorException(problem(message));
  }
}
