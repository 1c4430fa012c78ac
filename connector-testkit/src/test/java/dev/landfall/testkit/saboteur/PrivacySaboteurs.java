package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.calling;
import static dev.landfall.testkit.saboteur.Sabotage.delivering;
import static dev.landfall.testkit.saboteur.Sabotage.opening;
import static dev.landfall.testkit.saboteur.Sabotage.problem;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSettings;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import dev.landfall.testkit.saboteur.Sabotage.BreakableApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Say what is not to be said: D-10. */
final class PrivacySaboteurs {

  private static final Logger LOG = LoggerFactory.getLogger(PrivacySaboteurs.class);

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "has the secret in the cause of an exception",
              "what open threw (java.lang.RuntimeException)",
              "D-10.1",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationSession open(SessionRequest request) {
                      try {
                        return super.open(request);
                      } catch (ConnectorException e) {
                        throw new ConnectorException(
                            e.problem(),
                            new RuntimeException(
                                new IllegalArgumentException("Not for " + secret(request))));
                      }
                    }
                  }),
          Saboteur.of(
              "has the credentials in Base64 in a message",
              "a problem's message",
              "D-10.1",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected Outcome outcome(String word) {
                          return word.equals("refused")
                              ? new Outcome.Rejected(
                                  problem(ProblemKind.RECORD, "Not for " + basic(request) + "."))
                              : super.outcome(word);
                        }
                      })),
          Saboteur.of(
              "has the secret in a notice, URL-encoded",
              "a notice",
              "D-10.1",
              opening(
                  (request, api) -> {
                    request
                        .context()
                        .notice(
                            "golden.opened",
                            "client_secret="
                                + URLEncoder.encode(secret(request), StandardCharsets.UTF_8));
                    return new Breakable(api, Saboteur.list(request));
                  })),
          Saboteur.of(
              "has the secret in its toString",
              "toString of the session",
              "D-10.1",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        public String toString() {
                          return "Session of " + secret(request);
                        }
                      })),
          Saboteur.of(
              "has a member's id in a message",
              "a problem's message",
              "D-10.2",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected BatchResult judge(List<String> keys, Reply reply) {
                          BatchResult result = super.judge(keys, reply);
                          return result.outcomes().get(0) instanceof Outcome.Rejected
                              ? Sabotage.all(
                                  keys.size(),
                                  new Outcome.Rejected(
                                      problem(
                                          ProblemKind.RECORD,
                                          "Member " + keys.get(0) + " was refused.")))
                              : result;
                        }
                      })),
          Saboteur.of(
              "has a member's address in an exception",
              "what deliver threw",
              "D-10.2 D-5.9",
              delivering(
                  (golden, batch) -> {
                    BatchResult result = golden.deliver(batch);
                    if (result.outcomes().stream().anyMatch(Outcome.Unknown.class::isInstance)) {
                      throw new IllegalStateException("Lost " + email(batch.rows().get(0)));
                    }
                    return result;
                  })),
          Saboteur.of(
              "logs the token",
              "the log of " + PrivacySaboteurs.class.getName(),
              "D-10.3",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected Reply send(HttpUriRequestBase request) {
                          LOG.debug("Sends {}", request.getFirstHeader("Authorization"));
                          return super.send(request);
                        }
                      })),
          Saboteur.of(
              "logs a member's address with an exception",
              "the log of " + PrivacySaboteurs.class.getName(),
              "D-10.3",
              delivering(
                  (golden, batch) -> {
                    if (batch.size() > 0) {
                      LOG.info("Delivers", new IllegalStateException(email(batch.rows().get(0))));
                    }
                    return golden.deliver(batch);
                  })));

  private PrivacySaboteurs() {}

  static String secret(SessionRequest request) {
    return request.connection().get(GoldenSettings.CLIENT_SECRET).reveal();
  }

  private static String basic(SessionRequest request) {
    String pair = "golden-client:" + secret(request);
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String email(Row row) {
    return row.schema().fields().size() < 2 ? "" : String.valueOf(row.value(1));
  }
}
