package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.REJECTED;
import static dev.landfall.testkit.saboteur.Sabotage.all;
import static dev.landfall.testkit.saboteur.Sabotage.calling;
import static dev.landfall.testkit.saboteur.Sabotage.delivering;
import static dev.landfall.testkit.saboteur.Sabotage.judging;
import static dev.landfall.testkit.saboteur.Sabotage.opening;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import dev.landfall.testkit.saboteur.Sabotage.BreakableApi;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Wrong in one direction alone, or where nobody listens: more of D-5, D-7 and D-8. */
final class DirectionSaboteurs {

  private static final Outcome GONE = new Outcome.Delivered(Effect.UNREPORTED);

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "rejects the members of a list that does not exist",
              "another outcome than Rejected",
              "D-5.19",
              judging(
                  (result, keys, reply) ->
                      Sabotage.status(reply) == 404
                          ? all(keys.size(), new Outcome.Rejected(REJECTED))
                          : result)),
          Saboteur.of(
              "takes members out of a list that does not exist",
              "another outcome than Delivered",
              "D-5.19",
              removing(result -> stopped(result, ProblemKind.TARGET_NOT_FOUND))),
          Saboteur.of(
              "takes who could not be removed for gone",
              "Unknown for member",
              "D-7.3 D-5.5 D-7.4 D-7.5 D-7.6 D-7.7",
              removing(result -> result.outcomes().get(0) instanceof Outcome.Unknown)),
          Saboteur.of(
              "asks for a pause below zero",
              "no pause below zero",
              "D-7.11",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected @Nullable Duration pause(String retryAfter) {
                          return retryAfter.matches("-\\d")
                              ? Duration.ofSeconds(Long.parseLong(retryAfter))
                              : super.pause(retryAfter);
                        }
                      })),
          Saboteur.of(
              "rejects whom it cannot send",
              "another outcome than Rejected",
              "D-7.12 D-6.5",
              judging(
                  (result, keys, reply) ->
                      reply instanceof Reply.NotSent
                          ? all(keys.size(), new Outcome.Rejected(REJECTED))
                          : result)),
          Saboteur.of(
              "does not say who calls",
              "calls with the user agent of the context",
              "D-7.13",
              calling(
                  (connection, context) ->
                      new Api(
                          connection,
                          context,
                          Api.client(connection, context).setUserAgent("Java")) {})),
          Saboteur.of(
              "takes what close cut off for not attempted",
              "there is no Unknown",
              "D-8.3 D-5.5",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        private volatile boolean closed;

                        @Override
                        public BatchResult deliver(Batch batch) {
                          BatchResult result = super.deliver(batch);
                          return closed ? all(batch.size(), new Outcome.NotAttempted()) : result;
                        }

                        @Override
                        public void close() {
                          closed = true;
                          super.close();
                        }
                      })),
          Saboteur.of(
              "serves the thread alone that came first",
              "a session for mode add",
              "D-8.11",
              ServesOneThread::new));

  private DirectionSaboteurs() {}

  private static boolean stopped(BatchResult result, ProblemKind kind) {
    return result.stop() != null && result.stop().kind() == kind;
  }

  /** Claims removals where an add would tell the truth. */
  private static Supplier<Destination> removing(Predicate<BatchResult> where) {
    return delivering(
        (golden, batch) -> {
          BatchResult result = golden.deliver(batch);
          return batch.kind() == ChangeKind.REMOVE && where.test(result)
              ? all(batch.size(), GONE)
              : result;
        });
  }

  private static final class ServesOneThread extends GoldenDestination {
    private final AtomicReference<@Nullable Thread> first = new AtomicReference<>();

    @Override
    public DestinationSession open(SessionRequest request) {
      DestinationSession session = super.open(request);
      Thread thread = Thread.currentThread();
      if (!first.compareAndSet(null, thread) && first.get() != thread) {
        session.close();
        throw new ConnectorException(
            Sabotage.problem(ProblemKind.INTERNAL, "Another thread is served."));
      }
      return session;
    }
  }
}
