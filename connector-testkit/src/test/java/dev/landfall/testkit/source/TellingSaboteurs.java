package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.checking;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Wrong in what they say where they refuse, check or fail: S-3, S-7 and S-8. */
final class TellingSaboteurs {

  private static final Problem NO_REGION =
      new Problem(
          ProblemKind.CONFIGURATION,
          "golden.region",
          "The shop has no region.",
          "Name one if there is one.");

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "blames itself for a stream that it does not know",
              "it was refused as INTERNAL",
              "S-3.7 S-7.3",
              () ->
                  new GoldenSource() {
                    @Override
                    ShopStream stream(SourceRequest request) {
                      return ShopStream.find(request.stream())
                          .orElseThrow(
                              () ->
                                  ShopWire.failed(
                                      ProblemKind.INTERNAL,
                                      "golden.broken",
                                      "It broke.",
                                      "Tell its author."));
                    }
                  }),
          SourceSaboteur.of(
              "does not say what to do about a shop that is missing",
              "golden.no-shop does not say what to do",
              "S-3.10",
              () ->
                  new Retelling(
                      ProblemKind.TARGET_NOT_FOUND,
                      p -> new Problem(p.kind(), p.code(), p.message(), ""))),
          SourceSaboteur.of(
              "does not say what to do about what a check found",
              "does not say what to do",
              "S-3.10",
              checking(
                  (golden, request) ->
                      new CheckReport(
                          golden.check(request).items().stream()
                              .map(TellingSaboteurs::withoutRemedy)
                              .toList()))),
          SourceSaboteur.of(
              "has a code of another connector for a stream that it does not know",
              "the code silver.stream does not begin with golden-shop",
              "S-3.11",
              () ->
                  new Opening() {
                    @Override
                    Problem problem(SourceRequest request, Problem p) {
                      return new Problem(p.kind(), "silver.stream", p.message(), p.remedy());
                    }
                  }),
          SourceSaboteur.of(
              "has something failed in a check of what can be read",
              "no failed item",
              "S-7.1",
              checking(
                  (golden, request) -> {
                    List<CheckReport.Item> items = new ArrayList<>(golden.check(request).items());
                    items.add(CheckReport.Item.failed("region", NO_REGION));
                    return new CheckReport(items);
                  })),
          SourceSaboteur.of(
              "throws in a check while the shop is closed",
              "it threw dev.landfall.connector.ConnectorException",
              "S-7.4 S-7.6",
              checking(
                  (golden, request) -> {
                    CheckReport report = golden.check(request);
                    for (CheckReport.Item item : report.items()) {
                      Problem problem = item.problem();
                      if (problem != null && problem.kind() == ProblemKind.UNAVAILABLE) {
                        throw new ConnectorException(problem);
                      }
                    }
                    return report;
                  })),
          SourceSaboteur.of(
              "has the key in what open says of a stream that it does not know",
              "no secret and no token in what open threw",
              "S-8.1",
              () ->
                  new Opening() {
                    @Override
                    Problem problem(SourceRequest request, Problem p) {
                      return withKey(p);
                    }
                  }),
          SourceSaboteur.of(
              "has the key in what it says of a shop that is missing",
              "no secret and no token in what read threw",
              "S-8.1",
              () -> new Retelling(ProblemKind.TARGET_NOT_FOUND, TellingSaboteurs::withKey)),
          SourceSaboteur.of(
              "has the key in what it says when it cannot begin",
              "no secret and no token in what read threw",
              "S-8.1",
              () -> new Retelling(ProblemKind.UNAVAILABLE, TellingSaboteurs::withKey)),
          SourceSaboteur.of(
              "has the key in what it says of a cursor that is none",
              "no secret and no token in what open threw",
              "S-8.1",
              () ->
                  new GoldenSource() {
                    @Override
                    long position(@Nullable Cursor cursor) {
                      try {
                        return super.position(cursor);
                      } catch (ConnectorException e) {
                        boolean near = cursor == null || cursor.value().startsWith("line ");
                        throw near ? e : new ConnectorException(withKey(e.problem()));
                      }
                    }
                  }),
          SourceSaboteur.of(
              "repeats a cursor with a customer in it",
              "no value of a record in what open threw",
              "S-8.2",
              CustomerInCursors::new));

  private TellingSaboteurs() {}

  private static CheckReport.Item withoutRemedy(CheckReport.Item item) {
    Problem p = item.problem();
    return p == null
        ? item
        : CheckReport.Item.failed(item.name(), new Problem(p.kind(), p.code(), p.message(), ""));
  }

  private static Problem withKey(Problem p) {
    return new Problem(p.kind(), p.code(), p.message() + " Key " + Shop.TOKEN + ".", p.remedy());
  }

  /** Refuses a stream that it does not know in words of its own when it is opened. */
  private abstract static class Opening extends GoldenSource {
    abstract Problem problem(SourceRequest request, Problem golden);

    @Override
    public SourceReader open(SourceRequest request) {
      if (ShopStream.find(request.stream()).isPresent()) {
        return super.open(request);
      }
      try {
        return super.open(request);
      } catch (ConnectorException e) {
        throw new ConnectorException(problem(request, e.problem()));
      }
    }
  }

  /** Has words of its own for problems of a kind before anything was read. */
  private static final class Retelling extends GoldenSource {
    private final ProblemKind kind;
    private final UnaryOperator<Problem> retold;

    Retelling(ProblemKind kind, UnaryOperator<Problem> retold) {
      this.kind = kind;
      this.retold = retold;
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      return new GoldenReader(wire, stream, from) {
        @Override
        List<String> lines(long from) {
          try {
            return super.lines(from);
          } catch (ConnectorException e) {
            boolean own = e.problem().kind() == kind && readSoFar() == openedAt();
            throw own ? new ConnectorException(retold.apply(e.problem())) : e;
          }
        }
      };
    }
  }

  private static final class CustomerInCursors extends GoldenSource {
    private static final Pattern CURSOR =
        Pattern.compile("(line \\d{1,9}) after c-\\d{6}@people\\.example");

    @Override
    long position(@Nullable Cursor cursor) {
      if (cursor == null) {
        return 0;
      }
      Matcher matcher = CURSOR.matcher(cursor.value());
      if (!matcher.matches() && cursor.value().startsWith("line ")) {
        throw ShopWire.failed(
            ProblemKind.CONFIGURATION,
            "golden.cursor",
            "There is no " + cursor.value() + ".",
            "Begin again without it.");
      }
      return super.position(new Cursor(matcher.matches() ? matcher.group(1) : "none"));
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      return new GoldenReader(wire, stream, from) {
        @Override
        Cursor cursor() {
          Object customer = ShopStream.CUSTOMERS.values((int) readSoFar()).get(0);
          return new Cursor(super.cursor().value() + " after " + customer);
        }
      };
    }
  }
}
