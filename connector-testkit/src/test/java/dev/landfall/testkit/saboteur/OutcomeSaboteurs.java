package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.REJECTED;
import static dev.landfall.testkit.saboteur.Sabotage.all;
import static dev.landfall.testkit.saboteur.Sabotage.delivering;
import static dev.landfall.testkit.saboteur.Sabotage.describing;
import static dev.landfall.testkit.saboteur.Sabotage.judging;
import static dev.landfall.testkit.saboteur.Sabotage.opening;
import static dev.landfall.testkit.saboteur.Sabotage.reading;
import static dev.landfall.testkit.saboteur.Sabotage.status;
import static dev.landfall.testkit.saboteur.Sabotage.with;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenLaterDestination;
import dev.landfall.testkit.golden.GoldenLaterSession;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Wrong in what they claim: D-5. */
final class OutcomeSaboteurs {

  private static final Outcome DONE = new Outcome.Delivered(Effect.UNREPORTED);

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "answers null for large batches",
              "it was null",
              "D-5.1 D-5.4",
              delivering((golden, batch) -> batch.size() > 10 ? null : golden.deliver(batch))),
          Saboteur.of(
              "has an outcome too few for large batches",
              "there were 49 outcomes",
              "D-5.1 D-5.4",
              delivering(
                  (golden, batch) -> {
                    BatchResult result = golden.deliver(batch);
                    return batch.size() > 10
                        ? BatchResult.of(result.outcomes().subList(1, batch.size()))
                        : result;
                  })),
          Saboteur.of(
              "has an outcome too many for large batches",
              "there were 51 outcomes",
              "D-5.1 D-5.4",
              delivering(
                  (golden, batch) -> {
                    BatchResult result = golden.deliver(batch);
                    return batch.size() > 10 ? oneMore(result) : result;
                  })),
          Saboteur.of(
              "swaps two outcomes",
              "the outcome was",
              "D-5.2 D-5.5 D-5.6",
              delivering(
                  (golden, batch) -> {
                    BatchResult result = golden.deliver(batch);
                    List<Outcome> outcomes = new ArrayList<>(result.outcomes());
                    Collections.reverse(outcomes);
                    return new BatchResult(outcomes, result.stop());
                  })),
          Saboteur.of(
              "asks the service for an empty batch",
              "no call for an empty batch",
              "D-5.3",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        public BatchResult deliver(Batch batch) {
                          if (batch.size() == 0) {
                            Reply unused = api.call("GET", listPath, null);
                          }
                          return super.deliver(batch);
                        }
                      })),
          Saboteur.of(
              "cuts the largest batch at a hundred rows",
              "500 members in the target",
              "D-5.4 D-5.5",
              delivering(
                  (golden, batch) -> {
                    int sent = Math.min(100, batch.size());
                    BatchResult result = golden.deliver(with(batch, batch.rows().subList(0, sent)));
                    return batch.size() > sent ? all(batch.size(), DONE) : result;
                  })),
          Saboteur.of(
              "declares larger batches than the service takes",
              "Delivered for member 0",
              "D-5.4",
              describing(builder -> builder.batch(100, 1_000))),
          Saboteur.of(
              "drops the last row of a batch",
              "to be in target",
              "D-5.5 D-4.1 D-5.4 D-5.7 D-5.8 D-5.12 D-8.3 D-8.5",
              delivering(
                  (golden, batch) -> {
                    if (batch.size() < 2) {
                      return golden.deliver(batch);
                    }
                    int sent = batch.size() - 1;
                    BatchResult result = golden.deliver(with(batch, batch.rows().subList(0, sent)));
                    Outcome last = result.outcomes().get(sent - 1);
                    return last instanceof Outcome.Delivered
                        ? oneMore(result)
                        : golden.deliver(batch);
                  })),
          Saboteur.of(
              "reports success whatever was answered",
              "to be in target",
              "D-5.5 D-5.2 D-5.6 D-5.10 D-5.19 D-7.12 D-6.4 D-6.5 D-6.6 D-7.1 D-7.2 D-7.3 D-7.4 D-7.5 D-7.6 D-7.7 D-7.8"
                  + " D-7.10 D-7.11 D-8.3",
              judging((result, keys, reply) -> all(keys.size(), DONE))),
          Saboteur.of(
              "takes one refused member for a refused batch",
              "Delivered for member",
              "D-5.6 D-5.2 D-5.5",
              judging(
                  (result, keys, reply) ->
                      result.outcomes().stream().anyMatch(Outcome.Rejected.class::isInstance)
                          ? all(keys.size(), new Outcome.Rejected(REJECTED))
                          : result)),
          Saboteur.of(
              "takes a refused member for one to be tried again",
              "Rejected for refused member",
              "D-5.6 D-5.2",
              reading("refused", new Outcome.Retryable(Sabotage.WRONG, null))),
          Saboteur.of(
              "takes who is there already for refused",
              "Delivered for member",
              "D-5.7 D-5.13 D-8.7",
              reading("already", new Outcome.Rejected(REJECTED))),
          Saboteur.of(
              "takes who is gone already for a failure",
              "Delivered for member",
              "D-5.8 D-8.8",
              reading("absent", new Outcome.Rejected(REJECTED))),
          Saboteur.of(
              "throws when the service fails",
              "it threw java.lang.IllegalStateException",
              "D-5.9",
              judging(
                  (result, keys, reply) -> {
                    if (status(reply) >= 500) {
                      throw new IllegalStateException("The service failed");
                    }
                    return result;
                  })),
          Saboteur.of(
              "takes a forbidden target for refused members",
              "there was no stop",
              "D-5.10",
              judging(
                  (result, keys, reply) ->
                      status(reply) == 403
                          ? all(keys.size(), new Outcome.Rejected(REJECTED))
                          : result)),
          Saboteur.of(
              "says no more than that it failed",
              "no whole sentence",
              "D-5.11",
              reading(
                  "refused",
                  new Outcome.Rejected(
                      new Problem(ProblemKind.RECORD, "golden.terse", "failed", "Look.")))),
          Saboteur.of(
              "does not say what to do",
              "does not say what to do",
              "D-5.11",
              reading(
                  "refused",
                  new Outcome.Rejected(
                      new Problem(ProblemKind.RECORD, "golden.mute", "It failed.", " ")))),
          Saboteur.of(
              "claims changes that were none",
              "Delivered (CHANGED)",
              "D-5.12",
              reading("already", new Outcome.Delivered(Effect.CHANGED))),
          Saboteur.of(
              "denies changes that were made",
              "Delivered (UNCHANGED)",
              "D-5.12",
              reading("joined", new Outcome.Delivered(Effect.UNCHANGED))),
          Saboteur.of(
              "answers Accepted, and cannot be asked later",
              "Accepted",
              "D-5.13 D-5.7 D-8.7",
              reading("already", new Outcome.Accepted(new Receipt("none")))),
          Saboteur.later(
              "confirms what is pending",
              "pending while the system has settled nothing",
              "D-5.14 D-5.5 D-5.16 D-8.10",
              later(
                  (request, api) ->
                      new Later(api, Saboteur.list(request)) {
                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          Confirmation golden = super.confirm(receipt, batch);
                          return golden instanceof Confirmation.Pending
                              ? new Confirmation.Settled(all(batch.size(), DONE))
                              : golden;
                        }
                      })),
          Saboteur.later(
              "throws when it is asked too early",
              "an answer from confirm",
              "D-5.9",
              later(
                  (request, api) ->
                      new Later(api, Saboteur.list(request)) {
                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          Confirmation golden = super.confirm(receipt, batch);
                          if (golden instanceof Confirmation.Pending) {
                            throw new IllegalStateException("Not yet");
                          }
                          return golden;
                        }
                      })),
          Saboteur.later(
              "keeps in its session what it was promised",
              "confirm said that it is pending",
              "D-5.15",
              later(
                  (request, api) ->
                      new Later(api, Saboteur.list(request)) {
                        private final Set<Receipt> mine = ConcurrentHashMap.newKeySet();

                        @Override
                        public BatchResult deliver(Batch batch) {
                          BatchResult result = super.deliver(batch);
                          result.outcomes().stream()
                              .filter(Outcome.Accepted.class::isInstance)
                              .forEach(o -> mine.add(((Outcome.Accepted) o).receipt()));
                          return result;
                        }

                        @Override
                        public Confirmation confirm(Receipt receipt, Batch batch) {
                          return mine.contains(receipt)
                              ? super.confirm(receipt, batch)
                              : new Confirmation.Pending(Duration.ofSeconds(1));
                        }
                      })));

  private OutcomeSaboteurs() {}

  private static BatchResult oneMore(BatchResult result) {
    List<Outcome> outcomes = new ArrayList<>(result.outcomes());
    outcomes.add(DONE);
    return new BatchResult(outcomes, result.stop());
  }

  private static Supplier<GoldenLaterDestination> later(Saboteur.Opening opening) {
    return () ->
        new GoldenLaterDestination() {
          @Override
          protected DestinationSession session(SessionRequest request, Api api) {
            return opening.open(request, api);
          }
        };
  }

  /** Golden's session that is asked later, to be broken. */
  private static class Later extends GoldenLaterSession {
    Later(Api api, String list) {
      super(api, list);
    }
  }
}
