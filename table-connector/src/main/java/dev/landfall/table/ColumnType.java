package dev.landfall.table;

import dev.landfall.connector.sync.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds, and how a field's value becomes what the column holds. One rule for all: a
 * value is held if nothing of it is lost, so nothing is ever rounded, cut off or guessed. A time
 * without a zone and a moment stand for each other in UTC.
 */
sealed interface ColumnType {

  /**
   * The value as the column holds it.
   *
   * @param value a value of a field, not null
   * @return a value of this type's own class; null if the column cannot hold it
   */
  @Nullable Object hold(Object value);

  /** Whether any value of a field's type could be held. */
  boolean mayHold(FieldType type);

  /** The field type that stands for the column; TEXT for what no field type is. */
  FieldType fieldType();

  /**
   * The one form of what the column holds, where one key has several.
   *
   * @param held a value that {@link #hold} gave
   */
  default Object identity(Object held) {
    return held;
  }

  /**
   * The one text that stands for what the column holds, where texts are read as numbers; null where
   * they are not.
   *
   * @param held a value that {@link #hold} gave
   */
  default @Nullable String spelling(Object held) {
    return null;
  }

  /** Numbers, and texts that may be some. */
  Set<FieldType> NUMBERS =
      EnumSet.of(FieldType.TEXT, FieldType.INTEGER, FieldType.DOUBLE, FieldType.DECIMAL);

  /**
   * Text, as String.
   *
   * @param longest how many characters (code points) it may have; 0 for any number
   * @param padded whether blanks at the end do not count
   * @param holdsNul whether a text may hold U+0000
   */
  record Text(int longest, boolean padded, boolean holdsNul) implements ColumnType {
    @Override
    public @Nullable Object hold(Object value) {
      String text = Texts.of(value);
      boolean fits =
          (longest == 0
                  || text.length() <= longest
                  || text.codePointCount(0, text.length()) <= longest)
              && (holdsNul || text.indexOf('\0') < 0);
      return fits && Texts.isUnicode(text) ? text : null;
    }

    @Override
    public boolean mayHold(FieldType type) {
      return true;
    }

    @Override
    public FieldType fieldType() {
      return FieldType.TEXT;
    }

    @Override
    public Object identity(Object held) {
      return padded ? ((String) held).replaceAll(" +$", "") : held;
    }
  }

  /**
   * Whole numbers, as Long where the type has no greater ones than that, else as BigInteger.
   *
   * @param least the least
   * @param greatest the greatest
   */
  record Whole(BigInteger least, BigInteger greatest) implements ColumnType {

    /** Numbers of so many bits, one of them for the sign. */
    static Whole signed(int bits) {
      BigInteger bound = BigInteger.ONE.shiftLeft(bits - 1);
      return new Whole(bound.negate(), bound.subtract(BigInteger.ONE));
    }

    /** Numbers of so many bits from zero. */
    static Whole unsigned(int bits) {
      return new Whole(BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }

    boolean isLong() {
      return greatest.bitLength() < Long.SIZE;
    }

    @Override
    public @Nullable Object hold(Object value) {
      BigInteger number = Numbers.whole(value);
      if (number == null || number.compareTo(least) < 0 || number.compareTo(greatest) > 0) {
        return null;
      }
      return isLong() ? (Object) number.longValue() : number;
    }

    @Override
    public boolean mayHold(FieldType type) {
      return NUMBERS.contains(type);
    }

    @Override
    public FieldType fieldType() {
      return isLong() ? FieldType.INTEGER : FieldType.DECIMAL;
    }

    @Override
    public String spelling(Object held) {
      return held.toString();
    }
  }

  /**
   * Exact decimals, as BigDecimal, of just the column's scale if it has one.
   *
   * @param precision how many digits in all; 0 for any number
   * @param scale how many of them after the point; counts only with a precision
   */
  record Decimal(int precision, int scale) implements ColumnType {

