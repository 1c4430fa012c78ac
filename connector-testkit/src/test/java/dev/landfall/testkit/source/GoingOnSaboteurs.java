package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.reading;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.source.RowSaboteurs.Around;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Wrong now and then only in how they go on, and with what is malformed: S-4 and S-5. */
final class GoingOnSaboteurs {

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "begins again at a cursor of another instance",
              "record 1 came, which was not due at the beginning",
              "S-4.2",
              Forgetful::new),
          SourceSaboteur.of(
              "goes on as far only as the stream was long before",
              "did not come, nor did what follows it",
              "S-4.3",
              Bounded::new),
          SourceSaboteur.of(
              "gives what follows a cursor once",
              "did not come, nor did what follows it: the end came at the beginning",
              "S-4.4 S-4.1 S-4.3",
              GivingOnce::new),
          SourceSaboteur.of(
              "goes on in the middle of a row",
              "a row that is no record",
              "S-4.5",
              CountingCharacters::new),
          SourceSaboteur.of(
              "takes a batch without a row for the end",
              "0 came",
              "S-5.1",
              reading(
                  (wire, stream, from) ->
                      new Around(new GoldenReader(wire, stream, from)) {
                        @Override
                        public Optional<SourceBatch> read() {
                          return super.read().filter(batch -> !batch.rows().isEmpty());
                        }
                      })),
          SourceSaboteur.of(
              "keeps the first alone of malformed lines that follow each other",
              "3 came",
              "S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        SourceBatch batch(List<Row> rows, List<Malformed> malformed) {
                          return super.batch(rows, firsts(malformed));
                        }
                      })),
          SourceSaboteur.of(
              "counts what is malformed on from reader to reader",
              "they differ",
              "S-5.2 S-5.3",
              CountingOn::new));

  private GoingOnSaboteurs() {}

  private static List<Malformed> firsts(List<Malformed> malformed) {
    List<Malformed> firsts = new ArrayList<>();
    long last = -1;
    for (Malformed one : malformed) {
      if (one.position() != last + 1) {
        firsts.add(one);
      }
      last = one.position();
    }
    return firsts;
  }

  /** Knows the places of its own cursors alone. */
  private static final class Forgetful extends GoldenSource {
    private final Map<String, Long> places = new ConcurrentHashMap<>();

    @Override
    long position(@Nullable Cursor cursor) {
      if (cursor == null) {
        return 0;
      }
      return cursor.value().startsWith("place ")
          ? places.getOrDefault(cursor.value(), 0L)
          : super.position(new Cursor("none"));
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

  /** Has the length of the stream in a cursor, and reads up to it. */
  private static final class Bounded extends GoldenSource {
    private static final Pattern CURSOR = Pattern.compile("(line (\\d{1,9})) of (\\d{1,9})");

    @Override
    long position(@Nullable Cursor cursor) {
      if (cursor == null) {
        return 0;
      }
      Matcher matcher = CURSOR.matcher(cursor.value());
      return super.position(new Cursor(matcher.matches() ? matcher.group(1) : "none"));
    }

    private static long end(@Nullable Cursor cursor) {
      Matcher matcher = CURSOR.matcher(cursor == null ? "" : cursor.value());
      return matcher.matches() && !matcher.group(2).equals(matcher.group(3))
          ? Long.parseLong(matcher.group(3))
          : Long.MAX_VALUE;
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      long end = end(request.resumeFrom());
      return new GoldenReader(wire, stream, from) {
        @Override
        List<String> lines(long from) {
          List<String> lines = super.lines(from);
          return lines.subList(0, (int) Math.min(lines.size(), end - from));
        }

        @Override
        Cursor cursor() {
          int length = wire.lines(stream.word(), 0, 100_000).size();
          return new Cursor("line " + readSoFar() + " of " + length);
        }
      };
    }
  }

  private static final class GivingOnce extends GoldenSource {
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      Cursor cursor = request.resumeFrom();
      boolean again = cursor != null && !used.add(stream.word() + " " + cursor.value());
      return new GoldenReader(wire, stream, from) {
        @Override
        List<String> lines(long from) {
          return again ? List.of() : super.lines(from);
        }
      };
    }
  }

  /** Has cursors of lines and characters, and goes on within a line at the one that is cut off. */
  private static final class CountingCharacters extends GoldenSource {
    private static final long LINE = 1000;

    @Override
    long position(@Nullable Cursor cursor) {
      return cursor == null ? 0 : super.position(new Cursor("line " + cursor.value()));
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      return new GoldenReader(wire, stream, from / LINE) {
        @Override
        List<String> lines(long line) {
          List<String> lines = new ArrayList<>(super.lines(line));
          if (line == openedAt() && !lines.isEmpty()) {
            lines.set(0, lines.get(0).substring((int) (from % LINE)));
          }
          return lines;
        }

        @Override
        Cursor cursor() {
          return new Cursor(String.valueOf(readSoFar() * LINE));
        }
      };
    }
  }

  private static final class CountingOn extends GoldenSource {
    private final AtomicLong found = new AtomicLong();

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      return new GoldenReader(wire, stream, from) {
        @Override
        long position() {
          return found.incrementAndGet();
        }
      };
    }
  }
}
