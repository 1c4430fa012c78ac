package dev.landfall.kognitiv.casesync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the columns of a row lie among its pipes.
 *
 * <p>Reference, Case Updates File: the summaries are text that people typed, and nothing is said of
 * cleansing it; around them stand a case, a timestamp, a code, and at the end the member's ids.
 * Case Entry Export: the entry comes last, and its pipes are said to be removed.
 */
final class Columns {

  private static final byte[] OPEN = "OPEN".getBytes(StandardCharsets.US_ASCII);
  private static final int CODE = 3;
  private static final int OPEN_SUMMARY = 8;
  private static final int CLOSE_SUMMARY = 9;
  private static final int MEMBER = UpdateRows.MEMBER;
  private static final int LONGEST_ID = 20;

  /** The no-break space in UTF-8. */
  private static final byte BEFORE_NO_BREAK = (byte) 0xC2;

  private static final byte NO_BREAK = (byte) 0xA0;

  private final CaseStream stream;
  private final int width;

  Columns(CaseStream stream) {
    this.stream = stream;
    width = stream.width();
  }

  /** How many pipes a row has. */
  int pipes() {
    return width - 1;
  }

  /**
   * Where a text ends without the blanks behind it: spaces, tabs, and the no-break spaces that the
   * reference's own example lines end with.
   */
  static int withoutBlanks(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from) {
      byte last = bytes[end - 1];
      if (last == ' ' || last == '\t') {
        end--;
      } else if (last == NO_BREAK && end - from > 1 && bytes[end - 2] == BEFORE_NO_BREAK) {
        end -= 2;
      } else {
        return end;
      }
    }
    return end;
  }

  /** Whether a line begins with a case and what has the shape of a timestamp: only rows do. */
  static boolean startRow(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    int digits = at - from;
    return digits > 0
        && digits <= EventKeys.LONGEST_CASE
        && at < to
        && bytes[at] == '|'
        && Timestamps.shapeAt(bytes, at + 1, to);
  }

  /** Whether a row that ends behind so many pipes ends within a text that people typed. */
  boolean endsWithinText(int pipesBefore) {
    return stream == CaseStream.CASE_UPDATES
        && (pipesBefore == OPEN_SUMMARY || pipesBefore == CLOSE_SUMMARY);
  }

  /** The columns of a row that has as many pipes as it should. */
  void whole(LineScanner scanner, int from, Fields fields) {
    begin(scanner, from, fields);
    for (int column = 0; column < width - 1; column++) {
      cut(fields, column, scanner.mark + scanner.pipe[column]);
    }
    end(scanner, fields);
  }

  /** The columns of a row of several lines; false if they are not certain. */
  boolean together(LineScanner scanner, int from, Fields fields) {
    if (scanner.pipes != pipes()) {
      return false;
    }
    whole(scanner, from, fields);
    fields.severalLines = true;
    return membersIdsAreDigits(fields);
  }

  /**
   * The columns of a row that has more pipes than it should; false if they are not certain.
   *
   * <p>An entry takes all that is behind its type, if that is one. A case that is being opened has
   * no closing text yet, so that all between location and the empty closing text is the opening
   * one; with any other action a pipe may stand in one summary, in the other, or between them.
   */
  boolean withPipes(LineScanner scanner, int from, Fields fields) {
    begin(scanner, from, fields);
    if (stream == CaseStream.CASE_ENTRIES) {
      for (int column = 0; column < width - 1; column++) {
        cut(fields, column, scanner.mark + scanner.pipe[column]);
      }
      end(scanner, fields);
      return stream.knows(fields.slice(CODE, CODE));
    }
    for (int column = 0; column < OPEN_SUMMARY; column++) {
      cut(fields, column, scanner.mark + scanner.pipe[column]);
    }
    int at = scanner.lineEnd;
    for (int column = width - 1; column > OPEN_SUMMARY; column--) {
      at = pipeBefore(scanner.bytes, at);
      cut(fields, column - 1, at);
    }
    end(scanner, fields);
    return Arrays.equals(fields.bytes, fields.from[CODE], fields.to[CODE], OPEN, 0, OPEN.length)
        && fields.empty(CLOSE_SUMMARY)
        && membersIdsAreDigits(fields);
  }

  private static int pipeBefore(byte[] bytes, int to) {
    int at = to - 1;
    while (bytes[at] != '|') {
      at--;
    }
    return at;
  }

  private static boolean membersIdsAreDigits(Fields fields) {
    return fields.digits(MEMBER, LONGEST_ID) && fields.digits(MEMBER + 1, LONGEST_ID);
  }

  private static void begin(LineScanner scanner, int from, Fields fields) {
    fields.bytes = scanner.bytes;
    fields.ascii = scanner.ascii;
    fields.severalLines = false;
    fields.from[0] = scanner.mark + from;
  }

  private static void cut(Fields fields, int column, int pipe) {
    fields.to[column] = pipe;
    fields.from[column + 1] = pipe + 1;
  }

  /** Reference, examples: lines end with blanks that belong to no value. */
  private void end(LineScanner scanner, Fields fields) {
    int last = width - 1;
    fields.to[last] = withoutBlanks(scanner.bytes, fields.from[last], scanner.lineEnd);
  }
}