    /** What PostgreSQL's numeric holds at the most, before and after the point. */
    private static final int MOST_WHOLE_DIGITS = 131_072;

    private static final int MOST_FRACTION_DIGITS = 16_383;

    @Override
    public @Nullable Object hold(Object value) {
      BigDecimal number = Numbers.exact(value);
      if (number == null) {
        return null;
      }
      int wholeDigits = precision == 0 ? MOST_WHOLE_DIGITS : precision - scale;
      int fractionDigits = precision == 0 ? MOST_FRACTION_DIGITS : scale;
      BigDecimal shortest = Numbers.shortest(number);
      if (shortest.scale() > fractionDigits
          || (shortest.signum() != 0
              && (long) shortest.precision() - shortest.scale() > wholeDigits)) {
        return null;
      }
      if (precision > 0) {
        return shortest.setScale(scale);
      }
      return number.scale() > MOST_FRACTION_DIGITS ? shortest : number;
    }

    @Override
    public boolean mayHold(FieldType type) {
      return NUMBERS.contains(type);
    }

    @Override
    public FieldType fieldType() {
      return FieldType.DECIMAL;
    }

    @Override
    public Object identity(Object held) {
      return Numbers.shortest((BigDecimal) held);
    }

    @Override
    public String spelling(Object held) {
      return Numbers.shortest((BigDecimal) held).toPlainString();
    }
  }

  /**
   * Binary fractions, as Float or Double. A decimal is held if it is the shortest one that stands
   * for the fraction: 0.1 is, although no binary fraction is quite a tenth.
   *
   * @param single whether it has 32 bits instead of 64
   */
  record Fraction(boolean single) implements ColumnType {
    @Override
    public @Nullable Object hold(Object value) {
      if (value instanceof Double number && !single) {
        return number;
      }
      Double special = Numbers.special(value);
      if (special != null) {
        return single ? (Object) special.floatValue() : special;
      }
      BigDecimal number = Numbers.exact(value);
      if (number == null) {
        return null;
      }
      if (single) {
        return Numbers.asFloat(number);
      }
      return Numbers.asDouble(number);
    }

    @Override
    public boolean mayHold(FieldType type) {
      return NUMBERS.contains(type);
    }

    @Override
    public FieldType fieldType() {
      return FieldType.DOUBLE;
    }

    @Override
    public Object identity(Object held) {
      // Zero has two signs and is one number.
      return ((Number) held).doubleValue() + 0.0;
    }

    @Override
    public String spelling(Object held) {
      return Double.isFinite(((Number) held).doubleValue())
          ? Numbers.shortest(new BigDecimal(held.toString())).toPlainString()
          : held.toString();
    }
  }

  /** True or false, as Boolean; from numbers, 1 and 0. */
  record Flag() implements ColumnType {

    private static final Set<String> YES = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> NO = Set.of("false", "f", "no", "n", "off", "0");

    @Override
    public @Nullable Object hold(Object value) {
      if (value instanceof Boolean flag) {
        return flag;
      }
      String word = Texts.of(value).strip().toLowerCase(Locale.ROOT);
      boolean yes = YES.contains(word);
      return yes || NO.contains(word) ? (Object) yes : null;
    }

    @Override
    public boolean mayHold(FieldType type) {
      return type == FieldType.FLAG || type == FieldType.TEXT || type == FieldType.INTEGER;
    }

    @Override
    public FieldType fieldType() {
      return FieldType.FLAG;
    }
  }

  /** Days, as LocalDate. A time is one at its midnight only. */
  record Day() implements ColumnType {
    @Override
    public @Nullable Object hold(Object value) {
      LocalDateTime time = Times.local(value);
      return time == null || !time.equals(time.toLocalDate().atStartOfDay())
          ? null
          : time.toLocalDate();
    }

    @Override
    public boolean mayHold(FieldType type) {
      return type == FieldType.DATE || type == FieldType.DATE_TIME || type == FieldType.TEXT;
    }

