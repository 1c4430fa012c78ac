package dev.landfall.table;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.table.Table.Column;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way into the table. What no column can hold is rejected here; the rest is
 * written at once. If the table refuses that, it is parted in halves until the rows that are
 * refused by themselves are found; all others are written.
 */
final class Delivery {

  private final Batch batch;
  private final Binding binding;
  private final List<Column> columns;

  /** Which of the columns are of the key; asked for every value. */
  private final boolean[] ofKey;

  private final @Nullable Outcome[] outcomes;

  /** The rows that columns can hold, and where they stand in the batch. */
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  private final List<Integer> at = new ArrayList<>();

  Delivery(Batch batch, Binding binding) {
    this.batch = batch;
    this.binding = binding;
    columns = binding.columns(batch.schema());
    ofKey = new boolean[columns.size()];
    for (int i = 0; i < ofKey.length; i++) {
      ofKey[i] = binding.key().contains(columns.get(i));
    }
    outcomes = new @Nullable Outcome[batch.size()];
    convert();
  }

  /** What was seen; null for a row of which nothing was. */
  List<@Nullable Outcome> outcomes() {
    return Arrays.asList(outcomes);
  }

  private void convert() {
    Set<List<Object>> keys = new HashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      Row row = batch.rows().get(i);
      @Nullable Object[] held = new @Nullable Object[columns.size()];
      Problem wrong = hold(row, held);
      if (wrong == null && !keys.add(identity(held))) {
        wrong = TableProblem.KEY_TWICE.problem();
      }
      if (wrong == null) {
        rows.add(held);
        at.add(i);
      } else {
        outcomes[i] = new Outcome.Rejected(wrong);
      }
    }
  }

  private @Nullable Problem hold(Row row, @Nullable Object[] held) {
    for (int i = 0; i < held.length; i++) {
      Column column = columns.get(i);
      Object value = row.value(i);
      if (value != null) {
        held[i] = column.type().hold(value);
        if (held[i] == null) {
          return unfit(column);
        }
        if (ofKey[i] && !isSpelling(value, column, held[i])) {
          return TableProblem.KEY_SPELLING.problem(
              "The key's column "
                  + column.shown()
                  + " holds numbers, and the text for it is not the number's one spelling; nothing"
                  + " was written.");
        }
      } else if (ofKey[i]) {
        return TableProblem.KEY_EMPTY.problem();
      } else if (!column.nullable() && !binding.table().fillsByItself()) {
        return TableProblem.ROW_REFUSED.problem(
            "The table refuses the row: the column " + column.shown() + " must not be empty.");
      }
    }
    return null;
  }

  /**
   * Whether a text for a number is the only one that stands for it; true of all else. To the host
   * two spellings are two records; when one of them leaves, the other's row would go with it.
   */
  private static boolean isSpelling(Object value, Column column, Object held) {
    String one = value instanceof String ? column.type().spelling(held) : null;
    return one == null || one.equals(value);
  }

  private List<Object> identity(@Nullable Object[] held) {
    List<Object> identity = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      Object value = held[i];
      if (value != null && ofKey[i]) {
        identity.add(columns.get(i).type().identity(value));
      }
    }
    return identity;
  }

  /** A value that a column cannot hold. */
  static Problem unfit(Column column) {
    return TableProblem.VALUE_UNFIT.problem(
        "A value cannot be held by the column "
            + column.shown()
            + " without losing something of it.");
  }

  /**
   * Writes the rows.
   *
   * @throws StoreException nothing is known of the rows that have no outcome yet, but what the
   *     exception says
   */
  void write(Store store, Deadline deadline) throws StoreException {
    if (!rows.isEmpty()) {
      write(store, deadline, 0, rows.size());
    }
    if (batch.kind() == ChangeKind.INSERT) {
      lookForRejected(store, deadline);
    }
  }

  /** A record that is there is left alone by an insert, whatever the row's values are. */
  private void lookForRejected(Store store, Deadline deadline) throws StoreException {
    List<Integer> rejected = new ArrayList<>();
    List<@Nullable Object[]> keys = new ArrayList<>();
    List<Column> keyColumns = columns.stream().filter(binding.key()::contains).toList();
    for (int i = 0; i < batch.size(); i++) {
      @Nullable Object[] key =
          outcomes[i] instanceof Outcome.Rejected ? key(batch.rows().get(i), keyColumns) : null;
      if (key != null) {
        rejected.add(i);
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      return;
    }
    try (Store.Staged staged = stage(store, deadline, ChangeKind.UPDATE, keyColumns, keys)) {
      for (Store.Unwritten row : staged.write(0, keys.size())) {
        if (row.there()) {
          outcomes[rejected.get(row.place())] = new Outcome.Delivered(Effect.UNCHANGED);
        }
      }
    } catch (StoreException e) {
      if (e.fate() != StoreException.Fate.ROW) {
        throw e;
      }
      // One of the keys is none that the database knows: they stay rejected.
    }
  }

  /** The key as the columns hold it; null if they cannot, or it is spelled in another way. */
  private @Nullable Object @Nullable [] key(Row row, List<Column> keyColumns) {
    @Nullable Object[] key = new @Nullable Object[keyColumns.size()];
    for (int i = 0; i < key.length; i++) {
      Column column = keyColumns.get(i);
      Object value = row.value(columns.indexOf(column));
      Object held = value == null ? null : column.type().hold(value);
      if (value == null || held == null || !isSpelling(value, column, held)) {
        return null;
      }
      key[i] = held;
    }
    return key;
  }

  private Store.Staged stage(
      Store store,
      Deadline deadline,
      ChangeKind kind,
      List<Column> filled,
      List<@Nullable Object[]> values)
      throws StoreException {
    return store.stage(
        new StagedBatch(
            kind, binding.table(), filled, binding.key(), binding.keyIsUnique(), values),
        deadline);
  }

  private void write(Store store, Deadline deadline, int from, int to) throws StoreException {
    Store.Staged opened;
    try {
      opened = stage(store, deadline, batch.kind(), columns, rows.subList(from, to));
    } catch (StoreException e) {
      if (e.fate() != StoreException.Fate.ROW) {
        throw e;
      }
      // A text that the database has no characters for keeps all of them out.
      if (to - from == 1) {
        outcomes[at.get(from)] = new Outcome.Rejected(e.problem());
        return;
      }
      int middle = (from + to) >>> 1;
      write(store, deadline, from, middle);
      write(store, deadline, middle, to);
      return;
    }
    try (Store.Staged staged = opened) {
      new Search(staged, deadline, from, to - from).run();
    }
  }

  /** Finds the rows that are refused by themselves, and writes the others. */
  private final class Search {
    private final Store.Staged staged;
    private final Deadline deadline;
    private final int offset;
    private final int size;

    /** Outcomes that hold once the writes are committed. */
    private final Map<Integer, Outcome> seen = new HashMap<>();

    Search(Store.Staged staged, Deadline deadline, int offset, int size) {
      this.staged = staged;
      this.deadline = deadline;
      this.offset = offset;
      this.size = size;
    }

    void run() throws StoreException {
      staged.refused().forEach((place, problem) -> settle(place, new Outcome.Rejected(problem)));
      SortedMap<Integer, Problem> failed = pass();
      // A row may have needed another one that was only written after it.
      boolean more = !failed.isEmpty() && seen.size() > staged.refused().size();
      while (more) {
        more = writeAgain(failed) && !failed.isEmpty();
      }
      failed.forEach((place, problem) -> settle(place, new Outcome.Rejected(problem)));
      staged.commit();
      seen.forEach((place, outcome) -> outcomes[at.get(offset + place)] = outcome);
    }

    /** Writes what can be written, and gives the single rows that cannot. */
    private SortedMap<Integer, Problem> pass() throws StoreException {
      SortedMap<Integer, Problem> failed = new TreeMap<>();
      Deque<int[]> ranges = new ArrayDeque<>();
      ranges.add(new int[] {0, size});
      while (!ranges.isEmpty()) {
        int[] range = ranges.pop();
        // Nothing refused yet, it is for the database to keep the time.
        boolean searching = range[1] - range[0] < size;
        if (searching && deadline.isNear()) {
          outOfTime(range);
          continue;
        }
        Problem refusal = write(range[0], range[1]);
        if (refusal != null && range[1] - range[0] == 1) {
          failed.put(range[0], refusal);
        } else if (refusal != null) {
          int middle = (range[0] + range[1]) >>> 1;
          ranges.push(new int[] {middle, range[1]});
          ranges.push(new int[] {range[0], middle});
        }
      }
      return failed;
    }

    /** Tries failed rows once more, and says whether one was written now. */
    private boolean writeAgain(SortedMap<Integer, Problem> failed) throws StoreException {
      boolean some = false;
      for (int place : List.copyOf(failed.keySet())) {
        if (deadline.isNear()) {
          return false;
        }
        if (write(place, place + 1) == null) {
          failed.remove(place);
          some = true;
        }
      }
      return some;
    }

    /** Writes a range, or says why the table refuses it. */
    private @Nullable Problem write(int from, int to) throws StoreException {
      try {
        written(from, to, staged.write(from, to));
        return null;
      } catch (StoreException e) {
        if (e.fate() != StoreException.Fate.ROW) {
          throw e;
        }
        return e.problem();
      }
    }

    /** What is done is kept, so that the next try begins further on. */
    private void outOfTime(int[] range) {
      for (int place = range[0]; place < range[1]; place++) {
        settle(
            place,
            new Outcome.Retryable(
                TableProblem.TIMED_OUT.problem(
                    "There was no time left for this row: the table refuses others, which had to be"
                        + " found one by one."),
                null));
      }
    }

    private void written(int from, int to, List<Store.Unwritten> unwritten) {
      unwritten.forEach(row -> settle(row.place(), ofUnwritten(row)));
      Outcome changed = new Outcome.Delivered(Effect.CHANGED);
      for (int place = from; place < to; place++) {
        settle(place, changed);
      }
    }

    /** The first outcome of a row holds. */
    private void settle(int place, Outcome outcome) {
      if (seen.putIfAbsent(place, outcome) == null && staged.lasts()) {
        outcomes[at.get(offset + place)] = outcome;
      }
    }
  }

  private Outcome ofUnwritten(Store.Unwritten row) {
    boolean asAsked =
        switch (batch.kind()) {
          case INSERT -> row.there();
          case DELETE -> !row.there();
          default -> row.there() && row.same();
        };
    if (asAsked) {
      return new Outcome.Delivered(Effect.UNCHANGED);
    }
    return new Outcome.Rejected(
        batch.kind() == ChangeKind.UPDATE && !row.there()
            ? TableProblem.RECORD_NOT_FOUND.problem()
            : TableProblem.NOT_WRITTEN.problem());
  }
}
