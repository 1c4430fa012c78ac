package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.WRONG;
import static dev.landfall.testkit.saboteur.Sabotage.all;
import static dev.landfall.testkit.saboteur.Sabotage.calling;
import static dev.landfall.testkit.saboteur.Sabotage.delivering;
import static dev.landfall.testkit.saboteur.Sabotage.judging;
import static dev.landfall.testkit.saboteur.Sabotage.opening;
import static dev.landfall.testkit.saboteur.Sabotage.reading;

import dev.landfall.connector.Destination;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Around;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import dev.landfall.testkit.saboteur.Sabotage.BreakableApi;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Right in the plain case, and wrong at its edge: at what comes empty, second, late or once. */
final class EdgeSaboteurs {

  private static final Problem TERSE =
      new Problem(ProblemKind.THROTTLED, "golden.terse", "too much", "Wait.");

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "asks the service about who has no id",
              "no call for member without a key",
              "D-3.1 D-3.2",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        public BatchResult deliver(Batch batch) {
                          if (batch.rows().stream().anyMatch(row -> !usable(key(row)))) {
                            Reply unused = api.call("GET", listPath, null);
                          }
                          return super.deliver(batch);
                        }
                      })),
          Saboteur.of(
              "throws what it likes when a list does not exist",
              "open threw java.lang.IllegalStateException",
              "D-4.5 D-5.19",
              throwing(reply -> Sabotage.status(reply) == 404)),
          Saboteur.of(
              "throws what it likes when the service fails at open",
              "open threw java.lang.IllegalStateException",
              "D-4.5",
              throwing(reply -> Sabotage.status(reply) >= 500)),
          Saboteur.of(
              "stops at an empty batch",
              "there was a stop",
              "D-5.3",
              delivering(
                  (golden, batch) ->
                      batch.size() == 0
                          ? BatchResult.stopped(List.of(), 0, WRONG)
                          : golden.deliver(batch))),
          Saboteur.of(
              "takes a 503 for delivered",
              "to be in target",
              "D-5.5 D-7.3 D-7.10",
              judging(
                  (golden, keys, reply) ->
                      Sabotage.status(reply) == 503
                          ? all(keys.size(), new Outcome.Delivered(Effect.UNREPORTED))
                          : golden)),
          Saboteur.of(
              "takes a refused member for delivered",
              "to be in target",
              "D-5.5 D-5.2 D-5.6",
              reading("refused", new Outcome.Delivered(Effect.UNREPORTED))),
          Saboteur.of(
              "removes nobody, and reports success",
              "not to be in target",
              "D-5.5 D-4.2 D-5.8 D-5.19 D-7.1 D-7.2 D-7.3 D-7.4 D-7.5 D-7.6 D-7.7 D-7.8 D-7.11 "
                  + "D-7.12 D-8.8",
              delivering(
                  (golden, batch) ->
                      batch.kind() == ChangeKind.REMOVE
                          ? all(batch.size(), new Outcome.Delivered(Effect.UNREPORTED))
                          : golden.deliver(batch))),
          Saboteur.of(
              "stops for one refused member",
              "there was a stop",
              "D-5.6",
              judging(
                  (golden, keys, reply) ->
                      golden.outcomes().stream().anyMatch(Outcome.Rejected.class::isInstance)
                          ? new BatchResult(golden.outcomes(), WRONG)
                          : golden)),
          Saboteur.of(
              "says no more than that it is too much",
              "no whole sentence",
              "D-5.11",
              judging(
                  (golden, keys, reply) ->
                      Sabotage.status(reply) == 429
                              && golden.outcomes().get(0) instanceof Outcome.Retryable asked
                          ? all(keys.size(), new Outcome.Retryable(TERSE, asked.retryAfter()))
                          : golden)),
          Saboteur.of(
              "renews a token twice, and never again",
              "Delivered for member",
              "D-6.2",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        private int dropped;

                        @Override
                        protected synchronized void drop(Reply.Token refused) {
                          if (dropped++ < 2) {
                            super.drop(refused);
                          }
                        }
                      })),
          Saboteur.of(
              "asks for a token with every call once one was refused",
              "one more request for a token",
              "D-6.3",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        private boolean refusedOnce;

                        @Override
                        protected synchronized Reply token() {
                          return refusedOnce ? askForToken() : super.token();
                        }

                        @Override
                        protected synchronized void drop(Reply.Token refused) {
                          refusedOnce = true;
                        }
                      })),
          Saboteur.of(
              "sends a refused token again and again",
              "calls with refused tokens",
              "D-6.6",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected Reply send(HttpUriRequestBase request) {
                          Reply reply = super.send(request);
                          boolean ofToken = request.getPath().endsWith("/token");
                          for (int i = 0; i < 3 && !ofToken && isRefusal(reply); i++) {
                            reply = super.send(request);
                          }
                          return reply;
                        }
                      })),
          Saboteur.of(
              "throws when it is closed twice without a delivery",
              "close not to throw",
              "D-8.1",
              closedOnce(false)),
          Saboteur.of(
              "throws when it is closed twice after a delivery",
              "close not to throw",
              "D-8.1",
              closedOnce(true)),
          Saboteur.of(
              "delivers nothing any more once it was interrupted",
              "Delivered for member",
              "D-8.9",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        private boolean interrupted;

                        @Override
                        public BatchResult deliver(Batch batch) {
                          if (interrupted) {
                            return all(batch.size(), new Outcome.Retryable(WRONG, null));
                          }
                          interrupted = Thread.currentThread().isInterrupted();
                          return super.deliver(batch);
                        }
                      })),
          Saboteur.later(
              "settles what close cut off",
              "pending, because the session was closed",
              "D-8.10",
              ConfirmationSaboteurs.later(
                  (request, api) ->
                      new ConfirmationSaboteurs.Later(api, Saboteur.list(request)) {
                        private volatile boolean closed;

                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          Confirmation golden = super.confirm(receipt, batch);
                          return closed
                              ? new Confirmation.Settled(
                                  all(batch.size(), new Outcome.Unknown(WRONG, null)))
                              : golden;
                        }

                        @Override
                        public void close() {
                          closed = true;
                          super.close();
                        }
                      })),
          Saboteur.of(
              "claims in another process what it did not do",
              "because another process delivered it",
              "D-11.1",
              ClaimsElsewhere::here));

  private EdgeSaboteurs() {}

  private static boolean isRefusal(Reply reply) {
    return Sabotage.status(reply) == 401;
  }

  /** Looks at the list when it is opened, and throws on some answers. */
  private static Supplier<Destination> throwing(Predicate<Reply> when) {
    return opening(
        (request, api) -> {
          String list = Saboteur.list(request);
          if (when.test(api.call("GET", "/lists/" + Api.segment(list), null))) {
            throw new IllegalStateException("No list");
          }
          return new Breakable(api, list);
        });
  }

  private static Supplier<Destination> closedOnce(boolean afterDelivery) {
    return opening(
        (request, api) ->
            new Around(new Breakable(api, Saboteur.list(request))) {
              private boolean delivered;
              private boolean closed;

              @Override
              public BatchResult deliver(Batch batch) {
                delivered = true;
                return golden.deliver(batch);
              }

              @Override
              public void close() {
                if (closed && delivered == afterDelivery) {
                  throw new IllegalStateException("Closed before");
                }
                closed = true;
                super.close();
              }
            });
  }
}
