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
