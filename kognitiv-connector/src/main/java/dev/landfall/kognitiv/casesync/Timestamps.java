package dev.landfall.kognitiv.casesync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Timestamps as the reference has them: {@code yyyy-MM-dd HH:mm:ss.fff}, in Universal Time. They
 * are looked at eight characters at a time, since they stand in every row. Not safe for use by
 * several threads.
 */
final class Timestamps {

  /** How many characters a timestamp has. */
  static final int LENGTH = 23;

  /** No moment. */
  static final long NONE = Long.MIN_VALUE;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Shape DATE = Shape.of("0000-00-");
  private static final Shape DAY_AND_TIME = Shape.of("00 00:00");
  private static final Shape SECONDS = Shape.of(":00.000|");
  private static final long SIXES = 0x0606060606060606L;
  private static final long HIGH_BITS = 0xF0F0F0F0F0F0F0F0L;
  private static final long DAY_MILLIS = 86_400_000L;

  /** The characters of the last date up to its day. */
  private long lastMonth;

  private int lastDay = -1;
  private long lastDayMillis;

  /**
   * Eight characters, of which a zero stands for any digit.
   *
   * @param signs all bits of those that are no zero
   */
  private record Shape(long characters, long signs) {

    static Shape of(String characters) {
      byte[] bytes = characters.getBytes(StandardCharsets.US_ASCII);
      byte[] signs = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        signs[i] = (byte) (bytes[i] == '0' ? 0 : -1);
      }
      return new Shape((long) LONG.get(bytes, 0), (long) LONG.get(signs, 0));
    }

    /** What is left of a digit is its value; of a sign, nothing may be left. */
    boolean fits(byte[] bytes, int from) {
      long left = (long) LONG.get(bytes, from) ^ characters;
      return ((left | (left + SIXES)) & HIGH_BITS) == 0 && (left & signs) == 0;
    }
  }

  /** Whether digits and signs are where a timestamp has them, and a pipe follows. */
  static boolean shapeAt(byte[] bytes, int from, int to) {
    return to - from > LENGTH
        && DATE.fits(bytes, from)
        && DAY_AND_TIME.fits(bytes, from + Long.BYTES)
        && SECONDS.fits(bytes, from + 2 * Long.BYTES);
  }

  /** Milliseconds since 1970 of what has the shape; {@link #NONE} if there is no such moment. */
  long parse(byte[] bytes, int from) {
    int hour = twoDigits(bytes, from + 11);
    int minute = twoDigits(bytes, from + 14);
    int second = twoDigits(bytes, from + 17);
    if (hour > 23 || minute > 59 || second > 59) {
      return NONE;
    }
    long month = (long) LONG.get(bytes, from);
    int day = twoDigits(bytes, from + 8);
    if (month != lastMonth || day != lastDay) {
      long millis = millis(bytes, from, day);
      if (millis == NONE) {
        return NONE;
      }
      lastMonth = month;
      lastDay = day;
      lastDayMillis = millis;
    }
    return lastDayMillis
        + ((hour * 60L + minute) * 60 + second) * 1000
        + 100L * (bytes[from + 20] - '0')
        + twoDigits(bytes, from + 21);
  }

  private static long millis(byte[] bytes, int from, int day) {
    int year = 100 * twoDigits(bytes, from) + twoDigits(bytes, from + 2);
    try {
      return LocalDate.of(year, twoDigits(bytes, from + 5), day).toEpochDay() * DAY_MILLIS;
    } catch (DateTimeException noSuchDay) {
      return NONE;
    }
  }

  private static int twoDigits(byte[] bytes, int from) {
    return 10 * bytes[from] + bytes[from + 1] - 11 * '0';
  }
}
