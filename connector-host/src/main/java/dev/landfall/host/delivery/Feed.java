package dev.landfall.host.delivery;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Hands out one direction of the plan in its order, as far as the run's limit goes. */
final class Feed {

  private static final int PAGE = 10_000;

  private final Changes changes;
  private final ChangeKind kind;
  private final long end;
  private final Deque<Change> page = new ArrayDeque<>();
  private long handed;
  private long lastSeq;

  Feed(Changes changes, ChangeKind kind, long count, long allowed) {
    this.changes = changes;
    this.kind = kind;
    this.end = Math.min(count, allowed);
  }

  boolean exhausted() {
    return handed >= end;
  }

  /** How many changes were handed out. */
  long handed() {
    return handed;
  }

  /** The next changes, fewer only at the end. */
  List<Change> next(int max) {
    int size = (int) Math.min(max, end - handed);
    List<Change> next = new ArrayList<>(size);
    while (next.size() < size) {
      if (page.isEmpty()) {
        turn(size);
      }
      next.add(page.remove());
    }
    handed += size;
    return next;
  }

  private void turn(int wanted) {
    List<Change> read = changes.page(kind, lastSeq, Math.max(PAGE, wanted));
    if (read.isEmpty()) {
      throw new IllegalStateException("The plan ends before its count of " + kind);
    }
    for (Change change : read) {
      if (change.kind() != kind || change.seq() <= lastSeq) {
        throw new IllegalStateException("The plan is out of order at " + change);
      }
      lastSeq = change.seq();
      page.add(change);
    }
  }
}
