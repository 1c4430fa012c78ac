package dev.landfall.table;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Context;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches into one table, over one connection at a time. */
final class TableSession implements DestinationSession {

  private static final Logger LOG = LoggerFactory.getLogger(TableSession.class);

  /** How long what was interrupted is given to end, before it is interrupted again. */
  private static final int MILLIS_BETWEEN_INTERRUPTIONS = 20;

  /** The database itself is to give up first: then the connection stays. */
  private static final int GRACE_MILLIS = 500;

  private final SessionRequest request;
  private final TableSettings.Access access;
  private final TableName name;
  private final Database database;
  private final ScheduledThreadPoolExecutor deadlines;

  /** Held by whoever uses the store. */
  private final ReentrantLock using = new ReentrantLock();

  private volatile @Nullable Store store;
  private @Nullable Binding binding;
  private volatile boolean closed;
  private volatile boolean expired;

  private TableSession(SessionRequest request) {
    this.request = request;
    access = TableSettings.Access.of(request.connection());
    name = TableName.parse(request.target().get(TableSettings.TABLE));
    database = Database.of(access);
    deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "landfall-table-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /**
   * Connects, makes the table if it is to be made, and runs the script.
   *
   * @throws ConnectorException if one of these cannot be done, or the fields do not fit the table
   */
  static TableSession open(SessionRequest request) {
    Optional<Script> script = request.target().get(TableSettings.SCRIPT).map(Script::read);
    TableSession session = new TableSession(request);
    boolean done = false;
    try {
      session.begin(script);
      done = true;
      return session;
    } catch (StoreException e) {
      throw new ConnectorException(e.problem());
    } finally {
      if (!done) {
        session.close();
      }
    }
  }

  private void begin(Optional<Script> script) throws StoreException {
    Store opened = connect();
    Binding bound = bound();
    boolean inserts =
        request.mode().changeKinds().contains(ChangeKind.INSERT)
            || request.mode().changeKinds().contains(ChangeKind.UPSERT);
    if (inserts && !bound.keyIsUnique() && !DatabaseUrl.isDuckDb(access.url())) {
      context()
          .notice(
              TableProblem.NO_UNIQUE_INDEX.code(),
              "The table "
                  + name
                  + " has no unique index on just the key: other writers wait while a batch is"
                  + " written.");
    }
    if (script.isPresent()) {
      opened.run(script.get());
    }
  }

  private Context context() {
    return request.context();
  }

  private Store connect() throws StoreException {
    boolean wanted = request.target().get(TableSettings.CREATE_TABLE);
    boolean mayCreate = wanted && !context().deliveredBefore();
    Store opened = open(wanted, mayCreate);
    store = opened;
    if (closed) {
      throw StoreException.stop(TableProblem.SESSION_CLOSED.problem());
    }
    Optional<Table> table = opened.find(name);
    if (table.isEmpty() && mayCreate) {
      opened.create(name, request.schema());
      table = opened.find(name);
      if (table.isPresent()) {
        context()
            .notice(
                TableProblem.CREATED.code(),
                "The table "
                    + name
                    + " was made, with "
                    + table.get().columns().size()
                    + " columns.");
      }
    }
    binding =
        Binding.of(
            request.schema(),
            table.orElseThrow(
                () ->
                    wanted
                        ? gone()
                        : StoreException.stop(
                            TableProblem.TABLE_NOT_FOUND.problem(
                                "The table "
                                    + name
                                    + " does not exist, or this user may not see it."))),
            request.mode());
    return opened;
  }

  private Store open(boolean wanted, boolean mayCreate) throws StoreException {
    try {
      return database.connect(mayCreate);
    } catch (StoreException e) {
      boolean missing = e.problem().code().equals(TableProblem.DATABASE_NOT_FOUND.code());
      throw wanted && !mayCreate && missing ? gone() : e;
    }
  }

  /** To make it anew would hide that what was delivered is gone. */
  private StoreException gone() {
    return StoreException.stop(
        TableProblem.TABLE_GONE.problem(
            "The table " + name + " is not there any more, and earlier runs wrote to it."));
  }

  private Binding bound() {
    Binding bound = binding;
    if (bound == null) {
      throw new IllegalStateException("not connected");
    }
    return bound;
  }

  @Override
  public BatchResult deliver(Batch batch) {
    using.lock();
    try {
      if (closed) {
        return BatchResult.stopped(List.of(), batch.size(), TableProblem.SESSION_CLOSED.problem());
      }
      return within(batch, Deadline.in(access.totalTimeLimit()));
    } catch (RuntimeException e) {
      // Its message may hold values, so only its class is told.
      LOG.error("A batch failed with {}", e.getClass().getName());
      drop();
      Problem fault = TableProblem.INTERNAL_ERROR.problem();
      return all(batch, new Outcome.Unknown(fault, null), fault);
    } finally {
      using.unlock();
    }
  }

  private BatchResult within(Batch batch, Deadline deadline) {
    expired = false;
    ScheduledFuture<?> expiry;
    try {
      expiry =
          deadlines.scheduleAtFixedRate(
              this::expire,
              access.totalTimeLimit().toMillis() + GRACE_MILLIS,
              MILLIS_BETWEEN_INTERRUPTIONS,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return BatchResult.stopped(List.of(), batch.size(), TableProblem.SESSION_CLOSED.problem());
    }
    try {
      return deliver(batch, deadline);
    } finally {
      expiry.cancel(false);
    }
  }

  private void expire() {
    expired = true;
    interrupt();
  }

  private void interrupt() {
    Store current = store;
    if (current != null) {
      current.interrupt();
    }
  }

  private BatchResult deliver(Batch batch, Deadline deadline) {
    Delivery delivery = null;
    try {
      Store current = store;
      if (current == null || !current.usable()) {
        drop();
        current = connect();
      }
      Binding bound = bound();
      if (!request.mode().changeKinds().contains(batch.kind()) || !bound.covers(batch.schema())) {
        return BatchResult.stopped(List.of(), batch.size(), TableProblem.BATCH_UNUSABLE.problem());
      }
      delivery = new Delivery(batch, bound);
      delivery.write(current, deadline);
      return BatchResult.of(filled(delivery, batch, new Outcome.NotAttempted()));
    } catch (StoreException e) {
      return failed(batch, delivery, e);
    } catch (ConnectorException e) {
      drop();
      return BatchResult.stopped(List.of(), batch.size(), e.problem());
    }
  }

  /** Tells what follows for the rows of which nothing was seen. */
  private BatchResult failed(Batch batch, @Nullable Delivery delivery, StoreException failure) {
    Problem problem = failure.problem();
    if (failure.broken()) {
      drop();
    }
    if (failure.inDoubt()) {
      return new BatchResult(
          filled(delivery, batch, new Outcome.Unknown(problem, null)),
          closed ? TableProblem.SESSION_CLOSED.problem() : failure.stop());
    }
    if (closed) {
      problem = TableProblem.SESSION_CLOSED.problem();
    } else if (expired) {
      problem = TableProblem.TIMED_OUT.problem();
    }
    if (closed || (failure.fate() == StoreException.Fate.STOP && !expired)) {
      LOG.debug("A batch stopped: {}", problem.code());
      return new BatchResult(filled(delivery, batch, new Outcome.NotAttempted()), problem);
    }
    return BatchResult.of(filled(delivery, batch, new Outcome.Retryable(problem, null)));
  }

  private static List<Outcome> filled(@Nullable Delivery delivery, Batch batch, Outcome rest) {
    List<Outcome> all = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Outcome seen = delivery == null ? null : delivery.outcomes().get(i);
      all.add(seen == null ? rest : seen);
    }
    return all;
  }

  private static BatchResult all(Batch batch, Outcome outcome, Problem stop) {
    return new BatchResult(filled(null, batch, outcome), stop);
  }

  /** Lets go of the store; the next batch gets another. */
  private void drop() {
    Store current = store;
    store = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    database.close();
    deadlines.shutdownNow();
    boolean mine = using.tryLock();
    while (!mine) {
      interrupt();
      mine = waited();
    }
    try {
      drop();
    } finally {
      using.unlock();
    }
  }

  private boolean waited() {
    try {
      return using.tryLock(MILLIS_BETWEEN_INTERRUPTIONS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // What is interrupted still has to be freed: it ends, and then so does this.
      using.lock();
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
