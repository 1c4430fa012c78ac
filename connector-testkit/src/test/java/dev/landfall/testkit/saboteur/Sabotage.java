package dev.landfall.testkit.saboteur;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.Context;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSession;
import dev.landfall.testkit.golden.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The places where golden can be broken. */
final class Sabotage {

  static final Problem REJECTED = problem(ProblemKind.RECORD, "The service refuses this member.");
  static final Problem WRONG = problem(ProblemKind.UNAVAILABLE, "Something went wrong.");

  private Sabotage() {}

  static Problem problem(ProblemKind kind, String message) {
    return new Problem(kind, "golden.sabotaged", message, "Look into it.");
  }

  @FunctionalInterface
  interface Delivering {
    @Nullable BatchResult deliver(DestinationSession golden, Batch batch);
  }

  @FunctionalInterface
  interface Judging {
    BatchResult judge(BatchResult golden, List<String> keys, Reply reply);
  }

  @FunctionalInterface
  interface Calling {
    Api api(ConnectionSettings connection, Context context);
  }

  @FunctionalInterface
  interface Checking {
    CheckReport check(GoldenDestination golden, CheckRequest request);
  }

  /** Breaks what is declared. */
  static Supplier<Destination> describing(UnaryOperator<DestinationDescriptor.Builder> change) {
    return () ->
        new GoldenDestination() {
          @Override
          protected DestinationDescriptor.Builder describe(String id) {
            return change.apply(super.describe(id));
          }
        };
  }

  /** Breaks the making of a session. */
  static Supplier<Destination> opening(Saboteur.Opening opening) {
    return () ->
        new GoldenDestination() {
          @Override
          protected DestinationSession session(SessionRequest request, Api api) {
            return opening.open(request, api);
          }
        };
  }

  /** Breaks what happens around golden's deliver. */
  static Supplier<Destination> delivering(Delivering delivering) {
    return opening(
        (request, api) -> {
          GoldenSession golden = new Breakable(api, Saboteur.list(request));
          return new Around(golden) {
            @Override
            public BatchResult deliver(Batch batch) {
              return delivering.deliver(golden, batch);
            }
          };
        });
  }

  /** Breaks what an answer is taken for. */
  static Supplier<Destination> judging(Judging judging) {
    return opening(
        (request, api) ->
            new Breakable(api, Saboteur.list(request)) {
              @Override
              protected BatchResult judge(List<String> keys, Reply reply) {
                return judging.judge(super.judge(keys, reply), keys, reply);
              }
            });
  }

  /** Breaks what the service's word for a member is taken for. */
  static Supplier<Destination> reading(String word, Outcome outcome) {
    return opening(
        (request, api) ->
            new Breakable(api, Saboteur.list(request)) {
              @Override
              protected Outcome outcome(String said) {
                return said.equals(word) ? outcome : super.outcome(said);
              }
            });
  }

  /** Breaks how a member is named. */
  static Supplier<Destination> naming(UnaryOperator<String> change) {
    return opening(
        (request, api) ->
            new Breakable(api, Saboteur.list(request)) {
              @Override
              protected @Nullable String key(Row row) {
                String key = super.key(row);
                return key == null ? null : change.apply(key);
              }
            });
  }

  /** Breaks the calls. */
  static Supplier<Destination> calling(Calling calling) {
    return () ->
        new GoldenDestination() {
          @Override
          protected Api api(ConnectionSettings connection, Context context) {
            return calling.api(connection, context);
          }
        };
  }

  /** Breaks the check. */
  static Supplier<Destination> checking(Checking checking) {
    return () ->
        new GoldenDestination() {
          private final GoldenDestination golden = new GoldenDestination();

          @Override
          public CheckReport check(CheckRequest request) {
            return checking.check(golden, request);
          }
        };
  }

  static BatchResult all(int size, Outcome outcome) {
    return BatchResult.of(Collections.nCopies(size, outcome));
  }

  static int status(Reply reply) {
    return reply instanceof Reply.Answer answer ? answer.status() : 0;
  }

  /** A batch with other rows. */
  static Batch with(Batch batch, List<Row> rows) {
    return new Batch(batch.kind(), batch.schema(), rows);
  }

  /** Golden's session, to be broken. */
  static class Breakable extends GoldenSession {
    Breakable(Api api, String list) {
      super(api, list);
    }
  }

  /** A session that hands on to golden's. */
  abstract static class Around implements DestinationSession {
    final DestinationSession golden;

    Around(DestinationSession golden) {
      this.golden = Objects.requireNonNull(golden);
    }

    @Override
    public void close() {
      golden.close();
    }
  }

  /** Golden's calls, to be broken. */
  static class BreakableApi extends Api {
    BreakableApi(ConnectionSettings connection, Context context) {
      super(connection, context, Api.client(connection, context));
    }
  }
}
