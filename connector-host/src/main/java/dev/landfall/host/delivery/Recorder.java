package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.HostException;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Journal;
import dev.landfall.host.ledger.Outstanding;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Commits intents, and settlements in groups, and tells books and listener what was committed. Once
 * the journal failed, writes nothing more: what it has open stands there as UNKNOWN.
 */
final class Recorder {

  static final long NEVER = Long.MAX_VALUE;
  private static final long GROUP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Journal journal;
  private final DeliveryListener listener;
  private final Books books;
  private final Stops stops;
  private final int group;
  private final List<Settlement> pending = new ArrayList<>();
  private long dueNanos = NEVER;
  private int open;
  private boolean broken;
  private boolean listenerBroken;

  Recorder(Journal journal, DeliveryListener listener, Books books, Stops stops, int group) {
    this.journal = journal;
    this.listener = listener;
    this.books = books;
    this.stops = stops;
    this.group = group;
  }

  /** How many changes are intended and not yet recorded. */
  int open() {
    return open;
  }

  /** When settlements have to be committed at the latest, or {@link #NEVER}. */
  long dueNanos() {
    return dueNanos;
  }

  /**
   * Commits intents.
   *
   * @return whether they are durable and may be sent
   */
  boolean intend(List<Change> window) {
    try {
      journal.intend(window);
    } catch (HostException e) {
      broken = true;
      stops.run(e.problem());
      return false;
    }
    open += window.size();
    return true;
  }

  /** Takes a settlement, to be committed with the next group. */
  void add(Settlement settlement, long now) {
    if (pending.isEmpty()) {
      dueNanos = now + GROUP_NANOS;
    }
    pending.add(settlement);
    if (pending.size() >= group) {
      dueNanos = now;
    }
  }

  void recordIfDue(long now) {
    if (now >= dueNanos) {
      record();
    }
  }

  /** Commits what is there. */
  void record() {
    dueNanos = NEVER;
    if (broken || pending.isEmpty()) {
      return;
    }
    List<Settlement> committed = List.copyOf(pending);
    pending.clear();
    try {
      journal.record(committed);
    } catch (HostException e) {
      broken = true;
      stops.run(e.problem());
      return;
    }
    open -= committed.size();
    committed.forEach(books::count);
    tell(() -> listener.settled(committed));
  }

  /** Ends a direction: what could not be committed is unknown. */
  void close(ChangeKind kind) {
    record();
    if (broken) {
      books.countUnrecorded(kind, open);
      open = 0;
      pending.clear();
    }
  }

  /**
   * Commits what became of what was only accepted.
   *
   * @return the counts; nothing if the journal failed
   */
  Tally confirm(Outstanding receipt, List<Outcome> outcomes) {
    if (broken) {
      return Tally.NONE;
    }
    List<Settlement> settled;
    try {
      settled = journal.confirm(receipt, outcomes);
    } catch (HostException e) {
      broken = true;
      stops.run(e.problem());
      return Tally.NONE;
    }
    if (receipt.ofThisRun()) {
      settled.forEach(books::confirm);
    }
    tell(() -> listener.confirmed(receipt.run(), settled));
    return settled.stream().map(Books::one).reduce(Tally.NONE, Tally::plus);
  }

  private void tell(Runnable what) {
    if (listenerBroken) {
      return;
    }
    try {
      what.run();
    } catch (HostException e) {
      listenerBroken = true;
      stops.run(e.problem());
    }
  }
}
