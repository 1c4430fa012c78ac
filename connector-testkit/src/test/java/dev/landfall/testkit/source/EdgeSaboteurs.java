package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.checking;
import static dev.landfall.testkit.source.SourceSaboteur.describing;
import static dev.landfall.testkit.source.SourceSaboteur.reading;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.source.RowSaboteurs.Around;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Right in the plain case, and wrong at its edge: in what comes alone, second, beside or never. */
final class EdgeSaboteurs {

  private static final AtomicInteger MADE = new AtomicInteger();

  private static final Problem WRONG =
      new Problem(ProblemKind.UNAVAILABLE, "golden.wrong", "It is not right.", "Look into it.");

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "describes itself anew in each instance",
              "another instance has another",
              "S-1.5",
              () ->
                  new GoldenSource() {
                    private final int number = MADE.incrementAndGet();

                    @Override
                    public SourceDescriptor descriptor() {
                      return named(super.descriptor(), "Golden shop " + number);
                    }
                  }),
          SourceSaboteur.of(
              "has a blank name",
              "a name that a person sees",
              "S-1.7",
              describing(descriptor -> named(descriptor, " "))),
          SourceSaboteur.of(
              "points to a setting that there is not once another is left out",
              "a violation points to /continent",
              "S-2.1",
              SourceSaboteur.setting(
                  GoldenSource.SETTINGS.withRule(
                      settings ->
                          settings.get(GoldenSource.REGION).isPresent()
                              ? Optional.empty()
                              : Optional.of(
                                  new Violation(
                                      "/continent", "golden.region", "Where is the shop?"))))),
          SourceSaboteur.of(
              "does not say what to do about a shop that is missing",
              "golden.no-shop does not say what to do",
              "S-3.10",
              telling(
                  "golden.no-shop", (request, problem) -> problem(problem, problem.message(), ""))),
          SourceSaboteur.of(
              "reads a stream twice from an odd cursor",
              "records of",
              "S-4.5",
              () ->
                  new GoldenSource() {
                    @Override
                    public SourceReader open(SourceRequest request) {
                      boolean odd =
                          request.resumeFrom() != null
                              && request.resumeFrom().value().matches("(line \\d+){2}");
                      return odd
                          ? new Twice(new ShopWire(request.settings()), stream(request))
                          : super.open(request);
                    }
                  }),
          SourceSaboteur.of(
              "drops what is malformed where no row stands beside it",
              "0 came",
              "S-5.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        SourceBatch batch(List<Row> rows, List<Malformed> malformed) {
                          return super.batch(rows, rows.isEmpty() ? List.of() : malformed);
                        }
                      })),
          SourceSaboteur.of(
              "cannot be closed twice before it has read",
              "it threw java.lang.IllegalStateException",
              "S-6.1",
              closedOnce(Progress.IDLE)),
          SourceSaboteur.of(
              "cannot be closed twice while there is more to read",
              "it threw java.lang.IllegalStateException",
              "S-6.1",
              closedOnce(Progress.BEGUN)),
          SourceSaboteur.of(
              "cannot be closed twice after the end",
              "it threw java.lang.IllegalStateException",
              "S-6.1",
              closedOnce(Progress.ENDED)),
          SourceSaboteur.of(
              "loses a row when another reader is opened",
              "of a reader beside another",
              "S-6.5",
              () ->
                  new GoldenSource() {
                    private final AtomicInteger opened = new AtomicInteger();

                    @Override
                    SourceReader reader(
                        SourceRequest request, ShopWire wire, ShopStream stream, long from) {
                      int mine = opened.incrementAndGet();
                      return new GoldenReader(wire, stream, from) {
                        @Override
                        List<String> lines(long from) {
                          return super.lines(opened.get() > mine ? from + 1 : from);
                        }
                      };
                    }
                  }),
          SourceSaboteur.of(
              "has nothing for any thread but the first",
              "in one of several threads",
              "S-6.6",
              () ->
                  new GoldenSource() {
                    private final AtomicReference<@Nullable Thread> first = new AtomicReference<>();

                    @Override
                    SourceReader reader(
                        SourceRequest request, ShopWire wire, ShopStream stream, long from) {
                      Thread here = Thread.currentThread();
                      boolean served = first.compareAndSet(null, here) || here.equals(first.get());
                      return new GoldenReader(wire, stream, from) {
                        @Override
                        List<String> lines(long from) {
                          return served ? super.lines(from) : List.of();
                        }
                      };
                    }
                  }),
          SourceSaboteur.of(
              "fails a check of what is right",
              "no failed item",
              "S-7.1",
              checking(
                  (golden, request) -> {
                    List<CheckReport.Item> items = new ArrayList<>(golden.check(request).items());
                    if (golden.check(request).ok()) {
                      items.add(CheckReport.Item.failed("more", WRONG));
                    }
                    return new CheckReport(items);
                  })),
          SourceSaboteur.of(
              "throws in a check while the shop is closed",
              "it threw java.lang.IllegalStateException",
              "S-7.4 S-7.6",
              checking(
                  (golden, request) -> {
                    CheckReport report = golden.check(request);
                    for (CheckReport.Item item : report.items()) {
                      if (item.problem() != null
                          && item.problem().kind() == ProblemKind.UNAVAILABLE) {
                        throw new IllegalStateException("The shop is closed");
                      }
                    }
                    return report;
                  })),
          SourceSaboteur.of(
              "loses a row when it is checked while a reader is open",
              "of a reader that was open during a check",
              "S-7.5",
              CheckedMeanwhile::new),
          SourceSaboteur.of(
              "has the key in what it says of a shop that is missing",
              "no secret and no token in",
              "S-8.1",
              telling("golden.no-shop", EdgeSaboteurs::withKey)),
          SourceSaboteur.of(
              "has the key in what it says of a cursor",
              "no secret and no token in",
              "S-8.1",
              telling("golden.cursor", EdgeSaboteurs::withKey)),
          SourceSaboteur.of(
              "has the key in what it says while the shop is closed",
              "no secret and no token in",
              "S-8.1",
              telling("golden.unavailable", EdgeSaboteurs::withKey)));

  private EdgeSaboteurs() {}

  private static SourceDescriptor named(SourceDescriptor d, String name) {
    return new SourceDescriptor(d.id(), name, d.version(), d.settings(), d.streams());
  }

  private static Problem problem(Problem golden, String message, String remedy) {
    return new Problem(golden.kind(), golden.code(), message, remedy);
  }

  private static Problem withKey(SourceRequest request, Problem golden) {
    String key = request.settings().get(GoldenSource.KEY).reveal();
    return problem(golden, "It did not work with " + key + ".", golden.remedy());
  }

  /** Breaks what is said with one code when a reader is opened, and when it reads. */
  private static Supplier<Source> telling(
      String code, BiFunction<SourceRequest, Problem, Problem> change) {
    return () ->
        new GoldenSource() {
          private <T> T changed(SourceRequest request, Supplier<T> work) {
            try {
              return work.get();
            } catch (ConnectorException e) {
              throw e.problem().code().equals(code)
                  ? new ConnectorException(change.apply(request, e.problem()))
                  : e;
            }
          }

          private SourceReader opened(SourceRequest request) {
            return super.open(request);
          }

          @Override
          public SourceReader open(SourceRequest request) {
            SourceReader golden = changed(request, () -> opened(request));
            return new Around(golden) {
              @Override
              public Optional<SourceBatch> read() {
                return changed(request, golden::read);
              }
            };
          }
        };
  }

  private enum Progress {
    IDLE,
    BEGUN,
    ENDED
  }

  private static Supplier<Source> closedOnce(Progress where) {
    return reading(
        (wire, stream, from) ->
            new GoldenReader(wire, stream, from) {
              private Progress progress = Progress.IDLE;
              private boolean closed;

              @Override
              public Optional<SourceBatch> read() {
                Optional<SourceBatch> batch = super.read();
                progress = batch.isPresent() ? Progress.BEGUN : Progress.ENDED;
                return batch;
              }

              @Override
              public void close() {
                if (closed && progress == where) {
                  throw new IllegalStateException("It is closed.");
                }
                closed = true;
                super.close();
              }
            });
  }

  /** Begins again, once, where it comes to the end. */
  private static final class Twice extends GoldenReader {
    private long ended = -1;

    Twice(ShopWire wire, ShopStream stream) {
      super(wire, stream, 0);
    }

    @Override
    List<String> lines(long from) {
      List<String> lines = super.lines(ended < 0 ? from : from - ended);
      if (lines.isEmpty() && ended < 0) {
        ended = from;
        return super.lines(0);
      }
      return lines;
    }
  }

  /** A check moves the readers that its thread has open. */
  private static final class CheckedMeanwhile extends GoldenSource {
    private final ThreadLocal<Integer> checks = ThreadLocal.withInitial(() -> 0);

    @Override
    public CheckReport check(SourceRequest request) {
      checks.set(checks.get() + 1);
      return super.check(request);
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      int before = checks.get();
      return new GoldenReader(wire, stream, from) {
        @Override
        List<String> lines(long from) {
          return super.lines(checks.get() > before ? from + 1 : from);
        }
      };
    }
  }
}
