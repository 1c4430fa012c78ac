package dev.landfall.table;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.table.Table.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a temporary table of DuckDB. Each write is a transaction of its own, since a failure
 * undoes all of one. It looks for the records by their keys alone first, which is what a table of
 * columns does fast: nothing else is read where all rows are new.
 */
final class DuckDbStaged implements Store.Staged {

  private static final String ROWS = "temp.main.landfall_rows";
  private static final String FOUND = "temp.main.landfall_found";
  private static final String CHANGED = "temp.main.landfall_changed";
  private static final int ROWS_BETWEEN_LOOKS = 1_000;

  private final DuckDbStore store;
  private final StagedBatch batch;
  private final Map<Integer, Problem> refused = new LinkedHashMap<>();

  private DuckDbStaged(DuckDbStore store, StagedBatch batch) {
    this.store = store;
    this.batch = batch;
  }

  static DuckDbStaged of(DuckDbStore store, StagedBatch batch) throws StoreException {
    DuckDbStaged staged = new DuckDbStaged(store, batch);
    try {
      staged.fill();
      staged.refuseWhatConvertsNot();
      return staged;
    } catch (SQLException e) {
      throw DuckDbFailures.running(e, batch.table());
    }
  }

  private void fill() throws SQLException {
    StringBuilder columns = new StringBuilder("place bigint");
    for (int i = 0; i < batch.columns().size(); i++) {
      columns
          .append(", c")
          .append(i)
          .append(' ')
          .append(DuckDbTypes.staged(batch.columns().get(i)));
    }
    store.execute("create or replace temp table landfall_rows (" + columns + ")");
    try (DuckDBAppender appender =
        store.connection().createAppender("temp", "main", "landfall_rows")) {
      for (int place = 0; place < batch.rows().size(); place++) {
        if (place % ROWS_BETWEEN_LOOKS == 0) {
          store.requireNotInterrupted();
        }
        appender.beginRow();
        appender.append((long) place);
        for (Object value : batch.rows().get(place)) {
          append(appender, value);
        }
        appender.endRow();
      }
      // Closing alone would swallow a failure.
      appender.flush();
    }
  }

