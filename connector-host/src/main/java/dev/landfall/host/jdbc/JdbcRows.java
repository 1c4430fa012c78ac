package dev.landfall.host.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Rows of a query that is running. Its failures are those of {@link JdbcQuery}. */
public final class JdbcRows {

  private static final int LAST_YEAR = 9_999;

  private final ResultSet rows;
  private final List<JdbcColumn> columns;
  private long read;

  JdbcRows(ResultSet rows, List<JdbcColumn> columns) {
    this.rows = rows;
    this.columns = List.copyOf(columns);
  }

  /** The columns, in order. */
  public List<JdbcColumn> columns() {
    return columns;
  }

  /**
   * The values of some columns, row by row, as {@code String}, {@code Double}, {@code Float},
   * {@code Boolean}, {@code LocalDate}, {@code LocalDateTime}, {@code OffsetDateTime} or null.
   *
   * @param wanted some of the columns; only their values are fetched
   */
  public Iterator<@Nullable Object[]> of(List<JdbcColumn> wanted) {
    int[] positions = wanted.stream().mapToInt(c -> columns.indexOf(c) + 1).toArray();
    return new Iterator<>() {
      private boolean ready;
      private boolean more;

      @Override
      public boolean hasNext() {
        if (!ready) {
          more = advance();
          ready = true;
        }
        return more;
      }

      @Override
      public @Nullable Object[] next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        ready = false;
        @Nullable Object[] values = new Object[positions.length];
        for (int i = 0; i < positions.length; i++) {
          values[i] = value(wanted.get(i), positions[i]);
        }
        return values;
      }
    };
  }

  private boolean advance() {
    try {
      boolean more = rows.next();
      read += more ? 1 : 0;
      return more;
    } catch (SQLException e) {
      throw JdbcProblems.running(e, read);
    }
  }

  private @Nullable Object value(JdbcColumn column, int position) {
    try {
      return switch (column.type()) {
        case "DECIMAL" -> digits(rows.getBigDecimal(position));
        case "DOUBLE" -> orNull(rows.getDouble(position));
        case "FLOAT" -> orNull(rows.getFloat(position));
        case "BOOLEAN" -> orNull(rows.getBoolean(position));
        case "DATE" -> sane(rows.getObject(position, LocalDate.class), column);
        case "TIMESTAMP" -> sane(rows.getObject(position, LocalDateTime.class), column);
        case "TIMESTAMP WITH TIME ZONE" ->
            sane(rows.getObject(position, OffsetDateTime.class), column);
        default -> column.hasText() ? rows.getString(position) : null;
      };
    } catch (SQLException | DateTimeException e) {
      throw JdbcProblems.value(column, read);
    }
  }

  private @Nullable Object orNull(Object value) throws SQLException {
    return rows.wasNull() ? null : value;
  }

  private static @Nullable String digits(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  private <T extends Temporal> @Nullable T sane(@Nullable T time, JdbcColumn column) {
    // Drivers give infinity as the last day that Java knows, which DuckDB does not.
    if (time != null && Math.abs(time.get(ChronoField.YEAR)) > LAST_YEAR) {
      throw JdbcProblems.value(column, read);
    }
    return time;
  }
}
