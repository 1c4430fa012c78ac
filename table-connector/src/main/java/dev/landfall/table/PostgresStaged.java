package dev.landfall.table;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.table.Table.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows in a temporary table of PostgreSQL. All writes are one transaction. */
final class PostgresStaged implements Store.Staged {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresStaged.class);
  private static final int PORTION = 64 * 1024;
  private static final String SAVEPOINT = "landfall_rows";

  private final PostgresStore store;
  private final StagedBatch batch;
  private final PostgresSql sql;

  private PostgresStaged(PostgresStore store, StagedBatch batch) {
    this.store = store;
    this.batch = batch;
    sql = new PostgresSql(batch);
  }

  static PostgresStaged of(PostgresStore store, StagedBatch batch, Deadline deadline)
      throws StoreException {
    PostgresStaged staged = new PostgresStaged(store, batch);
    try {
      store.begin(deadline.millis());
      store.execute(staged.sql.createRows());
      staged.copy();
      if (batch.inserts() && !batch.keyIsUnique()) {
        // Without a unique index nothing else keeps others from writing the same key.
        store.execute("lock table " + batch.table().sql() + " in share row exclusive mode");
      }
      return staged;
    } catch (SQLException e) {
      staged.close();
      throw staged.failure(e);
    }
  }

  private void copy() throws SQLException {
    CopyIn copy = store.copy().copyIn(sql.copyRows());
    boolean done = false;
    try {
      CopyText text = new CopyText();
      for (int place = 0; place < batch.rows().size(); place++) {
        text.add(place, batch.rows().get(place));
        if (text.length() >= PORTION) {
          send(copy, text);
        }
      }
      send(copy, text);
      copy.endCopy();
      done = true;
    } finally {
      if (!done) {
        cancel(copy);
      }
    }
  }

  private static void send(CopyIn copy, CopyText text) throws SQLException {
    byte[] bytes = text.take();
    copy.writeToCopy(bytes, 0, bytes.length);
  }

  private static void cancel(CopyIn copy) {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      // What ended the copying is what is told.
      LOG.debug("A COPY could not be cancelled{}", PostgresFailures.in(e));
    }
  }

  @Override
  public Map<Integer, Problem> refused() {
    return Map.of();
  }

  @Override
  public boolean lasts() {
    return false;
  }

  @Override
  public List<Store.Unwritten> write(int from, int to) throws StoreException {
    try {
      store.execute("savepoint " + SAVEPOINT);
      List<Integer> places = store.query(sql.write(from, to), r -> r.getInt(1));
      List<Store.Unwritten> unwritten = places.isEmpty() ? List.of() : look(from, to, places);
      store.execute("release savepoint " + SAVEPOINT);
      return unwritten;
    } catch (SQLException e) {
      StoreException failure = failure(e);
      if (failure.fate() == StoreException.Fate.ROW) {
        undo();
        if (to - from == 1) {
          throw named(from, failure);
        }
      }
      throw failure;
    }
  }

  /** PostgreSQL does not say which value it could not convert, so each is tried by itself. */
  private StoreException named(int place, StoreException failure) throws StoreException {
    for (Column column : batch.columns()) {
      if (column.type() instanceof ColumnType.Other) {
        try {
          store.query(sql.convert(column, place), r -> r.getString(1));
        } catch (SQLException e) {
          undo();
          return StoreException.ofRow(Delivery.unfit(column));
        }
      }
    }
    return failure;
  }

  private List<Store.Unwritten> look(int from, int to, List<Integer> places) throws SQLException {
    Set<Integer> wanted = new HashSet<>(places);
    List<Store.Unwritten> all = new ArrayList<>();
    store
        .query(
            sql.look(from, to),
            r -> new Store.Unwritten(r.getInt(1), r.getBoolean(2), r.getBoolean(3)))
        .stream()
        .filter(row -> wanted.contains(row.place()))
        .forEach(all::add);
    return all;
  }

  private void undo() throws StoreException {
    try {
      store.execute("rollback to savepoint " + SAVEPOINT);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void commit() throws StoreException {
    try {
      store.commit();
    } catch (SQLException e) {
      throw PostgresFailures.committing(e, batch.table().shown());
    }
  }

  @Override
  public void close() {
    store.rollback();
  }

  private StoreException failure(SQLException e) {
    return PostgresFailures.running(e, batch.table().shown());
  }
}
