package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.checking;
import static dev.landfall.testkit.saboteur.Sabotage.opening;
import static dev.landfall.testkit.saboteur.Sabotage.reading;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSettings;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Wrong in what they say besides outcomes: more of D-5, D-8, D-9 and D-10. */
final class SpeakingSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "has codes of another connector",
              "the code acme.refused does not begin with golden",
              "D-5.18",
              reading(
                  "refused",
                  new Outcome.Rejected(
                      new Problem(
                          ProblemKind.RECORD,
                          "acme.refused",
                          "The service refuses this member.",
                          "Look the member up.")))),
          Saboteur.of(
              "gives a notice without a code",
              "no word of lower-case letters",
              "D-5.18",
              noticing(request -> "Opened!")),
          Saboteur.of(
              "does not say what to do about what a check found",
              "does not say what to do",
              "D-5.11",
              checking(
                  (golden, request) ->
                      new CheckReport(
                          golden.check(request).items().stream()
                              .map(SpeakingSaboteurs::withoutRemedy)
                              .toList()))),
          Saboteur.of(
              "keeps a thread after a check",
              "no thread of the connector's after close",
              "D-8.4",
              checking(
                  (golden, request) -> {
                    startThread();
                    return golden.check(request);
                  })),
          Saboteur.of(
              "has an item that says little",
              "credentials has no whole sentence",
              "D-9.7",
              checking(
                  (golden, request) ->
                      new CheckReport(
                          golden.check(request).items().stream()
                              .map(
                                  item ->
                                      item.status() == CheckReport.Status.PASSED
                                          ? CheckReport.Item.passed(item.name(), "ok")
                                          : item)
                              .toList()))),
          Saboteur.of(
              "has an item without a name",
              "an item has no name",
              "D-9.7",
              checking(
                  (golden, request) ->
                      new CheckReport(
                          golden.check(request).items().stream()
                              .map(
                                  item ->
                                      new CheckReport.Item(
                                          " ", item.status(), item.message(), item.problem()))
                              .toList()))),
          Saboteur.of(
              "tells the fields without the id",
              "the field id, which the connector declares",
              "D-9.8",
              telling((golden, request) -> golden.fields(request).subList(1, 2))),
          Saboteur.of(
              "tells a field twice",
              "two are alike",
              "D-9.8",
              telling(
                  (golden, request) -> {
                    List<FieldSpec> fields = golden.fields(request);
                    return List.of(fields.get(0), fields.get(1), fields.get(0));
                  })),
          Saboteur.of(
              "tells the fields of a list that does not exist",
              "a ConnectorException for a target that does not exist",
              "D-9.8",
              telling((golden, request) -> golden.descriptor().fields())),
          Saboteur.of(
              "throws what it likes when it is asked for fields",
              "fields threw java.lang.UnsupportedOperationException",
              "D-9.8",
              telling(
                  (golden, request) -> {
                    throw new UnsupportedOperationException();
                  })),
          Saboteur.of(
              "throws what it likes for fields while the service fails",
              "fields threw java.lang.IllegalStateException",
              "D-9.8",
              telling(
                  (golden, request) -> {
                    try {
                      return golden.fields(request);
                    } catch (ConnectorException e) {
                      boolean down = e.problem().kind() == ProblemKind.UNAVAILABLE;
                      throw down ? new IllegalStateException() : e;
                    }
                  })),
          Saboteur.of(
              "has no fields to tell",
              "fields gave null",
              "D-9.8",
              telling((golden, request) -> null)),
          Saboteur.of(
              "has the secret in a notice, in small letters",
              "a notice",
              "D-10.1",
              saying(
                  secret -> {
                    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
                    return encoded
                        .replace("%2F", "%2f")
                        .replace("%2B", "%2b")
                        .replace("%3D", "%3d");
                  })),
          Saboteur.of(
              "has the secret in a notice, as it stands in a path",
              "a notice",
              "D-10.1",
              saying(
                  secret -> URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"))),
          Saboteur.of(
              "has the secret in a notice, as it stands in a token",
              "a notice",
              "D-10.1",
              saying(
                  secret ->
                      Base64.getUrlEncoder()
                          .encodeToString(("?>" + secret).getBytes(StandardCharsets.UTF_8)))),
          Saboteur.of(
              "has a member's id in the code of a problem",
              "a problem's code",
              "D-10.2",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected BatchResult judge(List<String> keys, Reply reply) {
                          BatchResult result = super.judge(keys, reply);
                          return result.outcomes().get(0) instanceof Outcome.Rejected
                              ? Sabotage.all(keys.size(), refused(keys.get(0)))
                              : result;
                        }
                      })));

  private SpeakingSaboteurs() {}

  private static CheckReport.Item withoutRemedy(CheckReport.Item item) {
    Problem problem = item.problem();
    return problem == null
        ? item
        : CheckReport.Item.failed(
            item.name(), new Problem(problem.kind(), problem.code(), problem.message(), ""));
  }

  private static Outcome refused(String key) {
    return new Outcome.Rejected(
        new Problem(
            ProblemKind.RECORD, "golden." + key, "The service refuses a member.", "Look it up."));
  }

  @FunctionalInterface
  interface Telling {
    List<FieldSpec> fields(GoldenDestination golden, CheckRequest request);
  }

  private static Supplier<Destination> telling(Telling telling) {
    return () ->
        new GoldenDestination() {
          private final GoldenDestination golden = new GoldenDestination();

          @Override
          public List<FieldSpec> fields(CheckRequest request) {
            return telling.fields(golden, request);
          }
        };
  }

  @FunctionalInterface
  interface Code {
    String of(SessionRequest request);
  }

  private static Supplier<Destination> noticing(Code code) {
    return opening(
        (request, api) -> {
          request.context().notice(code.of(request), "A session was opened.");
          return new Breakable(api, Saboteur.list(request));
        });
  }

  private static Supplier<Destination> saying(UnaryOperator<String> form) {
    return opening(
        (request, api) -> {
          String secret = request.connection().get(GoldenSettings.CLIENT_SECRET).reveal();
          request.context().notice("golden.opened", "Opened with " + form.apply(secret) + ".");
          return new Breakable(api, Saboteur.list(request));
        });
  }

  /** It goes on for a while, and not for the life of the tests. */
  private static void startThread() {
    Thread thread =
        new Thread(
            () -> {
              try {
                boolean unused = new CountDownLatch(1).await(5, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "saboteur");
    thread.setDaemon(true);
    thread.start();
  }
}
