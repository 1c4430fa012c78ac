package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.reading;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wrong in what they give: S-3. */
final class RowSaboteurs {

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "skips the row at a batch's end",
              "record 10 did not come after record 9",
              "S-3.1 S-4.3 S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        SourceBatch batch(List<Row> rows, List<Malformed> malformed) {
                          boolean full = rows.size() == BATCH;
                          return super.batch(full ? rows.subList(0, BATCH - 1) : rows, malformed);
                        }
                      })),
          SourceSaboteur.of(
              "gives the rows of a batch backwards",
              "came before record",
              "S-3.1 S-3.4 S-4.3 S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        SourceBatch batch(List<Row> rows, List<Malformed> malformed) {
                          Collections.reverse(rows);
                          return super.batch(rows, malformed);
                        }
                      })),
          SourceSaboteur.of(
              "drops the last row of a stream",
              "did not come, nor did what follows it",
              "S-3.1 S-3.4 S-4.3 S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        List<String> lines(long from) {
                          List<String> lines = super.lines(from);
                          return lines.isEmpty() || lines.size() == BATCH
                              ? lines
                              : lines.subList(0, lines.size() - 1);
                        }
                      })),
          SourceSaboteur.of(
              "reads nothing as a value",
              "it is like record 3 but for note",
              "S-3.1 S-3.4 S-4.3 S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Optional<Row> row(String line) {
                          return super.row(line).map(RowSaboteurs::filled);
                        }
                      })),
          SourceSaboteur.of(
              "gives rows of another schema",
              "rows with the reader's schema",
              "S-3.2",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Optional<Row> row(String line) {
                          return super.row(line).map(row -> of(keyedByAll(schema()), row));
                        }
                      })),
          SourceSaboteur.of(
              "changes the schema once it has read",
              "with the key [order, customer, pieces, price, note] from [order TEXT, ",
              "S-3.3 S-3.2",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        public RowSchema schema() {
                          return readSoFar() > openedAt()
                              ? keyedByAll(super.schema())
                              : super.schema();
                        }

                        @Override
                        Optional<Row> row(String line) {
                          return super.row(line).map(row -> of(schema(), row));
                        }
                      })),
          SourceSaboteur.of(
              "has another schema than it declares",
              "the schema that the descriptor declares",
              "S-3.3",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        public RowSchema schema() {
                          return keyedByAll(super.schema());
                        }

                        @Override
                        Optional<Row> row(String line) {
                          return super.row(line).map(row -> of(schema(), row));
                        }
                      })),
          SourceSaboteur.of(
              "never ends",
              "it did not come after 28 rows in 204 batches",
              "S-3.4",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Optional<SourceBatch> end() {
                          return Optional.of(batch(List.of(), List.of()));
                        }
                      })),
          SourceSaboteur.of(
              "gives its last row again and again",
              "it did not come after ",
              "S-3.4 S-3.1 S-3.9 S-4.1 S-4.2 S-4.3 S-4.4 S-5.1 S-6.5 S-7.5",
              reading(Endless::new)),
          SourceSaboteur.of(
              "begins again after the end",
              "the end to stay the end",
              "S-3.4",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        private boolean ended;

                        @Override
                        List<String> lines(long from) {
                          return super.lines(ended ? openedAt() : from);
                        }

                        @Override
                        Optional<SourceBatch> end() {
                          ended = true;
                          return Optional.empty();
                        }
                      })),
          SourceSaboteur.of(
              "takes an empty stream for a mistake",
              "read threw CONFIGURATION (golden.empty)",
              "S-3.5",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Optional<SourceBatch> end() {
                          if (readSoFar() == 0) {
                            throw ShopWire.failed(
                                ProblemKind.CONFIGURATION,
                                "golden.empty",
                                "It is empty.",
                                "Fill it.");
                          }
                          return Optional.empty();
                        }
                      })),
          SourceSaboteur.of(
              "gives null at the end",
              "it was null",
              "S-3.6",
              reading(
                  (wire, stream, from) ->
                      new Around(new GoldenReader(wire, stream, from)) {
                        @Override
                        @SuppressWarnings({"NullAway", "OptionalAssignedToNull"}) // what it is for
                        public Optional<SourceBatch> read() {
                          Optional<SourceBatch> batch = super.read();
                          return batch.isPresent() ? batch : null;
                        }
                      })),
          SourceSaboteur.of(
              "takes a stream it does not know for an empty one",
              "it was not refused",
              "S-3.7",
              () ->
                  new GoldenSource() {
                    @Override
                    public SourceReader open(SourceRequest request) {
                      return ShopStream.find(request.stream()).isPresent()
                          ? super.open(request)
                          : empty(request);
                    }
                  }),
          SourceSaboteur.of(
              "takes a shop that is missing for an empty one",
              "it was not refused",
              "S-3.8",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        List<String> lines(long from) {
                          return orNone(ProblemKind.TARGET_NOT_FOUND, () -> super.lines(from));
                        }
                      })),
          SourceSaboteur.of(
              "takes a failure for the end",
              "the end came after 10 of",
              "S-3.9",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        List<String> lines(long from) {
                          return orNone(ProblemKind.UNAVAILABLE, () -> super.lines(from));
                        }
                      })),
          SourceSaboteur.of(
              "does not say what to do",
              "golden.cursor does not say what to do",
              "S-3.10",
              () ->
                  new GoldenSource() {
                    @Override
                    long position(@Nullable Cursor cursor) {
                      try {
                        return super.position(cursor);
                      } catch (ConnectorException e) {
                        throw ShopWire.failed(
                            e.problem().kind(), e.problem().code(), e.problem().message(), "");
                      }
                    }
                  }),
          SourceSaboteur.of(
              "has codes of another connector",
              "the code silver.cursor does not begin with golden-shop",
              "S-3.11",
              () ->
                  new GoldenSource() {
                    @Override
                    long position(@Nullable Cursor cursor) {
                      try {
                        return super.position(cursor);
                      } catch (ConnectorException e) {
                        throw ShopWire.failed(
                            e.problem().kind(),
                            "silver.cursor",
                            e.problem().message(),
                            e.problem().remedy());
                      }
                    }
                  }));

  private RowSaboteurs() {}

  @FunctionalInterface
  private interface Lines {
    List<String> get();
  }

  private static List<String> orNone(ProblemKind kind, Lines lines) {
    try {
      return lines.get();
    } catch (ConnectorException e) {
      if (e.problem().kind() == kind) {
        return List.of();
      }
      throw e;
    }
  }

  private static SourceReader empty(SourceRequest request) {
    return new GoldenReader(new ShopWire(request.settings()), ShopStream.ORDERS, 0) {
      @Override
      List<String> lines(long from) {
        return List.of();
      }
    };
  }

  private static Row filled(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < row.schema().fields().size(); i++) {
      Object value = row.value(i);
      boolean text = row.schema().fields().get(i).type().carrier() == String.class;
      values.add(value == null && text ? "" : value);
    }
    return Row.of(row.schema(), values.toArray());
  }

  private static RowSchema keyedByAll(RowSchema schema) {
    return new RowSchema(schema.fields(), schema.fields().stream().map(FieldSpec::name).toList());
  }

  private static Row of(RowSchema schema, Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      values.add(row.value(i));
    }
    return Row.of(schema, values.toArray());
  }

  /** A reader in front of another. */
  static class Around implements SourceReader {
    private final SourceReader golden;

    Around(SourceReader golden) {
      this.golden = golden;
    }

    @Override
    public RowSchema schema() {
      return golden.schema();
    }

    @Override
    public Optional<SourceBatch> read() {
      return golden.read();
    }

    @Override
    public void close() {
      golden.close();
    }
  }

  /** Has no end once it has given a row. */
  private static final class Endless extends GoldenReader {
    private List<Row> last = List.of();

    Endless(ShopWire wire, ShopStream stream, long from) {
      super(wire, stream, from);
    }

    @Override
    Optional<Row> row(String line) {
      Optional<Row> row = super.row(line);
      last = row.map(List::of).orElse(last);
      return row;
    }

    @Override
    Optional<SourceBatch> end() {
      return last.isEmpty() ? Optional.empty() : Optional.of(batch(last, List.of()));
    }
  }
}
