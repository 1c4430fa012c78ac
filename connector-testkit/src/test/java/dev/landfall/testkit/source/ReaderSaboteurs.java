package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.checking;
import static dev.landfall.testkit.source.SourceSaboteur.reading;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.source.RowSaboteurs.Around;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Wrong as readers, in checks, and in what they say: S-6, S-7 and S-8. */
final class ReaderSaboteurs {

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "cannot be closed twice",
              "it threw java.lang.IllegalStateException",
              "S-6.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        private boolean closed;

                        @Override
                        public void close() {
                          if (closed) {
                            throw new IllegalStateException("It is closed.");
                          }
                          closed = true;
                          super.close();
                        }
                      })),
          SourceSaboteur.of(
              "goes on reading after close",
              "no batch of a closed reader",
              "S-6.2",
              reading((wire, stream, from) -> new Ahead(new GoldenReader(wire, stream, from)))),
          SourceSaboteur.of(
              "waits in close for the read under way",
              "close to return within a second",
              "S-6.3",
              reading(
                  (wire, stream, from) ->
                      new Around(new GoldenReader(wire, stream, from)) {
                        @Override
                        public synchronized Optional<SourceBatch> read() {
                          return super.read();
                        }

                        @Override
                        public synchronized void close() {
                          super.close();
                        }
                      })),
          SourceSaboteur.of(
              "does not free a blocked read",
              "read to return within a second of close",
              "S-6.3 S-6.2",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        public void close() {}
                      })),
          SourceSaboteur.of(
              "keeps a thread",
              "there is [Thread",
              "S-6.4",
              reading(
                  (wire, stream, from) -> {
                    idle();
                    return new GoldenReader(wire, stream, from);
                  })),
          SourceSaboteur.of(
              "has one place for all readers", "did not come", "S-6.5", SharedPlace::new),
          SourceSaboteur.of(
              "closes in the thread alone that opened it",
              "close to return within a second",
              "S-6.7",
              reading(
                  (wire, stream, from) -> {
                    Thread opener = Thread.currentThread();
                    return new GoldenReader(wire, stream, from) {
                      @Override
                      public void close() {
                        if (Thread.currentThread() != opener) {
                          pause(4);
                        }
                        super.close();
                      }
                    };
                  })),
          SourceSaboteur.of(
              "passes no check",
              "at least one item that passed",
              "S-7.1",
              checking(
                  (golden, request) ->
                      new CheckReport(
                          List.of(CheckReport.Item.unverified("shop", "Nobody looked."))))),
          SourceSaboteur.of(
              "passes a check of what is missing",
              "an item that failed or is unverified for what does not exist",
              "S-7.2",
              checking(
                  (golden, request) ->
                      passedIf(golden.check(request), ProblemKind.TARGET_NOT_FOUND))),
          SourceSaboteur.of(
              "blames itself in a check",
              "there are [INTERNAL]",
              "S-7.2 S-7.3",
              checking(
                  (golden, request) ->
                      golden.check(request).ok()
                          ? golden.check(request)
                          : failed(ProblemKind.INTERNAL))),
          SourceSaboteur.of(
              "passes a check of a stream it does not know",
              "an item that failed or is unverified for a stream that does not exist",
              "S-7.3",
              checking(
                  (golden, request) ->
                      ShopStream.find(request.stream()).isPresent()
                          ? golden.check(request)
                          : passed())),
          SourceSaboteur.of(
              "throws in a check",
              "a report from check, whatever happened",
              "S-7.4",
              checking(
                  (golden, request) -> {
                    long unused = golden.position(request.resumeFrom());
                    return golden.check(request);
                  })),
          SourceSaboteur.of(
              "finds nothing, not even a report",
              "it was null",
              "S-7.4 S-7.1 S-7.2 S-7.3 S-7.6",
              checking((golden, request) -> null)),
          SourceSaboteur.of(
              "has an item that says little",
              "orders has no whole sentence",
              "S-7.7",
              checking(
                  (golden, request) ->
                      golden.check(request).ok()
                          ? new CheckReport(List.of(CheckReport.Item.passed("orders", "ok")))
                          : golden.check(request))),
          SourceSaboteur.of("reads away in a check", "record", "S-7.5", ReadingAway::new),
          SourceSaboteur.of(
              "passes a check while the shop is closed",
              "while the system fails",
              "S-7.6",
              checking(
                  (golden, request) -> passedIf(golden.check(request), ProblemKind.UNAVAILABLE))),
          SourceSaboteur.of(
              "has the key in a message",
              "no secret and no token in",
              "S-8.1",
              () ->
                  new GoldenSource() {
                    @Override
                    ShopStream stream(SourceRequest request) {
                      return ShopStream.find(request.stream())
                          .orElseThrow(
                              () ->
                                  ShopWire.failed(
                                      ProblemKind.CONFIGURATION,
                                      "golden.stream",
                                      "No stream for "
                                          + request.settings().get(GoldenSource.KEY).reveal()
                                          + ".",
                                      "Name another."));
                    }
                  }),
          SourceSaboteur.of(
              "repeats a malformed line in its problem",
              "no value of a record in a problem's message",
              "S-8.2",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Problem problem(String line) {
                          return new Problem(
                              ProblemKind.RECORD,
                              "golden.line",
                              line + " is wrong.",
                              "Correct it.");
                        }
                      })),
          SourceSaboteur.of(
              "repeats a row in the cause of an exception",
              "no value of a record in what read threw (java.lang.IllegalArgumentException)",
              "S-8.2",
              reading(Quoting::new)),
          SourceSaboteur.of(
              "logs what it reads",
              "the log of golden.shop",
              "S-8.3",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        List<String> lines(long from) {
                          List<String> lines = super.lines(from);
                          HeardLogs.SHOP.fine("read " + lines);
                          return lines;
                        }
                      })),
          SourceSaboteur.of(
              "has the key in its cursors", "no secret in a cursor", "S-8.4", KeyInCursors::new));

  private ReaderSaboteurs() {}

  private static CheckReport passed() {
    return new CheckReport(List.of(CheckReport.Item.passed("shop", "It is there.")));
  }

  private static CheckReport failed(ProblemKind kind) {
    Problem problem = new Problem(kind, "golden.check", "It is not right.", "Look into it.");
    return new CheckReport(List.of(CheckReport.Item.failed("shop", problem)));
  }

  private static CheckReport passedIf(CheckReport golden, ProblemKind kind) {
    return golden.items().stream()
            .map(CheckReport.Item::problem)
            .anyMatch(problem -> problem != null && problem.kind() == kind)
        ? passed()
        : golden;
  }

  private static void pause(int seconds) {
    try {
      boolean unused = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void idle() {
    Thread thread = new Thread(() -> pause(5), "idle");
    thread.setDaemon(true);
    thread.start();
  }

  /** Holds the next batch before it is asked for. */
  private static final class Ahead extends Around {
    private final Deque<SourceBatch> held = new ArrayDeque<>();

    Ahead(SourceReader golden) {
      super(golden);
    }

    @Override
    public Optional<SourceBatch> read() {
      Optional<SourceBatch> batch = held.isEmpty() ? super.read() : Optional.of(held.remove());
      if (batch.isPresent()) {
        super.read().ifPresent(held::add);
      }
      return batch;
    }
  }

  private static final class SharedPlace extends GoldenSource {
    private final Map<ShopStream, AtomicLong> open = new ConcurrentHashMap<>();

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      AtomicLong readers = open.computeIfAbsent(stream, s -> new AtomicLong());
      readers.incrementAndGet();
      return new GoldenReader(wire, stream, from) {
        private boolean closed;

        @Override
        List<String> lines(long from) {
          // Of two readers the one that comes later finds gone what the other has fetched.
          return readers.get() > 1 && from == 0 ? super.lines(from + BATCH) : super.lines(from);
        }

        @Override
        public void close() {
          if (!closed) {
            closed = true;
            readers.decrementAndGet();
          }
          super.close();
        }
      };
    }
  }

  private static final class ReadingAway extends GoldenSource {
    private final Map<ShopStream, Long> gone = new ConcurrentHashMap<>();

    @Override
    public CheckReport check(SourceRequest request) {
      ShopStream.find(request.stream()).ifPresent(stream -> gone.put(stream, 1L));
      return super.check(request);
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      return new GoldenReader(wire, stream, Math.max(from, gone.getOrDefault(stream, 0L)));
    }
  }

  /** Says what it read last when it cannot go on. */
  private static final class Quoting extends GoldenReader {
    private String last = "";

    Quoting(ShopWire wire, ShopStream stream, long from) {
      super(wire, stream, from);
    }

    @Override
    List<String> lines(long from) {
      try {
        List<String> lines = super.lines(from);
        last = lines.isEmpty() ? last : lines.get(0);
        return lines;
      } catch (ConnectorException e) {
        throw new ConnectorException(e.problem(), new IllegalArgumentException("after " + last));
      }
    }
  }

  private static final class KeyInCursors extends GoldenSource {
    private static final String PREFIX = "key=" + Shop.TOKEN + "&";

    @Override
    long position(@Nullable Cursor cursor) {
      boolean own = cursor != null && cursor.value().startsWith(PREFIX);
      if (cursor == null || own) {
        return super.position(
            cursor == null ? null : new Cursor(cursor.value().substring(PREFIX.length())));
      }
      return super.position(new Cursor("none"));
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      return new GoldenReader(wire, stream, from) {
        @Override
        Cursor cursor() {
          return new Cursor(PREFIX + super.cursor().value());
        }
      };
    }
  }
}
