package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.reading;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Wrong with nothing to read, at the close, and beside others: S-3.5, S-6 and S-7.5. */
final class LifeSaboteurs {

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "finds every stream empty",
              "did not come, nor did what follows it",
              "S-3.1 S-3.9 S-4.1 S-4.3 S-4.4 S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        List<String> lines(long from) {
                          return super.lines(from).subList(0, 0);
                        }
                      })),
          SourceSaboteur.of(
              "gives a row of nothing for an empty stream",
              "a row that is no record came",
              "S-3.5",
              reading(
                  (wire, stream, from) ->
                      new WithoutLines(wire, stream, from) {
                        @Override
                        SourceBatch instead() {
                          return batch(List.of(nothing(schema())), List.of());
                        }
                      })),
          SourceSaboteur.of(
              "takes an empty stream for something malformed",
              "1 came",
              "S-3.5",
              reading(
                  (wire, stream, from) ->
                      new WithoutLines(wire, stream, from) {
                        @Override
                        SourceBatch instead() {
                          return batch(
                              List.of(), List.of(new Malformed(origin(), 1, "", problem(""))));
                        }
                      })),
          SourceSaboteur.of(
              "cannot be closed twice unless it has read",
              "it threw java.lang.IllegalStateException",
              "S-6.1",
              reading((wire, stream, from) -> new ClosedOnce(wire, stream, from, false))),
          SourceSaboteur.of(
              "cannot be closed twice once it has ended",
              "it threw java.lang.IllegalStateException",
              "S-6.1",
              reading((wire, stream, from) -> new ClosedOnce(wire, stream, from, true))),
          SourceSaboteur.of(
              "connects at the first read though it was closed",
              "no batch of a closed reader",
              "S-6.2",
              () ->
                  new GoldenSource() {
                    @Override
                    SourceReader reader(
                        SourceRequest request, ShopWire wire, ShopStream stream, long from) {
                      return new Connecting(request, stream, from);
                    }
                  }),
          SourceSaboteur.of(
              "ends a reader when another is opened", "the end came", "S-6.5", OneAtATime::new),
          SourceSaboteur.of(
              "ends a reader when one that was opened before it is closed",
              "the end came",
              "S-6.5",
              Lending::new),
          SourceSaboteur.of(
              "gives rows to the thread alone that came first",
              "the end came",
              "S-6.6",
              OfOneThread::new),
          SourceSaboteur.of(
              "begins again when a check is run meanwhile",
              "came twice",
              "S-7.5",
              BeginningAgain::new));

  private LifeSaboteurs() {}

  private static Row nothing(RowSchema schema) {
    return Row.of(schema, new Object[schema.fields().size()]);
  }

  /** Gives something, once, for a stream without a line. */
  private abstract static class WithoutLines extends GoldenReader {
    private boolean given;

    WithoutLines(ShopWire wire, ShopStream stream, long from) {
      super(wire, stream, from);
    }

    abstract SourceBatch instead();

    @Override
    Optional<SourceBatch> end() {
      if (given || readSoFar() > 0) {
        return Optional.empty();
      }
      given = true;
      return Optional.of(instead());
    }
  }

  /** Throws when it is closed again, before it has read or once it has come to its end. */
  private static final class ClosedOnce extends GoldenReader {
    private final boolean atTheEnd;
    private volatile boolean ended;
    private volatile boolean closed;

    ClosedOnce(ShopWire wire, ShopStream stream, long from, boolean atTheEnd) {
      super(wire, stream, from);
      this.atTheEnd = atTheEnd;
    }

    @Override
    Optional<SourceBatch> end() {
      ended = true;
      return super.end();
    }

    @Override
    public void close() {
      if (closed && (atTheEnd ? ended : readSoFar() == openedAt())) {
        throw new IllegalStateException("It is closed.");
      }
      closed = true;
      super.close();
    }
  }

  private static final class Connecting implements SourceReader {
    private final SourceRequest request;
    private final ShopStream stream;
    private final long from;
    private volatile @Nullable GoldenReader connected;

    Connecting(SourceRequest request, ShopStream stream, long from) {
      this.request = request;
      this.stream = stream;
      this.from = from;
    }

    @Override
    public RowSchema schema() {
      return stream.schema();
    }

    @Override
    public Optional<SourceBatch> read() {
      GoldenReader reader = connected;
      if (reader == null) {
        reader = new GoldenReader(new ShopWire(request.settings()), stream, from);
        connected = reader;
      }
      return reader.read();
    }

    @Override
    public void close() {
      GoldenReader reader = connected;
      if (reader != null) {
        reader.close();
      }
    }
  }

  private static final class OneAtATime extends GoldenSource {
    private final AtomicReference<@Nullable SourceReader> latest = new AtomicReference<>();

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      SourceReader reader =
          new GoldenReader(wire, stream, from) {
            @Override
            List<String> lines(long from) {
              return latest.get() == this ? super.lines(from) : List.of();
            }
          };
      latest.set(reader);
      return reader;
    }
  }

  /** Who is opened while another is open shares its connection. */
  private static final class Lending extends GoldenSource {
    private final AtomicReference<@Nullable Lent> lender = new AtomicReference<>();

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      Lent first = lender.get();
      Lent reader = new Lent(wire, stream, from, first == null || first.closed ? null : first);
      if (reader.lender == null) {
        lender.set(reader);
      }
      return reader;
    }
  }

  private static final class Lent extends GoldenReader {
    private final @Nullable Lent lender;
    private volatile boolean closed;

    Lent(ShopWire wire, ShopStream stream, long from, @Nullable Lent lender) {
      super(wire, stream, from);
      this.lender = lender;
    }

    @Override
    List<String> lines(long from) {
      return lender == null || !lender.closed ? super.lines(from) : List.of();
    }

    @Override
    public void close() {
      closed = true;
      super.close();
    }
  }

  private static final class OfOneThread extends GoldenSource {
    private final AtomicReference<@Nullable Thread> first = new AtomicReference<>();

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      first.compareAndSet(null, Thread.currentThread());
      boolean known = first.get() == Thread.currentThread();
      return new GoldenReader(wire, stream, from) {
        @Override
        List<String> lines(long from) {
          return known ? super.lines(from) : List.of();
        }
      };
    }
  }

  private static final class BeginningAgain extends GoldenSource {
    private final AtomicLong checks = new AtomicLong();

    @Override
    public CheckReport check(SourceRequest request) {
      checks.incrementAndGet();
      return super.check(request);
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      return new GoldenReader(wire, stream, from) {
        private long seen = checks.get();
        private long again;

        @Override
        List<String> lines(long from) {
          if (seen != checks.get()) {
            seen = checks.get();
            again = from - openedAt();
          }
          return super.lines(from - again);
        }
      };
    }
  }
}
