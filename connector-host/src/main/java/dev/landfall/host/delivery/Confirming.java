package dev.landfall.host.delivery;

import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.Row;
import dev.landfall.host.HostException;
import dev.landfall.host.ledger.Outstanding;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.ledger.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * Asks the destination what became of what it only accepted: each receipt once, and again when the
 * destination says so, for as long as the run may wait. What cannot be learned stays as it is.
 */
final class Confirming {

  private static final Duration SOONEST = Duration.ofSeconds(1);

  /** A receipt to ask about, at a time of the lanes. */
  private record Ask(long id, long dueNanos) {}

  private final Run run;
  private final long endNanos;
  private final Queue<Ask> asks =
      new PriorityQueue<>(Comparator.comparingLong(Ask::dueNanos).thenComparingLong(Ask::id));
  private final Set<String> said = new LinkedHashSet<>();
  private Tally earlier = Tally.NONE;
  private boolean waits;
  private boolean stopped;

  Confirming(Run run) {
    this.run = run;
    this.endNanos = run.lanes.nanos() + run.request.confirmWithin().toNanos();
  }

  /** Asks, and gives what was learned of changes that earlier runs had sent. */
  Tally ask() {
    if (!over() && run.request.session() instanceof ConfirmsLater session) {
      begin();
      while (!asks.isEmpty() && !over() && !pausedBeyondTheEnd()) {
        Ask next = asks.element();
        long due = Math.max(next.dueNanos(), run.pace.nextNanos(false));
        if (due > run.lanes.nanos()) {
          run.await(due);
          run.heed();
        } else {
          asks.remove();
          find(next.id()).ifPresent(receipt -> ask(session, receipt));
        }
      }
    }
    return earlier;
  }

  /** Whether the destination wants to be left alone for longer than the run may wait. */
  private boolean pausedBeyondTheEnd() {
    long now = run.lanes.nanos();
    return run.pace.resumesNanos(now) > Math.max(endNanos, now);
  }

  private boolean over() {
    run.heed();
    return stopped || run.ended();
  }

  private void begin() {
    try {
      RowShape shape = RowShape.of(run.request.schema(), run.request.descriptor());
      run.request.journal().outstanding(shape).forEach(id -> asks.add(new Ask(id, 0)));
    } catch (HostException e) {
      run.stops.run(e.problem());
    }
  }

  private Optional<Outstanding> find(long id) {
    try {
      return run.request.journal().outstanding(id);
    } catch (HostException e) {
      run.stops.run(e.problem());
      return Optional.empty();
    }
  }

  private void ask(ConfirmsLater session, Outstanding receipt) {
    Batch batch;
    try {
      batch = batch(receipt);
    } catch (Rows.UnfitValueException e) {
      say(e.problem());
      return;
    }
    long now = run.lanes.nanos();
    Flight flight = new Flight(() -> Guard.confirm(session, receipt.receipt(), batch), now);
    run.pace.sent(now, 0);
    run.lanes.submit(flight);
    if (!returned(flight)) {
      return;
    }
    Answer answer = flight.answer();
    if (answer instanceof Answer.Fatal fatal) {
      throw fatal.error();
    } else if (answer instanceof Answer.Broken broken) {
      say(Guard.broken(run.request.descriptor(), broken.what()));
    } else if (answer instanceof Answer.Confirmed confirmed) {
      confirmed.confirmation().fold(new Heard(receipt));
    }
  }

  private Batch batch(Outstanding receipt) throws Rows.UnfitValueException {
    Rows rows = new Rows(run.request.schema(), receipt.kind());
    List<Row> made = new ArrayList<>();
    for (Outstanding.Accepted row : receipt.rows()) {
      made.add(rows.row(row.change()));
    }
    return new Batch(receipt.kind(), rows.schema(), made);
  }

  /** Waits for an answer, or until it is pointless to. */
  private boolean returned(Flight flight) {
    while (true) {
      Optional<Flight> back = run.await(run.giveUpNanos());
      if (back.isPresent() && back.get() == flight) {
        return true;
      }
      run.heed();
      if (run.lanes.nanos() >= run.giveUpNanos()) {
        return false;
      }
    }
  }

  private void say(Problem problem) {
    if (said.add(problem.message())) {
      run.request.listener().notice(problem.code(), problem.message());
    }
  }

  private final class Heard implements Confirmation.Cases<Boolean> {
    private final Outstanding receipt;

    Heard(Outstanding receipt) {
      this.receipt = receipt;
    }

    @Override
    public Boolean settled(Confirmation.Settled confirmation) {
      BatchResult result = confirmation.result();
      Problem stop = result.stop();
      if (stop != null) {
        say(stop);
        stopped = true;
      }
      Tally tally = run.recorder.confirm(receipt, result.outcomes());
      if (!receipt.ofThisRun()) {
        earlier = earlier.plus(tally);
      }
      return true;
    }

    @Override
    public Boolean pending(Confirmation.Pending confirmation) {
      Duration asked = confirmation.askAgainAfter();
      Duration after = asked.compareTo(SOONEST) < 0 ? SOONEST : asked;
      long now = run.lanes.nanos();
      if (after.compareTo(Duration.ofNanos(endNanos - now)) > 0) {
        return false;
      }
      if (!waits) {
        waits = true;
        run.request
            .listener()
            .notice(
                "delivery.confirming",
                "%s accepted changes that it has not confirmed yet; it is asked again for up to %d"
                        .formatted(
                            run.request.descriptor().name(),
                            run.request.confirmWithin().toSeconds())
                    + " seconds.");
      }
      return asks.add(new Ask(receipt.id(), now + after.toNanos()));
    }
  }
}
