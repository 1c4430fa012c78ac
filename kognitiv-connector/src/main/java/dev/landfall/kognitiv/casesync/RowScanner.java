package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.kognitiv.casesync.LineScanner.Scan;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows in lines. Most rows are a line. One whose summaries hold line breaks or pipes is put
 * together where the documented columns leave a single way to do it; what is no row is found too,
 * so that nothing is passed over but headers and blank lines. See {@code docs/decisions/310}.
 */
final class RowScanner {

  /** What was found. */
  enum Found {
    /** A row; its columns are in the fields. */
    ROW,
    /** Something that is no row. */
    MALFORMED,
    /** What may be the beginning of a row in a file that is still being written. */
    UNFINISHED,
    /** A line that is longer than a row may be. */
    TOO_LONG,
    /** The end of the file. */
    END
  }

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final LineScanner scanner;
  private final Header header;
  private final Columns columns;
  private final BooleanSupplier stillWritten;
  private final Fields fields;
  private long lines;
  private int length;
  private boolean foreign;
  private @Nullable Problem problem;

  /**
   * A scanner of rows.
   *
   * @param lines how many lines come before those of the scanner
   * @param stillWritten whether the file may go on where it ends now
   */
  RowScanner(CaseStream stream, LineScanner scanner, long lines, BooleanSupplier stillWritten) {
    this.scanner = scanner;
    this.lines = lines;
    this.stillWritten = stillWritten;
    header = new Header(stream);
    columns = new Columns(stream);
    fields = new Fields(stream.width());
  }

  /** The columns of the row that was found; of anything that was found, its first line. */
  Fields fields() {
    return fields;
  }

  /** Where what was found ends in the scanner's bytes, without the end of its last line. */
  int end() {
    return scanner.mark + length;
  }

  /** Why what was found is no row. */
  Problem problem() {
    if (problem == null) {
      throw new IllegalStateException("A row was found");
    }
    return problem;
  }

  /** Finds the next row, or what is none. */
  Found next() throws IOException {
    Scan scan = scanner.line();
    while (scan == Scan.LINE) {
      fields.line = ++lines;
      length = scanner.lineEnd - scanner.mark;
      int from = behindByteOrderMark();
      if (!isBlank(from)) {
        if (!scanner.terminated && stillWritten.getAsBoolean()) {
          return unfinished();
        }
        boolean starts = Columns.startRow(scanner.bytes, from, scanner.lineEnd);
        Header.Kind kind =
            starts ? Header.Kind.NONE : header.kind(scanner.bytes, from, scanner.lineEnd);
        if (kind != Header.Kind.DOCUMENTED) {
          return starts && !foreign ? row(from - scanner.mark) : noRow(from, kind);
        }
        foreign = false;
      }
      scan = scanner.line();
    }
    fields.line = lines + 1;
    length = 0;
    return scan == Scan.END ? Found.END : Found.TOO_LONG;
  }

  private int behindByteOrderMark() {
    int from = scanner.lineStart;
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (from + i >= scanner.lineEnd || scanner.bytes[from + i] != BYTE_ORDER_MARK[i]) {
        return from;
      }
    }
    return from + BYTE_ORDER_MARK.length;
  }

  private boolean isBlank(int from) {
    return Columns.withoutBlanks(scanner.bytes, from, scanner.lineEnd) == from;
  }

  /** Gives the lines at hand back: they are read again once there is more. */
  private Found unfinished() {
    scanner.next = scanner.mark;
    lines = fields.line - 1;
    length = 0;
    return Found.UNFINISHED;
  }

  private Found noRow(int from, Header.Kind kind) {
    if (kind == Header.Kind.OTHER) {
      foreign = true;
      return malformed(
          CaseSyncProblem.HEADER_UNKNOWN, "The header names other columns than the documented.");
    }
    if (foreign) {
      return malformed(
          CaseSyncProblem.HEADER_UNKNOWN,
          "The line stands under a header that names other columns than the documented.");
    }
    if (scanner.pipes != columns.pipes()) {
      return malformed(
          CaseSyncProblem.LINE_UNKNOWN, "The line does not begin with a case and a timestamp.");
    }
    columns.whole(scanner, from - scanner.mark, fields);
    boolean numbered = fields.digits(0, EventKeys.LONGEST_CASE);
    return malformed(
        CaseSyncProblem.VALUE_MALFORMED,
        numbered
            ? "The column Timestamp holds no moment in the form yyyy-MM-dd HH:mm:ss.fff."
            : "The column CaseId holds no number of a case.");
  }

  private Found malformed(CaseSyncProblem what, String message) {
    problem = what.problem(message);
    return Found.MALFORMED;
  }

  private Found row(int from) throws IOException {
    if (scanner.pipes == columns.pipes()) {
      columns.whole(scanner, from, fields);
      return Found.ROW;
    }
    if (scanner.pipes > columns.pipes()) {
      return columns.withPipes(scanner, from, fields) ? Found.ROW : ambiguous();
    }
    return columns.endsWithinText(scanner.pipes) ? severalLines(from) : tooShort();
  }

  private Found ambiguous() {
    return malformed(
        CaseSyncProblem.TEXT_AMBIGUOUS,
        "The row has more pipes than columns, and which of them belong to its texts is not"
            + " certain.");
  }

  private Found tooShort() {
    return malformed(
        CaseSyncProblem.COLUMNS_MISSING,
        "The row has fewer columns than the documented " + (columns.pipes() + 1) + ".");
  }

  /** The row ends within a text: what follows may be the rest of it. */
  private Found severalLines(int from) throws IOException {
    while (columns.endsWithinText(scanner.pipes)) {
      int before = scanner.pipes;
      int behind = scanner.next - scanner.mark;
      Scan scan = scanner.more();
      if (scan == Scan.END && stillWritten.getAsBoolean()) {
        return unfinished();
      }
      if (scan != Scan.LINE || startsAnother()) {
        scanner.next = scanner.mark + behind;
        scanner.pipes = before;
        return tooShort();
      }
      if (!scanner.terminated && stillWritten.getAsBoolean()) {
        return unfinished();
      }
      lines++;
      length = scanner.lineEnd - scanner.mark;
    }
    return columns.together(scanner, from, fields) ? Found.ROW : ambiguousLines();
  }

  private boolean startsAnother() {
    int from = behindByteOrderMark();
    return Columns.startRow(scanner.bytes, from, scanner.lineEnd)
        || header.kind(scanner.bytes, from, scanner.lineEnd) != Header.Kind.NONE;
  }

  private Found ambiguousLines() {
    return malformed(
        CaseSyncProblem.TEXT_AMBIGUOUS,
        "The lines may be one row with line breaks in its texts, but its columns do not make that"
            + " certain.");
  }
}
