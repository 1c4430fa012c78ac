package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.reading;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Wrong in how they go on, and with what is malformed: S-4 and S-5. */
final class CursorSaboteurs {

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "looks at no cursor",
              "record 1 came, which was not due at the beginning",
              "S-4.1 S-3.9 S-4.2 S-4.3 S-4.4 S-5.3",
              reading((wire, stream, from) -> new GoldenReader(wire, stream, 0))),
          SourceSaboteur.of(
              "counts in its cursors from where it was opened",
              "came twice",
              "S-4.1 S-4.3",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Cursor cursor() {
                          return new Cursor("line " + (readSoFar() - openedAt()));
                        }
                      })),
          SourceSaboteur.of(
              "reads a row twice when it goes on",
              "record 10 came, which was not due at the beginning",
              "S-4.1 S-3.9 S-4.2 S-4.3 S-4.4 S-5.3",
              reading(
                  (wire, stream, from) -> new GoldenReader(wire, stream, Math.max(0, from - 1)))),
          SourceSaboteur.of(
              "has a cursor that is ahead of its batch",
              "did not come",
              "S-4.1 S-3.9 S-4.2 S-4.3 S-4.4 S-5.3",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Cursor cursor() {
                          return new Cursor("line " + (readSoFar() + lines(readSoFar()).size()));
                        }
                      })),
          SourceSaboteur.of(
              "has a cursor that is a batch behind",
              "which was not due",
              "S-4.1 S-3.9 S-4.2 S-4.3 S-4.4 S-5.3",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        private long before = openedAt();
                        private long latest = openedAt();

                        @Override
                        Cursor cursor() {
                          before = latest;
                          latest = readSoFar();
                          return new Cursor("line " + before);
                        }
                      })),
          SourceSaboteur.of(
              "leaves a row out when it goes on",
              "did not come at the beginning",
              "S-4.1 S-3.9 S-4.2 S-4.3 S-4.4",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from == 0 ? 0 : from + 1))),
          SourceSaboteur.of(
              "remembers in the instance what its cursors stand for",
              "open threw CONFIGURATION",
              "S-4.2",
              Remembering::new),
          SourceSaboteur.of(
              "has cursors that no file can store",
              "a cursor of text that UTF-8 can store",
              "S-4.2",
              () ->
                  new GoldenSource() {
                    @Override
                    long position(@Nullable Cursor cursor) {
                      return super.position(
                          cursor == null
                              ? null
                              : new Cursor(cursor.value().replaceFirst("\ud800$", "")));
                    }

                    @Override
                    SourceReader reader(
                        SourceRequest request, ShopWire wire, ShopStream stream, long from) {
                      return new GoldenReader(wire, stream, from) {
                        @Override
                        Cursor cursor() {
                          return new Cursor(super.cursor().value() + "\ud800");
                        }
                      };
                    }
                  }),
          SourceSaboteur.of(
              "finds nothing new from its last cursor",
              "did not come, nor did what follows it: the end came at the beginning",
              "S-4.3",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        List<String> lines(long from) {
                          boolean partial = openedAt() % BATCH != 0 && from == openedAt();
                          return partial ? List.of() : super.lines(from);
                        }
                      })),
          SourceSaboteur.of(
              "takes each cursor once",
              "open threw CONFIGURATION (golden.used)",
              "S-4.4 S-4.3 S-4.1",
              UsingUp::new),
          SourceSaboteur.of(
              "takes nonsense for the beginning",
              "it was not refused",
              "S-4.5",
              () ->
                  new GoldenSource() {
                    @Override
                    long position(@Nullable Cursor cursor) {
                      try {
                        return super.position(cursor);
                      } catch (ConnectorException e) {
                        return 0;
                      }
                    }
                  }),
          SourceSaboteur.of(
              "falls over a strange cursor",
              "it threw java.lang.NullPointerException",
              "S-4.5 S-3.6 S-7.4",
              () ->
                  new GoldenSource() {
                    @Override
                    long position(@Nullable Cursor cursor) {
                      Map<String, String> none = Map.of();
                      return cursor == null || cursor.value().startsWith("line ")
                          ? super.position(cursor)
                          : java.util.Objects.requireNonNull(none.get("line")).length();
                    }
                  }),
          SourceSaboteur.of(
              "blames itself for a strange cursor",
              "it was refused as INTERNAL",
              "S-4.5",
              () ->
                  new GoldenSource() {
                    @Override
                    long position(@Nullable Cursor cursor) {
                      try {
                        return super.position(cursor);
                      } catch (ConnectorException e) {
                        throw ShopWire.failed(
                            ProblemKind.INTERNAL, "golden.broken", "It broke.", "Tell its author.");
                      }
                    }
                  }),
          SourceSaboteur.of(
              "goes on by itself without a cursor",
              "at the beginning",
              "S-4.6 S-3.1 S-3.9 S-4.1 S-5.1 S-5.2 S-6.5 S-7.5",
              GoingOn::new),
          SourceSaboteur.of(
              "drops what is malformed",
              "0 came",
              "S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        SourceBatch batch(List<Row> rows, List<Malformed> malformed) {
                          return super.batch(rows, List.of());
                        }
                      })),
          SourceSaboteur.of(
              "makes up a row for what is malformed",
              "a row that is no record",
              "S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Optional<Row> row(String line) {
                          return super.row(line).or(() -> Optional.of(made(schema())));
                        }
                      })),
          SourceSaboteur.of(
              "tidies what is malformed",
              "the text of one is another",
              "S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Malformed malformed(String line) {
                          return super.malformed(line.strip());
                        }
                      })),
          SourceSaboteur.of(
              "ends at what is malformed",
              "read threw RECORD (golden.malformed)",
              "S-5.1 S-5.2 S-5.3 S-5.4",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Malformed malformed(String line) {
                          throw new ConnectorException(problem(line));
                        }
                      })),
          SourceSaboteur.of(
              "counts positions from 0",
              "the position is 0",
              "S-5.2",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        long position() {
                          return super.position() - 1;
                        }
                      })),
          SourceSaboteur.of(
              "does not say where something malformed stands",
              "the origin is blank",
              "S-5.2",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        String origin() {
                          return "";
                        }
                      })),
          SourceSaboteur.of(
              "counts positions from where it was opened",
              "they differ",
              "S-5.3",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        long position() {
                          return super.position() - openedAt();
                        }
                      })),
          SourceSaboteur.of(
              "gives what is malformed again when it goes on",
              "came",
              "S-5.3",
              reading(Repeating::new)),
          SourceSaboteur.of(
              "blames the system for what is malformed",
              "it was PROTOCOL",
              "S-5.4",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Problem problem(String line) {
                          return new Problem(
                              ProblemKind.PROTOCOL,
                              "golden.line",
                              "A line is wrong.",
                              "Correct it.");
                        }
                      })));

  private CursorSaboteurs() {}

  private static Row made(RowSchema schema) {
    return Row.of(schema, new Object[schema.fields().size()]);
  }

  private static final class Remembering extends GoldenSource {
    private final Map<String, Long> places = new ConcurrentHashMap<>();

    @Override
    long position(@Nullable Cursor cursor) {
      Long place = cursor == null ? Long.valueOf(0) : places.get(cursor.value());
      return place == null ? super.position(new Cursor("forgotten")) : place;
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      return new GoldenReader(wire, stream, from) {
        @Override
        Cursor cursor() {
          String word = "place " + readSoFar();
          places.put(word, readSoFar());
          return new Cursor(word);
        }
      };
    }
  }

  private static final class UsingUp extends GoldenSource {
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    @Override
    public SourceReader open(SourceRequest request) {
      Cursor cursor = request.resumeFrom();
      if (cursor != null && !used.add(request.stream() + cursor.value())) {
        throw ShopWire.failed(
            ProblemKind.CONFIGURATION, "golden.used", "The cursor was used.", "Begin again.");
      }
      return super.open(request);
    }
  }

  private static final class GoingOn extends GoldenSource {
    private final Map<ShopStream, Long> places = new ConcurrentHashMap<>();

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      long begin = request.resumeFrom() == null ? places.getOrDefault(stream, 0L) : from;
      return new GoldenReader(wire, stream, begin) {
        @Override
        Cursor cursor() {
          places.put(stream, readSoFar());
          return super.cursor();
        }
      };
    }
  }

  /** Gives all that is malformed before its place with its first batch. */
  private static final class Repeating extends GoldenReader {
    private final ShopWire wire;
    private final ShopStream stream;
    private boolean begun;

    Repeating(ShopWire wire, ShopStream stream, long from) {
      super(wire, stream, from);
      this.wire = wire;
      this.stream = stream;
    }

    @Override
    SourceBatch batch(List<Row> rows, List<Malformed> malformed) {
      List<Malformed> all = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      if (!begun && openedAt() > 0) {
        List<String> before = wire.lines(stream.word(), 0, (int) openedAt());
        for (int i = 0; i < before.size(); i++) {
          if (row(before.get(i)).isEmpty() && seen.add(before.get(i))) {
            all.add(new Malformed(origin(), i + 1, before.get(i), problem(before.get(i))));
          }
        }
      }
      begun = true;
      all.addAll(malformed);
      return super.batch(rows, all);
    }
  }
}
