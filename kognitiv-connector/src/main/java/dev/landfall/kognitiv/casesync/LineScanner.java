package dev.landfall.kognitiv.casesync;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Takes a file apart into lines, and finds the pipes in them, in a buffer that holds no more than
 * the row at hand. A row begins at {@link #mark}; {@link #line} begins another one with the next
 * line, {@link #more} adds the next line to the one at hand.
 */
final class LineScanner {

  /** What a line begins and ends with, or why there is none. */
  enum Scan {
    LINE,
    END,
    TOO_LONG
  }

  /** No row has as many pipes; where those stand that are too many is looked for later. */
  static final int PIPES = 16;

  private static final int BUFFER = 1 << 17;

  /** The bytes; what was read of them moves to the front whenever more are needed. */
  byte[] bytes = new byte[BUFFER];

  /** Where the row at hand begins. */
  int mark;

  /** Where the line begins that was scanned last. */
  int lineStart;

  /** Where that line ends, without what ends it. */
  int lineEnd;

  /** Where the line after it begins. */
  int next;

  /** How many pipes stand between mark and the end of the line. */
  int pipes;

  /** Where the first of them stand, counted from mark. */
  final int[] pipe = new int[PIPES];

  /** Whether all bytes between mark and the end of the line are ASCII. */
  boolean ascii;

  /** Whether the line has an end; only the last of a file may have none. */
  boolean terminated;

  private final InputStream in;
  private final Content content;
  private final int longest;
  private final Fingerprint fingerprint;
  private int limit;
  private long base;
  private boolean ended;

  LineScanner(InputStream in, Content content, int longest, Fingerprint fingerprint) {
    this.in = in;
    this.content = content;
    this.longest = longest;
    this.fingerprint = fingerprint;
  }

  /** The place in the file of a place in the buffer. */
  long offset(int index) {
    return base + index;
  }

  /** The place in the buffer of a place in the file that is not behind the row at hand. */
  int index(long offset) {
    return (int) (offset - base);
  }

  /** Whether the file was read as far as a place in it. */
  boolean reached(long offset) {
    return base + limit >= offset;
  }

  /** Passes over what comes before a place in the file; false if the file ends before it. */
  boolean skipTo(long offset) throws IOException {
    while (base + limit < offset) {
      mark = limit;
      if (!fill()) {
        return false;
      }
    }
    next = index(offset);
    mark = next;
    return true;
  }

  /** Digests what comes before a place in the file, where that was not done. */
  void digestTo(long offset) {
    int from = index(fingerprint.length());
    fingerprint.update(bytes, from, Math.max(0, index(offset) - from));
  }

  Scan line() throws IOException {
    mark = next;
    pipes = 0;
    ascii = true;
    return scan();
  }

  /** On END or TOO_LONG the row at hand stays as it was. */
  Scan more() throws IOException {
    return scan();
  }

  private Scan scan() throws IOException {
    int at = next;
    int start = at - mark;
    int count = pipes;
    int all = 0;
    boolean found = false;
    while (!found) {
      if (at == limit) {
        int done = at - mark;
        if (done > longest) {
          return Scan.TOO_LONG;
        }
        boolean more = fill();
        at = mark + done;
        if (!more) {
          break;
        }
      }
      byte[] b = bytes;
      int until = Math.min(limit, mark + longest + 1);
      if (at == until) {
        return Scan.TOO_LONG;
      }
      while (at < until) {
        byte one = b[at++];
        all |= one;
        if (one == '|') {
          if (count < PIPES) {
            pipe[count] = at - 1 - mark;
          }
          count++;
        } else if (one == '\n') {
          found = true;
          break;
        }
      }
    }
    if (!found && at == mark + start) {
      return Scan.END;
    }
    lineStart = mark + start;
    next = at;
    terminated = found;
    lineEnd = found ? at - 1 : at;
    if (found && lineEnd > lineStart && bytes[lineEnd - 1] == '\r') {
      lineEnd--;
    }
    pipes = count;
    ascii &= all >= 0;
    return Scan.LINE;
  }

  /** Keeps what begins at mark, and reads on behind it; false at the end of the file. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    content.requireOpen();
    digestTo(base + mark);
    System.arraycopy(bytes, mark, bytes, 0, limit - mark);
    base += mark;
    lineStart -= mark;
    lineEnd -= mark;
    next -= mark;
    limit -= mark;
    mark = 0;
    if (limit == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    int read = in.read(bytes, limit, bytes.length - limit);
    ended = read < 0;
    limit += Math.max(0, read);
    return !ended;
  }
}
