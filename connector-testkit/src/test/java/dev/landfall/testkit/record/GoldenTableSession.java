package dev.landfall.testkit.record;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes each batch in one go, and tells of each row what became of it. */
public class GoldenTableSession implements DestinationSession {

  /** One writer for each file, whichever session it belongs to. */
  private static final Map<Path, Object> WRITERS = new ConcurrentHashMap<>();

  protected final Path file;
  private volatile boolean closed;

  protected GoldenTableSession(Path file) {
    this.file = file;
  }

  @Override
  public BatchResult deliver(Batch batch) {
    if (closed) {
      return all(batch.size(), new Outcome.NotAttempted());
    }
    synchronized (WRITERS.computeIfAbsent(file, f -> new Object())) {
      Table table;
      try {
        table = Table.read(file);
      } catch (IOException e) {
        return BatchResult.stopped(List.of(), batch.size(), TableProblems.NOT_READ);
      }
      List<Outcome> outcomes = write(table, batch);
      try {
        table.save(file);
      } catch (IOException e) {
        return all(batch.size(), new Outcome.Unknown(TableProblems.NOT_WRITTEN, null));
      }
      return BatchResult.of(outcomes);
    }
  }

  protected List<Outcome> write(Table table, Batch batch) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Row row : batch.rows()) {
      outcomes.add(write(table, batch.kind(), row));
    }
    return outcomes;
  }

  protected Outcome write(Table table, ChangeKind kind, Row row) {
    if (lacksKey(row)) {
      return new Outcome.Rejected(TableProblems.NO_KEY);
    }
    return isUnfit(row)
        ? new Outcome.Rejected(TableProblems.UNFIT)
        : apply(table, kind, values(row));
  }

  protected boolean isUnfit(Row row) {
    for (int i = 0; i < row.schema().fields().size(); i++) {
      Object value = row.value(i);
      if (value != null && !Table.holds(value)) {
        return true;
      }
    }
    return false;
  }

  protected boolean lacksKey(Row row) {
    return row.key().stream().anyMatch(Objects::isNull);
  }

  protected Map<String, @Nullable Object> values(Row row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<FieldSpec> fields = row.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      values.put(fields.get(i).name(), value(fields.get(i), row.value(i)));
    }
    return values;
  }

  protected @Nullable Object value(FieldSpec field, @Nullable Object value) {
    return value;
  }

  protected Outcome apply(Table table, ChangeKind kind, Map<String, @Nullable Object> values) {
    Map<String, Object> there = table.find(values).orElse(null);
    return switch (kind) {
      case INSERT -> there == null ? add(table, values) : effect(Effect.UNCHANGED);
      case UPDATE ->
          there == null
              ? new Outcome.Rejected(TableProblems.NOT_THERE)
              : change(table, there, values);
      case UPSERT -> there == null ? add(table, values) : change(table, there, values);
      case DELETE -> remove(table, values);
      case ADD, REMOVE -> throw new IllegalArgumentException("Tables hold no audiences");
    };
  }

  protected Outcome add(Table table, Map<String, @Nullable Object> values) {
    Map<String, Object> row = new LinkedHashMap<>();
    overwrite(row, values);
    table.add(row);
    return effect(Effect.CHANGED);
  }

  protected Outcome change(
      Table table, Map<String, Object> there, Map<String, @Nullable Object> values) {
    Map<String, Object> before = new LinkedHashMap<>(there);
    overwrite(there, values);
    return effect(there.equals(before) ? Effect.UNCHANGED : Effect.CHANGED);
  }

  protected Outcome remove(Table table, Map<String, @Nullable Object> values) {
    return effect(table.remove(values) ? Effect.CHANGED : Effect.UNCHANGED);
  }

  protected void overwrite(Map<String, Object> row, Map<String, @Nullable Object> values) {
    values.forEach(
        (field, value) -> {
          if (value == null) {
            row.remove(field);
          } else {
            row.put(field, value);
          }
        });
  }

  protected static Outcome effect(Effect effect) {
    return new Outcome.Delivered(effect);
  }

  protected static BatchResult all(int size, Outcome outcome) {
    return BatchResult.of(Collections.nCopies(size, outcome));
  }

  @Override
  public void close() {
    closed = true;
  }
}
