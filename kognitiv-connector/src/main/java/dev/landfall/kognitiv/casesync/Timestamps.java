package dev.landfall.kognitiv.casesync;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Timestamps as the reference has them: {@code yyyy-MM-dd HH:mm:ss.fff}, in Universal Time. Not
 * safe for use by several threads.
 */
final class Timestamps {

  /** How many characters a timestamp has. */
  static final int LENGTH = 23;

  /** No moment. */
  static final long NONE = Long.MIN_VALUE;

  private static final String SHAPE = "0000-00-00 00:00:00.000";
  private static final long DAY_MILLIS = 86_400_000L;

  private int lastDay = -1;
  private long lastDayMillis;

  /** Whether a timestamp could begin at a place: digits and signs are where they should be. */
  static boolean shapeAt(byte[] bytes, int from, int to) {
    if (to - from < LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      byte one = bytes[from + i];
      char due = SHAPE.charAt(i);
      if (due == '0' ? one < '0' || one > '9' : one != due) {
        return false;
      }
    }
    return true;
  }

  /** Milliseconds since 1970, or {@link #NONE} if it is no timestamp. */
  long parse(byte[] bytes, int from, int to) {
    if (to - from != LENGTH || !shapeAt(bytes, from, to)) {
      return NONE;
    }
    int hour = number(bytes, from + 11, 2);
    int minute = number(bytes, from + 14, 2);
    int second = number(bytes, from + 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      return NONE;
    }
    int day =
        number(bytes, from, 4) * 10000
            + number(bytes, from + 5, 2) * 100
            + number(bytes, from + 8, 2);
    if (day != lastDay) {
      long millis = millis(day);
      if (millis == NONE) {
        return NONE;
      }
      lastDay = day;
      lastDayMillis = millis;
    }
    return lastDayMillis
        + ((hour * 60L + minute) * 60 + second) * 1000
        + number(bytes, from + 20, 3);
  }

  private static long millis(int day) {
    try {
      return LocalDate.of(day / 10000, day / 100 % 100, day % 100).toEpochDay() * DAY_MILLIS;
    } catch (DateTimeException noSuchDay) {
      return NONE;
    }
  }

  private static int number(byte[] bytes, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = 10 * number + bytes[i] - '0';
    }
    return number;
  }
}
