package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.checking;
import static dev.landfall.testkit.source.SourceSaboteur.reading;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.RowSchema;
import java.util.List;

/** Say what is not to be said in places that are seldom read: more of S-8. */
final class LeakSaboteurs {

  private static final String TOLD = "Not for " + Shop.TOKEN + ".";

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "has the key in its toString",
              "toString of the reader",
              "S-8.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        public String toString() {
                          return TOLD;
                        }
                      })),
          SourceSaboteur.of(
              "has the key in what it throws instead of a schema",
              "what schema threw",
              "S-8.1 S-3.3",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        public RowSchema schema() {
                          if (readSoFar() > openedAt()) {
                            throw new IllegalStateException(TOLD);
                          }
                          return super.schema();
                        }
                      })),
          SourceSaboteur.of(
              "has the key in what it throws when it is closed",
              "what close threw",
              "S-8.1 S-6.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        public void close() {
                          super.close();
                          throw new IllegalStateException(TOLD);
                        }
                      })),
          SourceSaboteur.of(
              "has the key in what it throws when it opens a stream that it does not know",
              "what open threw",
              "S-8.1 S-3.6 S-3.7",
              () ->
                  new GoldenSource() {
                    @Override
                    public SourceReader open(SourceRequest request) {
                      if (ShopStream.find(request.stream()).isEmpty()) {
                        throw new IllegalArgumentException(TOLD);
                      }
                      return super.open(request);
                    }
                  }),
          SourceSaboteur.of(
              "has the key in what it throws from a check",
              "what check threw",
              "S-8.1 S-7.2 S-7.3 S-7.4 S-7.6",
              checking(
                  (golden, request) -> {
                    CheckReport report = golden.check(request);
                    if (report.items().get(0).status() == CheckReport.Status.FAILED) {
                      throw new IllegalStateException(TOLD);
                    }
                    return report;
                  })),
          SourceSaboteur.of(
              "has the key in an item of a check",
              "an item of a check",
              "S-8.1",
              checking(
                  (golden, request) ->
                      new CheckReport(
                          List.of(
                              golden.check(request).items().get(0),
                              CheckReport.Item.unverified("quota", TOLD))))),
          SourceSaboteur.of(
              "has the key in a remedy",
              "a problem's remedy",
              "S-8.1",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        @Override
                        Problem problem(String line) {
                          return new Problem(
                              ProblemKind.RECORD, "golden.line", "The line is no record.", TOLD);
                        }
                      })),
          SourceSaboteur.of(
              "has the key in a notice", "a notice", "S-8.1", () -> new Noticing("opened", TOLD)),
          SourceSaboteur.of(
              "has the key in the code of a notice",
              "a notice's code",
              "S-8.1",
              () -> new Noticing(Shop.TOKEN, "It was opened.")),
          SourceSaboteur.of(
              "has a malformed line in its origin",
              "toString of something malformed",
              "S-8.2",
              reading(
                  (wire, stream, from) ->
                      new GoldenReader(wire, stream, from) {
                        private String line = "";

                        @Override
                        Problem problem(String line) {
                          this.line = line;
                          return super.problem(line);
                        }

                        @Override
                        String origin() {
                          return super.origin() + line;
                        }
                      })));

  private LeakSaboteurs() {}

  private static final class Noticing extends GoldenSource {
    private final String word;
    private final String message;

    Noticing(String word, String message) {
      this.word = word;
      this.message = message;
    }

    @Override
    SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
      request.context().notice("golden-shop." + word, message);
      return super.reader(request, wire, stream, from);
    }
  }
}
