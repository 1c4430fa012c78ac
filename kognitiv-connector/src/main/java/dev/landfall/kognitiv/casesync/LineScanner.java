package dev.landfall.kognitiv.casesync;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long HIGH_BITS = ~LOW_BITS;
  private static final long EIGHT_PIPES = 0x0101010101010101L * '|';
  private static final long EIGHT_ENDS = 0x0101010101010101L * '\n';

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
    int start = next - mark;
    int at = next;
    terminated = false;
    while (!terminated) {
      if (at == limit) {
        int done = at - mark;
        boolean more = fill();
        at = mark + done;
        if (!more) {
          break;
        }
      }
      int until = Math.min(limit, mark + longest);
      if (at == until) {
        return Scan.TOO_LONG;
      }
      at = look(at, until);
    }
    if (!terminated && at == mark + start) {
      return Scan.END;
    }
    lineStart = mark + start;
    next = at;
    lineEnd = terminated ? at - 1 : at;
    if (terminated && lineEnd > lineStart && bytes[lineEnd - 1] == '\r') {
      lineEnd--;
    }
    return Scan.LINE;
  }

  /** Looks for pipes and the end of the line, eight bytes at a time; gives how far it came. */
  private int look(int from, int until) {
    byte[] b = bytes;
    int at = from;
    for (; at + Long.BYTES <= until; at += Long.BYTES) {
      long eight = (long) LONG.get(b, at);
      for (long found = pipesAndEnds(eight); found != 0; found &= found - 1) {
        int bits = Long.numberOfTrailingZeros(found);
        int place = at + bits / Byte.SIZE;
        if (b[place] == '\n') {
          ascii &= (eight & HIGH_BITS & ((1L << bits) - 1)) == 0;
          terminated = true;
          return place + 1;
        }
        pipe(place);
      }
      ascii &= (eight & HIGH_BITS) == 0;
    }
    for (; at < until; at++) {
      byte one = b[at];
      if (one == '\n') {
        terminated = true;
        return at + 1;
      } else if (one == '|') {
        pipe(at);
      }
      ascii &= one >= 0;
    }
    return at;
  }

  private void pipe(int place) {
    if (pipes < PIPES) {
      pipe[pipes] = place - mark;
    }
    pipes++;
  }

  /** The high bit of each byte that is a pipe or ends a line. */
  private static long pipesAndEnds(long eight) {
    long noPipe = eight ^ EIGHT_PIPES;
    long noEnd = eight ^ EIGHT_ENDS;
    // A byte of zeros is the only one that no carry and no bit of its own reaches the high bit of.
    long neither =
        (((noPipe & LOW_BITS) + LOW_BITS) | noPipe) & (((noEnd & LOW_BITS) + LOW_BITS) | noEnd);
    return ~neither & HIGH_BITS;
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
