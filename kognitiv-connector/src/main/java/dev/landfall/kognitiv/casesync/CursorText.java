package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The form of a cursor: lines, of which the first names form and stream, the last holds a checksum
 * of all others, and each between them stands for itself. Whatever is cut, doubled or made up is
 * refused.
 */
final class CursorText {

  private static final String FORM = "case-sync 1 ";
  private static final String COMPLETE = "c";
  private static final int PARTS = 8;
  private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private final StringBuilder text = new StringBuilder();

  CursorText(CaseStream stream) {
    line(FORM + stream.word());
  }

  void line(String line) {
    text.append(line).append('\n');
  }

  void bookmark(Bookmark bookmark) {
    line(
        String.join(
            "|",
            bookmark.name().text(),
            bookmark.complete() ? COMPLETE : "",
            String.valueOf(bookmark.offset()),
            Long.toHexString(bookmark.digest()),
            String.valueOf(bookmark.run()),
            String.valueOf(bookmark.runLine()),
            bookmark.seen(),
            bookmark.mark()));
  }

  Cursor cursor() {
    return new Cursor(text + checksum(text.toString()));
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private static ConnectorException unusable() {
    return CaseSyncProblem.CURSOR_UNUSABLE.exception(
        "The cursor is none that a reading of this stream gave.");
  }

  /** The lines between the first and the last. */
  static List<String> lines(CaseStream stream, Cursor cursor) {
    String value = cursor.value();
    int last = value.lastIndexOf('\n') + 1;
    List<String> lines = List.of(value.substring(0, last).split("\n", -1));
    boolean whole =
        value.substring(last).equals(checksum(value.substring(0, last)))
            && lines.get(0).equals(FORM + stream.word())
            && lines.size() > 4;
    if (!whole) {
      throw unusable();
    }
    return lines.subList(1, lines.size() - 1);
  }

  /** A day's number, from 1970, of a year that a file's name can have. */
  static long day(String digits) {
    return between(FIRST_DAY, digits, LAST_DAY);
  }

  private static long between(long least, String digits, long most) {
    try {
      long number = Long.parseLong(digits);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unusable();
    }
    throw unusable();
  }

  private static long count(String digits) {
    return between(0, digits, Long.MAX_VALUE);
  }

  static Bookmark bookmark(CaseStream stream, String line) {
    String[] parts = line.split("\\|", -1);
    if (parts.length != PARTS) {
      throw unusable();
    }
    try {
      return new Bookmark(
          new FileNames(stream).read(parts[0]).orElseThrow(CursorText::unusable),
          parts[1].equals(COMPLETE),
          count(parts[2]),
          Long.parseUnsignedLong(parts[3], 16),
          count(parts[4]),
          count(parts[5]),
          parts[6],
          parts[7]);
    } catch (NumberFormatException e) {
      throw unusable();
    }
  }

  /**
   * Marks by day: a day's number, a colon, and one mark for it and one for each day that follows. A
   * second mark of a day, and what comes after a day without one, begin anew behind a comma.
   */
  static String marks(Map<Long, List<String>> marks) {
    StringBuilder text = new StringBuilder();
    long due = Long.MIN_VALUE;
    for (Map.Entry<Long, List<String>> ofDay : marks.entrySet()) {
      for (String mark : ofDay.getValue()) {
        if (ofDay.getKey() != due) {
          text.append(text.isEmpty() ? "" : ",").append(ofDay.getKey()).append(':');
        }
        text.append(mark);
        due = ofDay.getKey() + 1;
      }
    }
    return text.toString();
  }

  static Map<Long, List<String>> marks(String text) {
    Map<Long, List<String>> marks = new TreeMap<>();
    if (text.isEmpty()) {
      return marks;
    }
    for (String days : text.split(",", -1)) {
      int colon = days.indexOf(':');
      if (colon < 0 || (days.length() - colon - 1) % Bookmark.MARK_LENGTH != 0) {
        throw unusable();
      }
      long day = day(days.substring(0, colon));
      for (int at = colon + 1; at < days.length(); at += Bookmark.MARK_LENGTH) {
        marks
            .computeIfAbsent(day++, unused -> new ArrayList<>())
            .add(days.substring(at, at + Bookmark.MARK_LENGTH));
      }
    }
    return marks;
  }
}
