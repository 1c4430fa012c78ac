package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.WRONG;
import static dev.landfall.testkit.saboteur.Sabotage.all;
import static dev.landfall.testkit.saboteur.Sabotage.delivering;
import static dev.landfall.testkit.saboteur.Sabotage.opening;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Around;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Wrong between open and close, or beyond: D-8 and D-11. */
final class LifecycleSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "throws when it is closed again",
              "close not to throw",
              "D-8.1",
              opening(
                  (request, api) ->
                      new Around(new Breakable(api, Saboteur.list(request))) {
                        private boolean closed;

                        @Override
                        public BatchResult deliver(Batch batch) {
                          return golden.deliver(batch);
                        }

                        @Override
                        public void close() {
                          if (closed) {
                            throw new IllegalStateException("Closed before");
                          }
                          closed = true;
                          super.close();
                        }
                      })),
          Saboteur.of(
              "takes rows after close for failed",
              "NotAttempted for member",
              "D-8.2",
              opening(
                  (request, api) ->
                      new Around(new Breakable(api, Saboteur.list(request))) {
                        private volatile boolean closed;

                        @Override
                        public BatchResult deliver(Batch batch) {
                          return closed
                              ? all(batch.size(), new Outcome.Unknown(WRONG, null))
                              : golden.deliver(batch);
                        }

                        @Override
                        public void close() {
                          closed = true;
                          super.close();
                        }
                      })),
          Saboteur.of(
              "asks the service after close",
              "no call after close",
              "D-8.2",
              () -> new AsksAfterClose()),
          Saboteur.of(
              "ignores close",
              "NotAttempted for member",
              "D-8.2 D-8.3 D-8.4",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        public void close() {}
                      })),
          Saboteur.of(
              "lets a blocked call wait when it is closed",
              "deliver to return within a second of close",
              "D-8.3",
              opening((request, api) -> new Waits(api, Saboteur.list(request)))),
          Saboteur.of(
              "keeps a thread after close",
              "no thread of the connector's after close",
              "D-8.4",
              opening(
                  (request, api) -> {
                    startThread();
                    return new Breakable(api, Saboteur.list(request));
                  })),
          Saboteur.of(
              "delivers into the list that was opened last",
              "2 members in target 0",
              "D-8.5 D-5.5",
              OpenedLast::new),
          Saboteur.of(
              "bears one call at a time",
              "another outcome than Retryable",
              "D-8.6 D-6.3",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        private final AtomicInteger underWay = new AtomicInteger();

                        @Override
                        public BatchResult deliver(Batch batch) {
                          try {
                            return underWay.incrementAndGet() > 1
                                ? all(batch.size(), new Outcome.Retryable(WRONG, null))
                                : super.deliver(batch);
                          } finally {
                            underWay.decrementAndGet();
                          }
                        }
                      })),
          Saboteur.of(
              "shares between calls what each should have to itself",
              "another outcome than",
              "D-8.6 D-6.3",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        private volatile List<String> current = List.of();

                        @Override
                        protected String body(ChangeKind kind, List<Row> rows) {
                          current = rows.stream().map(this::key).toList();
                          return super.body(kind, rows);
                        }

                        @Override
                        protected BatchResult judge(List<String> keys, Reply reply) {
                          return super.judge(current.size() == keys.size() ? current : keys, reply);
                        }
                      })),
          Saboteur.of(
              "takes out who is added again",
              "exactly [member 0, member 1] in target 0",
              "D-8.7 D-5.5 D-5.7",
              opening((request, api) -> new Toggles(api, Saboteur.list(request), ChangeKind.ADD))),
          Saboteur.of(
              "puts back who is removed again",
              "exactly [] in target 0",
              "D-8.8 D-5.5 D-5.8",
              opening(
                  (request, api) -> new Toggles(api, Saboteur.list(request), ChangeKind.REMOVE))),
          Saboteur.of(
              "swallows an interrupt",
              "it was swallowed",
              "D-8.9",
              delivering(
                  (golden, batch) -> {
                    boolean unused = Thread.interrupted();
                    return golden.deliver(batch);
                  })),
          Saboteur.of(
              "needs what only this process knows",
              "a member to be delivered by another process",
              "D-11.1",
              KnowsItsProcess::here));

  private LifecycleSaboteurs() {}

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

  /** After close, a look at the list tells whether there is anything to attempt. */
  private static final class AsksAfterClose extends GoldenDestination {
    @Override
    protected DestinationSession session(SessionRequest request, Api api) {
      return new Around(new Breakable(api, Saboteur.list(request))) {
        private volatile boolean closed;

        @Override
        public BatchResult deliver(Batch batch) {
          if (closed) {
            try (Api other = api(request.connection(), request.context())) {
              Reply unused = other.call("GET", "/lists/any", null);
            }
          }
          return golden.deliver(batch);
        }

        @Override
        public void close() {
          closed = true;
          super.close();
        }
      };
    }
  }

  /** Closes once nothing is under way. */
  private static final class Waits extends Breakable {
    private int underWay;
    private boolean closed;

    Waits(Api api, String list) {
      super(api, list);
    }

    private synchronized boolean begins() {
      underWay += closed ? 0 : 1;
      return !closed;
    }

    private synchronized void ends() {
      underWay--;
      closeIfIdle();
    }

    private void closeIfIdle() {
      if (closed && underWay == 0) {
        super.close();
      }
    }

    @Override
    public BatchResult deliver(Batch batch) {
      if (!begins()) {
        return all(batch.size(), new Outcome.NotAttempted());
      }
      try {
        return super.deliver(batch);
      } finally {
        ends();
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      closeIfIdle();
    }
  }

  /** Its sessions share what they know of their lists. */
  private static final class OpenedLast extends GoldenDestination {
    private final Deque<DestinationSession> open = new ConcurrentLinkedDeque<>();

    @Override
    protected DestinationSession session(SessionRequest request, Api api) {
      Breakable mine = new Breakable(api, Saboteur.list(request));
      open.push(mine);
      return new Around(mine) {
        @Override
        public BatchResult deliver(Batch batch) {
          return open.contains(mine) ? open.getFirst().deliver(batch) : mine.deliver(batch);
        }

        @Override
        public void close() {
          open.remove(mine);
          super.close();
        }
      };
    }
  }

  /** A change that was made before is undone, and claimed. */
  private static final class Toggles extends Breakable {
    private final ChangeKind kind;
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    Toggles(Api api, String list, ChangeKind kind) {
      super(api, list);
      this.kind = kind;
    }

    @Override
    public BatchResult deliver(Batch batch) {
      if (batch.kind() != kind || batch.rows().stream().anyMatch(row -> !usable(key(row)))) {
        return super.deliver(batch);
      }
      boolean again = batch.rows().stream().anyMatch(row -> !done.add(key(row)));
      if (!again) {
        return super.deliver(batch);
      }
      ChangeKind other = kind == ChangeKind.ADD ? ChangeKind.REMOVE : ChangeKind.ADD;
      List<Row> rows =
          batch.rows().stream().map(row -> Row.of(batch.schema().keyOnly(), key(row))).toList();
      BatchResult unused = super.deliver(new Batch(other, batch.schema().keyOnly(), rows));
      return all(batch.size(), new Outcome.Delivered(Effect.UNREPORTED));
    }
  }
}