  private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof String text) {
      appender.append(text);
    } else if (value instanceof Long number) {
      appender.append(number.longValue());
    } else if (value instanceof BigInteger number) {
      appender.append(number.toString());
    } else if (value instanceof BigDecimal number) {
      appender.append(number);
    } else if (value instanceof Double number) {
      appender.append(number.doubleValue());
    } else if (value instanceof Float number) {
      appender.append(number.floatValue());
    } else if (value instanceof Boolean flag) {
      appender.append(flag.booleanValue());
    } else if (value instanceof LocalDate day) {
      appender.append(day);
    } else if (value instanceof LocalDateTime time) {
      appender.append(time);
    } else if (value instanceof Instant moment) {
      appender.append(moment.atOffset(ZoneOffset.UTC));
    } else {
      throw new IllegalArgumentException("No column holds a " + value.getClass());
    }
  }

  private void refuseWhatConvertsNot() throws SQLException {
    for (int i = 0; i < batch.columns().size(); i++) {
      Column column = batch.columns().get(i);
      if (!(column.type() instanceof ColumnType.Other)) {
        continue;
      }
      // A number in a format would take the digits of the machine's language.
      String unfit =
          "%1$s is not null and try_cast(%1$s as %2$s) is null"
              .formatted("c" + i, column.typeName());
      for (String[] row : store.rows("select place from " + ROWS + " where " + unfit, 1)) {
        refused.putIfAbsent(Integer.valueOf(row[0]), Delivery.unfit(column));
      }
      store.execute("delete from " + ROWS + " where " + unfit);
    }
  }

  @Override
  public Map<Integer, Problem> refused() {
    return refused;
  }

  @Override
  public boolean lasts() {
    return true;
  }

  @Override
  public List<Store.Unwritten> write(int from, int to) throws StoreException {
    try {
      store.connection().setAutoCommit(false);
      List<Store.Unwritten> unwritten = writeWithin("place >= " + from + " and place < " + to);
      commitWritten();
      return unwritten;
    } catch (SQLException e) {
      store.rollback();
      throw DuckDbFailures.running(e, batch.table());
    }
  }

  private void commitWritten() throws StoreException, SQLException {
    store.requireNotInterrupted();
    try {
      store.connection().commit();
    } catch (SQLException e) {
      store.rollback();
      throw DuckDbFailures.committing(e, batch.table());
    }
    store.connection().setAutoCommit(true);
  }

  private List<Store.Unwritten> writeWithin(String range) throws SQLException {
    long found =
        store.execute(
            "create or replace temp table landfall_found as select r.place, t.rowid as row_number"
                + " from %s r join %s t on %s where %s"
                    .formatted(ROWS, batch.table().sql(), sameKey(), range));
    boolean changes = batch.updates() && found > 0;
    if (changes && findChanged() > 0) {
      change();
    }
    if (batch.inserts()) {
      insert(range, found > 0);
    } else if (batch.kind() == ChangeKind.DELETE && found > 0) {
      store.execute(
          "delete from %s where rowid in (select row_number from %s)"
              .formatted(batch.table().sql(), FOUND));
    }
    return unwritten(range, changes);
  }

  private long findChanged() throws SQLException {
    return store.execute(
        "create or replace temp table landfall_changed as select f.place, f.row_number"
            + " from %s f join %s r on r.place = f.place join %s t on t.rowid = f.row_number"
                .formatted(FOUND, ROWS, batch.table().sql())
            + " where "
            + batch.others().stream()
                .map(c -> "t." + c.sql() + " is distinct from " + value(c))
                .collect(Collectors.joining(" or ")));
  }

  private void change() throws SQLException {
    store.execute(
        "update %s as t set %s from %s c join %s r on r.place = c.place where t.rowid = c.row_number"
            .formatted(
                batch.table().sql(),
                batch.others().stream()
                    .map(c -> c.sql() + " = " + value(c))
                    .collect(Collectors.joining(", ")),
                CHANGED,
                ROWS));
  }

  private void insert(String range, boolean someAreThere) throws SQLException {
    store.execute(
        "insert into %s (%s) select %s from %s r where %s%s"
            .formatted(
                batch.table().sql(),
                batch.columns().stream().map(Column::sql).collect(Collectors.joining(", ")),
                batch.columns().stream().map(this::value).collect(Collectors.joining(", ")),
                ROWS,
                range,
                someAreThere
                    ? " and not exists (select 1 from " + FOUND + " f where f.place = r.place)"
                    : ""));
  }

  /** Nobody else's writes are seen within a transaction, so what was found still holds. */
  private List<Store.Unwritten> unwritten(String range, boolean changed) throws SQLException {
    String there = "exists (select 1 from " + FOUND + " f where f.place = r.place)";
    String written =
        changed ? "exists (select 1 from " + CHANGED + " c where c.place = r.place)" : "false";
    String unwritten =
        switch (batch.kind()) {
          case INSERT -> there;
          case UPSERT -> there + " and not " + written;
          case DELETE -> "not " + there;
          default -> "not " + written;
        };
    List<Store.Unwritten> all = new ArrayList<>();
    for (String[] row :
        store.rows(
            "select place, %s from %s r where %s and %s".formatted(there, ROWS, range, unwritten),
            2)) {
      boolean isThere = Boolean.parseBoolean(row[1]);
      all.add(new Store.Unwritten(Integer.parseInt(row[0]), isThere, isThere));
    }
    return all;
  }

  private String sameKey() {
    return batch.key().stream()
        .map(c -> "t." + c.sql() + " = " + value(c))
        .collect(Collectors.joining(" and "));
  }

  /** A column's value in a staged row, in the column's own type. */
  private String value(Column column) {
    String staged = "r.c" + batch.columns().indexOf(column);
    return DuckDbTypes.staged(column).equals(column.typeName())
        ? staged
        : "cast(" + staged + " as " + column.typeName() + ")";
  }

  /** Every write was committed by itself. */
  @Override
  public void commit() {}

  /** What failed was undone at once. */
  @Override
  public void close() {}
}
