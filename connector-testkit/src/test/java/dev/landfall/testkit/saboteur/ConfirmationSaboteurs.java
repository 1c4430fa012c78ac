package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.REJECTED;
import static dev.landfall.testkit.saboteur.Sabotage.all;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenLaterDestination;
import dev.landfall.testkit.golden.GoldenLaterSession;
import dev.landfall.testkit.golden.GoldenSettings;
import dev.landfall.testkit.golden.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Wrong about what was only accepted: more of D-5, D-8, D-10 and D-11. */
final class ConfirmationSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.later(
              "takes what it cannot ask about for rejected",
              "pending while the system gives no answer of use",
              "D-5.16",
              later(
                  (request, api) ->
                      new Later(api, Saboteur.list(request)) {
                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          Reply reply = api.call("GET", "/receipts/" + receipt.value(), null);
                          return Sabotage.status(reply) >= 400
                              ? new Confirmation.Settled(
                                  all(batch.size(), new Outcome.Rejected(REJECTED)))
                              : super.confirm(receipt, batch);
                        }
                      })),
          Saboteur.later(
              "wants to be asked before it was",
              "the wait is PT-1S",
              "D-5.14",
              later(
                  (request, api) ->
                      new Later(api, Saboteur.list(request)) {
                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          Confirmation golden = super.confirm(receipt, batch);
                          return golden instanceof Confirmation.Pending
                              ? new Confirmation.Pending(Duration.ofSeconds(-1))
                              : golden;
                        }
                      })),
          Saboteur.later(
              "gives nothing when it is asked too early",
              "it was null",
              "D-5.9",
              later(
                  (request, api) ->
                      new Later(api, Saboteur.list(request)) {
                        @Override
                        @SuppressWarnings("NullAway") // on purpose
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          Confirmation golden = super.confirm(receipt, batch);
                          return golden instanceof Confirmation.Pending ? null : golden;
                        }
                      })),
          Saboteur.later(
              "settles large removals with another promise",
              "one is Accepted again",
              "D-5.17",
              later(
                  (request, api) ->
                      new Later(api, Saboteur.list(request)) {
                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          return batch.kind() == ChangeKind.REMOVE && batch.size() > 2
                              ? new Confirmation.Settled(
                                  all(batch.size(), new Outcome.Accepted(receipt)))
                              : super.confirm(receipt, batch);
                        }
                      })),
          Saboteur.later(
              "lets a blocked question wait when it is closed",
              "confirm to return within a second of close",
              "D-8.10",
              later((request, api) -> new Waits(api, Saboteur.list(request)))),
          Saboteur.later(
              "has the secret in its receipts",
              "toString of a result",
              "D-10.1 D-11.2",
              later(
                  (request, api) ->
                      new Later(api, Saboteur.list(request)) {
                        private final String more =
                            " " + request.connection().get(GoldenSettings.CLIENT_SECRET).reveal();

                        @Override
                        public BatchResult deliver(Batch batch) {
                          BatchResult result = super.deliver(batch);
                          return new BatchResult(
                              result.outcomes().stream().map(this::told).toList(), result.stop());
                        }

                        private Outcome told(Outcome outcome) {
                          return outcome instanceof Outcome.Accepted accepted
                              ? new Outcome.Accepted(new Receipt(accepted.receipt().value() + more))
                              : outcome;
                        }

                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          return super.confirm(
                              new Receipt(receipt.value().replace(more, "")), batch);
                        }
                      })),
          Saboteur.later(
              "keeps in its process what it was promised",
              "it said: Pending",
              "D-11.2",
              KeepsPromises::new));

  private ConfirmationSaboteurs() {}

  static Supplier<GoldenLaterDestination> later(Saboteur.Opening opening) {
    return () ->
        new GoldenLaterDestination() {
          @Override
          protected DestinationSession session(SessionRequest request, Api api) {
            return opening.open(request, api);
          }
        };
  }

  /** Golden's session that is asked later, to be broken. */
  static class Later extends GoldenLaterSession {
    Later(Api api, String list) {
      super(api, list);
    }
  }

  /** Closes once no question is under way. */
  private static final class Waits extends Later {
    private int asking;
    private boolean closed;

    Waits(Api api, String list) {
      super(api, list);
    }

    @Override
    public Confirmation confirm(Receipt receipt, Batch batch) {
      synchronized (this) {
        asking++;
      }
      try {
        return super.confirm(receipt, batch);
      } finally {
        synchronized (this) {
          asking--;
          closeIfIdle();
        }
      }
    }

    private synchronized void closeIfIdle() {
      if (closed && asking == 0) {
        super.close();
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      closeIfIdle();
    }
  }
}
