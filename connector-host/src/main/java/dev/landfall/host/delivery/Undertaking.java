package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.ledger.Settlement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An intended change and the attempts on it so far. */
final class Undertaking {

  private final Change change;
  private int attempts;
  private @Nullable Outcome soFar;
  private @Nullable Instant unknownAt;
  private @Nullable Instant sentAt;
  private Settlement.@Nullable Place place;
  private long dueNanos;

  Undertaking(Change change) {
    this.change = change;
  }

  Change change() {
    return change;
  }

  /** How often it was sent. */
  int attempts() {
    return attempts;
  }

  /** When the next attempt is due, on the clock of the lanes. */
  long dueNanos() {
    return dueNanos;
  }

  void sent(Instant at, Settlement.Place where) {
    attempts++;
    sentAt = at;
    place = where;
  }

  void answered(Rules rules, Outcome outcome, boolean unresolved, Instant at) {
    soFar = rules.fold(soFar, outcome);
    if (unresolved) {
      unknownAt = at;
    }
  }

  void dueAt(long nanos) {
    dueNanos = nanos;
  }

  /** What became of it: its attempts, folded; not attempted if there was none. */
  Settlement settle(Instant now) {
    return new Settlement(
        change,
        soFar == null ? new Outcome.NotAttempted() : soFar,
        unknownAt,
        sentAt == null ? now : sentAt,
        place);
  }
}