    @Override
    public FieldType fieldType() {
      return FieldType.DATE;
    }
  }

  /**
   * A day and time of no particular zone, as LocalDateTime.
   *
   * @param digits how many digits of a second
   */
  record Local(int digits) implements ColumnType {
    @Override
    public @Nullable Object hold(Object value) {
      return Times.withDigits(Times.local(value), digits);
    }

    @Override
    public boolean mayHold(FieldType type) {
      return Times.TYPES.contains(type);
    }

    @Override
    public FieldType fieldType() {
      return FieldType.DATE_TIME;
    }
  }

  /**
   * A moment, as Instant.
   *
   * @param digits how many digits of a second
   */
  record Moment(int digits) implements ColumnType {
    @Override
    public @Nullable Object hold(Object value) {
      LocalDateTime time = Times.withDigits(Times.local(value), digits);
      return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    @Override
    public boolean mayHold(FieldType type) {
      return Times.TYPES.contains(type);
    }

    @Override
    public FieldType fieldType() {
      return FieldType.INSTANT;
    }
  }

  /**
   * Whatever else a database has (JSON, lists, addresses), as a text that the database itself
   * converts, by its own rules, and may refuse.
   *
   * @param holdsNul whether a text may hold U+0000
   */
  record Other(boolean holdsNul) implements ColumnType {
    @Override
    public @Nullable Object hold(Object value) {
      return new Text(0, false, holdsNul).hold(value);
    }

    @Override
    public boolean mayHold(FieldType type) {
      return true;
    }

    @Override
    public FieldType fieldType() {
      return FieldType.TEXT;
    }
  }

  /** Times, in the range that both databases have. */
  final class Times {

    static final Set<FieldType> TYPES =
        EnumSet.of(FieldType.TEXT, FieldType.DATE, FieldType.DATE_TIME, FieldType.INSTANT);

    private static final LocalDateTime FIRST = LocalDateTime.of(-4711, 1, 1, 0, 0);
    private static final LocalDateTime END = LocalDateTime.of(294_247, 1, 1, 0, 0);

    /** The years whose nanoseconds fit into 64 bits. */
    private static final int FIRST_OF_NANOSECONDS = 1678;

    private static final int LAST_OF_NANOSECONDS = 2261;

    private Times() {}

    /** A value as a time, a moment in UTC; null if it is none, or out of range. */
    static @Nullable LocalDateTime local(Object value) {
      if (value instanceof LocalDateTime time) {
        return inRange(time);
      }
      if (value instanceof LocalDate day) {
        return inRange(day.atStartOfDay());
      }
      if (value instanceof Instant moment) {
        boolean near =
            moment.getEpochSecond() >= FIRST.toEpochSecond(ZoneOffset.UTC)
                && moment.getEpochSecond() < END.toEpochSecond(ZoneOffset.UTC);
        return near ? LocalDateTime.ofInstant(moment, ZoneOffset.UTC) : null;
      }
      LocalDateTime read = value instanceof String text ? Texts.time(text) : null;
      return read == null ? null : inRange(read);
    }

    private static @Nullable LocalDateTime inRange(LocalDateTime time) {
      return time.isBefore(FIRST) || !time.isBefore(END) ? null : time;
    }

    /**
     * The same time; null if it has more digits of a second than that, or they reach not so far.
     */
    static @Nullable LocalDateTime withDigits(@Nullable LocalDateTime time, int digits) {
      if (time == null) {
        return null;
      }
      if (digits == 9) {
        boolean near =
            time.getYear() >= FIRST_OF_NANOSECONDS && time.getYear() <= LAST_OF_NANOSECONDS;
        return near ? time : null;
      }
      int unit = 1;
      for (int i = digits; i < 9; i++) {
        unit *= 10;
      }
      return time.get(ChronoField.NANO_OF_SECOND) % unit == 0 ? time : null;
    }
  }
}
