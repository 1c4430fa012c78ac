package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.ConfirmationSaboteurs.later;
import static dev.landfall.testkit.saboteur.Sabotage.calling;
import static dev.landfall.testkit.saboteur.Sabotage.checking;
import static dev.landfall.testkit.saboteur.Sabotage.opening;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSettings;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import dev.landfall.testkit.saboteur.Sabotage.BreakableApi;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.Header;

/** Say what is not to be said in places that are seldom read: more of D-10. */
final class LeakSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.later(
              "has the secret in what it throws when it is asked later",
              "what confirm threw",
              "D-10.1 D-5.9",
              later(
                  (request, api) ->
                      new ConfirmationSaboteurs.Later(api, Saboteur.list(request)) {
                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          Confirmation golden = super.confirm(receipt, batch);
                          if (golden instanceof Confirmation.Pending) {
                            throw new IllegalStateException(secret(request.connection()));
                          }
                          return golden;
                        }
                      })),
          Saboteur.of(
              "has the secret in what it throws when it is closed",
              "what close threw",
              "D-10.1 D-8.1",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        public void close() {
                          super.close();
                          throw new IllegalStateException(secret(request.connection()));
                        }
                      })),
          Saboteur.of(
              "has the secret in what it throws for a mode that it does not know",
              "what open threw",
              "D-10.1 D-4.3 D-4.5",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationSession open(SessionRequest request) {
                      if (!descriptor().modes().contains(request.mode())) {
                        throw new IllegalArgumentException(secret(request.connection()));
                      }
                      return super.open(request);
                    }
                  }),
          Saboteur.of(
              "has the secret in what it throws from a check",
              "what check threw",
              "D-10.1 D-9.6",
              checking(
                  (golden, request) -> {
                    CheckReport report = golden.check(request);
                    if (failed(report, ProblemKind.PERMISSION)) {
                      throw new IllegalStateException(secret(request.connection()));
                    }
                    return report;
                  })),
          Saboteur.of(
              "has the secret in an item of a check",
              "an item of a check",
              "D-10.1",
              checking(
                  (golden, request) ->
                      new CheckReport(
                          List.of(
                              golden.check(request).items().get(0),
                              CheckReport.Item.unverified(
                                  "quota", "None for " + secret(request.connection()) + "."))))),
          Saboteur.of(
              "has the secret in what it says of fields that it cannot tell",
              "what fields threw",
              "D-10.1",
              telling(
                  (request, e) ->
                      new ConnectorException(
                          e.problem(), new IllegalStateException(secret(request.connection()))))),
          Saboteur.of(
              "has the secret in what it suppresses",
              "what fields threw (java.lang.IllegalStateException)",
              "D-10.1",
              telling(
                  (request, e) -> {
                    ConnectorException thrown = new ConnectorException(e.problem());
                    thrown.addSuppressed(new IllegalStateException(secret(request.connection())));
                    return thrown;
                  })),
          Saboteur.of(
              "has the secret in how a cause prints",
              "what fields threw",
              "D-10.1",
              telling(
                  (request, e) ->
                      new ConnectorException(
                          e.problem(), new Printing(secret(request.connection()))))),
          Saboteur.of(
              "has the secret in what it throws instead of fields",
              "what fields threw",
              "D-10.1 D-9.8",
              telling((request, e) -> new IllegalStateException(secret(request.connection())))),
          Saboteur.of(
              "has the secret in a remedy",
              "a problem's remedy",
              "D-10.1",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected Outcome outcome(String word) {
                          return word.equals("refused")
                              ? new Outcome.Rejected(
                                  new Problem(
                                      ProblemKind.RECORD,
                                      "golden.refused",
                                      "The service refuses this member.",
                                      "Ask who gave out " + secret(request.connection()) + "."))
                              : super.outcome(word);
                        }
                      })),
          Saboteur.of(
              "has the token in a notice",
              "a notice",
              "D-10.1",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected Reply send(HttpUriRequestBase request) {
                          Header token = request.getFirstHeader("Authorization");
                          context.notice("golden.sent", "Sent with " + token + ".");
                          return super.send(request);
                        }
                      })),
          Saboteur.of(
              "has a member's id in the code of a notice",
              "a notice's code",
              "D-10.2",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        public BatchResult deliver(Batch batch) {
                          batch.rows().stream()
                              .map(this::key)
                              .filter(key -> key != null && key.matches("[a-z0-9-]+"))
                              .findFirst()
                              .ifPresent(
                                  key ->
                                      request
                                          .context()
                                          .notice("golden." + key, "It is delivered."));
                          return super.deliver(batch);
                        }
                      })));

  private LeakSaboteurs() {}

  private static String secret(ConnectionSettings connection) {
    return connection.get(GoldenSettings.CLIENT_SECRET).reveal();
  }

  private static final class Printing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String printed;

    Printing(String printed) {
      this.printed = printed;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // on purpose
    public String toString() {
      return printed;
    }
  }

  private static boolean failed(CheckReport report, ProblemKind kind) {
    return report.items().stream()
        .map(CheckReport.Item::problem)
        .anyMatch(problem -> problem != null && problem.kind() == kind);
  }

  private static Supplier<Destination> telling(
      BiFunction<CheckRequest, ConnectorException, RuntimeException> thrown) {
    return () ->
        new GoldenDestination() {
          @Override
          public List<FieldSpec> fields(CheckRequest request) {
            try {
              return super.fields(request);
            } catch (ConnectorException e) {
              throw thrown.apply(request, e);
            }
          }
        };
  }
}
