package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.REJECTED;
import static dev.landfall.testkit.saboteur.Sabotage.all;
import static dev.landfall.testkit.saboteur.Sabotage.delivering;
import static dev.landfall.testkit.saboteur.Sabotage.naming;
import static dev.landfall.testkit.saboteur.Sabotage.opening;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Wrong with the rows they are given, or with the mode: D-3 and D-4. */
final class RowSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "sends what has no id",
              "Rejected for member without a key",
              "D-3.1 D-3.2 D-5.5",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected boolean usable(@Nullable String key) {
                          return true;
                        }
                      })),
          Saboteur.of(
              "drops a whole batch for one row without an id",
              "Delivered for member",
              "D-3.1 D-3.2",
              delivering(
                  (golden, batch) ->
                      batch.rows().stream().allMatch(row -> id(row) != null && !id(row).isBlank())
                          ? golden.deliver(batch)
                          : all(batch.size(), new Outcome.Rejected(REJECTED)))),
          Saboteur.of(
              "takes a blank id for an id",
              "Rejected for member with a blank key",
              "D-3.2",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected boolean usable(@Nullable String key) {
                          return key != null && !key.isEmpty();
                        }
                      })),
          Saboteur.of(
              "trims ids",
              "exactly the keys that were delivered",
              "D-3.3 D-5.5",
              naming(String::strip)),
          Saboteur.of(
              "puts ids in lower case",
              "exactly the keys that were delivered",
              "D-3.3 D-5.5",
              naming(id -> id.toLowerCase(Locale.ROOT))),
          Saboteur.of(
              "decodes ids that were never encoded",
              "exactly the keys that were delivered",
              "D-3.3 D-5.5",
              naming(id -> URLDecoder.decode(id, StandardCharsets.UTF_8))),
          Saboteur.of(
              "forgets to percent-encode an id in a path",
              "another outcome than NotAttempted",
              "D-3.3",
              opening((request, api) -> new OneByOne(api, Saboteur.list(request)))),
          Saboteur.of(
              "writes JSON by hand",
              "another outcome than Unknown",
              "D-3.3 D-5.5",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected String body(ChangeKind kind, List<Row> rows) {
                          return rows.stream()
                              .map(row -> "{\"id\":\"" + key(row) + "\"}")
                              .collect(Collectors.joining(",", "{\"members\":[", "]}"));
                        }
                      })),
          Saboteur.of(
              "wants more than the key of a removal",
              "Delivered for member 0",
              "D-3.4 D-4.2 D-4.4 D-5.8 D-5.19 D-7.12 D-8.8",
              delivering(
                  (golden, batch) ->
                      batch.kind() == ChangeKind.REMOVE && batch.schema().fields().size() < 2
                          ? all(batch.size(), new Outcome.Rejected(REJECTED))
                          : golden.deliver(batch))),
          Saboteur.of(
              "accepts, and stores nothing",
              "3 members in the target",
              "D-4.1 D-3.1 D-3.2 D-3.3 D-3.5 D-4.2 D-5.2 D-5.4 D-5.5 D-5.6 D-5.7 D-5.8 D-5.10 D-5.19 D-7.12 D-6.4 D-6.5 D-6.6 D-7.1 D-7.2"
                  + " D-7.3 D-7.4 D-7.5 D-7.6 D-7.7 D-7.8 D-7.10 D-7.11 D-8.2 D-8.3 D-8.5 D-8.7",
              delivering(
                  (golden, batch) ->
                      batch.kind() == ChangeKind.ADD
                          ? all(batch.size(), new Outcome.Delivered(Effect.UNREPORTED))
                          : golden.deliver(batch))),
          Saboteur.of(
              "takes out more than was asked for",
              "2 of 4 members left in the target",
              "D-4.2 D-5.5 D-5.8",
              TakesOutAll::new),
          Saboteur.of(
              "opens modes that are not declared",
              "a session was opened",
              "D-4.3",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationSession open(SessionRequest request) {
                      return session(request, api(request.connection(), request.context()));
                    }
                  }),
          Saboteur.of(
              "refuses a mode for its credentials",
              "it was AUTHENTICATION",
              "D-4.3",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationSession open(SessionRequest request) {
                      if (request.mode() == AudienceSyncMode.UPSERT) {
                        throw new ConnectorException(
                            Sabotage.problem(ProblemKind.AUTHENTICATION, "No right to do that."));
                      }
                      return super.open(request);
                    }
                  }),
          Saboteur.of(
              "asks the service before it refuses a mode",
              "no call for a mode that is not declared",
              "D-4.3",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationSession open(SessionRequest request) {
                      if (request.mode() == AudienceSyncMode.UPSERT) {
                        try (Api api = api(request.connection(), request.context())) {
                          Reply unused = api.call("GET", "/lists/any", null);
                        }
                      }
                      return super.open(request);
                    }
                  }),
          Saboteur.of(
              "declares a mirror that cannot remove",
              "another outcome than Rejected",
              "D-4.4",
              opening(
                  (request, api) ->
                      new Sabotage.Around(new Breakable(api, Saboteur.list(request))) {
                        @Override
                        public BatchResult deliver(Batch batch) {
                          return request.mode() == AudienceSyncMode.MIRROR
                                  && batch.kind() == ChangeKind.REMOVE
                              ? all(batch.size(), new Outcome.Rejected(REJECTED))
                              : golden.deliver(batch);
                        }
                      })));

  private RowSaboteurs() {}

  private static @Nullable String id(Row row) {
    return (String) row.key().get(0);
  }

  /** Adds one by one, each in a path of its own. */
  private static final class OneByOne extends Breakable {
    OneByOne(Api api, String list) {
      super(api, list);
    }

    @Override
    public BatchResult deliver(Batch batch) {
      if (batch.kind() != ChangeKind.ADD
          || batch.size() != 1
          || !usable(key(batch.rows().get(0)))) {
        return super.deliver(batch);
      }
      String id = Objects.requireNonNull(key(batch.rows().get(0)));
      try {
        return judge(List.of(id), api.call("PUT", listPath + "/members/" + id, null));
      } catch (IllegalArgumentException noUri) {
        return all(1, new Outcome.Rejected(REJECTED));
      }
    }
  }

  /** Remembers whom it put in, and takes them all out at the first removal. */
  private static final class TakesOutAll extends GoldenDestination {
    private final Set<Row> in = ConcurrentHashMap.newKeySet();

    @Override
    protected DestinationSession session(SessionRequest request, Api api) {
      return new Sabotage.Around(new Breakable(api, Saboteur.list(request))) {
        @Override
        public BatchResult deliver(Batch batch) {
          BatchResult result = golden.deliver(batch);
          if (batch.kind() == ChangeKind.ADD) {
            batch.rows().forEach(row -> in.add(Row.of(batch.schema().keyOnly(), id(row))));
          } else if (!in.isEmpty()) {
            BatchResult unused = golden.deliver(Sabotage.with(batch, new ArrayList<>(in)));
            in.clear();
          }
          return result;
        }
      };
    }
  }
}
