package dev.landfall.host.delivery;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.HostException;
import dev.landfall.host.delivery.DeliveryListener.Progress;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Tally;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One direction of a run, from its first intent to its last settlement. */
final class Direction {

  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Run run;
  private final ChangeKind kind;
  private final Feed feed;
  private final long planned;
  private final int window;
  private final int low;
  private final Loader loader;
  private final Landing landing;
  private final Rejections rejections;
  private final Deque<Undertaking> fresh = new ArrayDeque<>();
  private final Queue<Undertaking> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Undertaking::dueNanos)
              .thenComparingLong(undertaking -> undertaking.change().seq()));
  private final Set<Flight> inFlight = new LinkedHashSet<>();
  private int aloft;
  private long progressNanos;

  Direction(Run run, ChangeKind kind, Feed feed, long planned) {
    this.run = run;
    this.kind = kind;
    this.feed = feed;
    this.planned = planned;
    DeliveryPolicy policy = run.request.policy();
    window = policy.windowSize();
    low = (int) Math.min(window / 2, 2L * policy.maxInFlight() * policy.batchSize());
    loader = new Loader(run.request, kind);
    landing = new Landing(run, kind, this::settle, waiting::add);
    rejections = run.rejections(kind);
  }

  void deliver() {
    while (true) {
      run.heed();
      if (!over()) {
        // Lanes first: they shall work while the journal is written.
        send();
        refill();
        send();
      }
      run.recorder.recordIfDue(run.lanes.nanos());
      if (over()) {
        abandon();
      }
      if (inFlight.isEmpty() && unsettled() == 0 && (over() || feed.exhausted())) {
        break;
      }
      run.await(patience()).ifPresent(this::land);
      if (run.lanes.nanos() >= run.giveUpNanos()) {
        giveUp();
      }
      progress(false);
    }
    landing.close();
    run.recorder.close(kind);
    progress(true);
  }

  private boolean over() {
    return run.over(kind) || landing.sessionEnded();
  }

  /** Changes that are intended and not yet settled. */
  private int unsettled() {
    return fresh.size() + waiting.size() + aloft;
  }

  private boolean wantsWindow() {
    return !feed.exhausted() && fresh.size() <= low && unsettled() <= window;
  }

  private void refill() {
    if (!over() && wantsWindow()) {
      if (run.recorder.open() > window) {
        run.recorder.record();
      }
      if (!over()) {
        intend();
      }
    }
  }

  private void intend() {
    List<Change> next;
    try {
      next = feed.next(window);
    } catch (HostException e) {
      run.stops.run(e.problem());
      return;
    }
    if (run.recorder.intend(next)) {
      next.forEach(change -> fresh.add(new Undertaking(change)));
    }
  }

  private void send() {
    run.heed();
    while (!over() && inFlight.size() < run.inFlight.batches()) {
      long now = run.lanes.nanos();
      if (now < run.pace.nextNanos(run.availability.silent()) || !ready(now)) {
        return;
      }
      Loader.Loaded loaded = loader.load(fresh, waiting, now);
      Flight flight = loaded.flight();
      if (flight != null) {
        inFlight.add(flight);
        aloft += flight.undertakings().size();
        run.pace.sent(now, run.inFlight.intervalNanos());
        run.lanes.submit(flight);
      }
      loaded.unfit().forEach(this::settle);
      run.heed();
    }
  }

  private boolean ready(long now) {
    return !fresh.isEmpty() || (!waiting.isEmpty() && waiting.element().dueNanos() <= now);
  }

  /** When something has to be done even if no batch ends. */
  private long patience() {
    long until = Math.min(run.recorder.dueNanos(), run.giveUpNanos());
    if (!over()) {
      if (wantsWindow()) {
        return 0;
      }
      if (inFlight.size() < run.inFlight.batches() && unsettled() > aloft) {
        long next = run.pace.nextNanos(run.availability.silent());
        long due = fresh.isEmpty() ? waiting.element().dueNanos() : 0;
        until = Math.min(until, Math.max(next, due));
      }
    }
    if (until == Recorder.NEVER && inFlight.isEmpty()) {
      throw new IllegalStateException("A delivery waits for nothing");
    }
    return until;
  }

  private void land(Flight flight) {
    inFlight.remove(flight);
    aloft -= flight.undertakings().size();
    run.returned(flight);
    landing.land(flight);
  }

  private void settle(Undertaking undertaking) {
    Settlement settlement = undertaking.settle(run.request.clock().instant());
    run.recorder.add(settlement, run.lanes.nanos());
    rejections.saw(settlement).ifPresent(run.stops::run);
  }

  /** Settles what was intended and will not be sent, or not again. */
  private void abandon() {
    fresh.forEach(this::settle);
    fresh.clear();
    waiting.forEach(this::settle);
    waiting.clear();
  }

  private void giveUp() {
    inFlight.forEach(landing::giveUp);
    inFlight.clear();
    aloft = 0;
  }

  private void progress(boolean last) {
    long now = run.lanes.nanos();
    if (last || now >= progressNanos) {
      progressNanos = now + PROGRESS_NANOS;
      Tally soFar = run.books.soFar(kind);
      run.request
          .listener()
          .progress(
              new Progress(
                  kind,
                  planned,
                  soFar.delivered(),
                  soFar.failed(),
                  inFlight.size(),
                  waiting.size()));
    }
  }
}
