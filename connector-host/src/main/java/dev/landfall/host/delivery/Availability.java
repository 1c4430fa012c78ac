package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Watches whether the application behind a destination still answers. */
final class Availability {

  private static final int RECORDS_IN_A_ROW = 20;
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int CALLS = 500;
  private static final int TOO_MANY_OF_THEM = 475;
  private static final int SILENT_AFTER_CALLS = 10;

  private final String destination;
  private final BitSet unanswered = new BitSet(CALLS);
  private long calls;
  private int callsInARow;
  private int recordsInARow;
  private long answeredAt;
  private long silentSince;
  private String lastCode = "";

  Availability(String destination) {
    this.destination = destination;
  }

  /** Whether so many calls in a row had no answer that going on at full speed only does harm. */
  boolean silent() {
    return callsInARow >= SILENT_AFTER_CALLS;
  }

  void answered(long now) {
    count(false);
    callsInARow = 0;
    recordsInARow = 0;
    answeredAt = now;
  }

  void unanswered(long begunNanos, Problem problem) {
    count(true);
    if (callsInARow++ == 0) {
      silentSince = Math.max(begunNanos, answeredAt);
    }
    lastCode = problem.code();
  }

  /** A record came to its end for want of answers. */
  void usedUp() {
    recordsInARow++;
  }

  /** A record came to its end otherwise. */
  void ended() {
    recordsInARow = 0;
  }

  /** Why going on is pointless, if it is. */
  Optional<Problem> stop(long now) {
    if (recordsInARow >= RECORDS_IN_A_ROW && now - silentSince >= SILENCE_NANOS) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(now - silentSince);
      return unavailable(
          "%s gave no answer for %d seconds, and %d records in a row used up their attempts (last: %s)."
              .formatted(destination, seconds, recordsInARow, lastCode));
    }
    if (calls >= CALLS && unanswered.cardinality() > TOO_MANY_OF_THEM) {
      return unavailable(
          "%s did not answer %d of the last %d calls (last: %s)."
              .formatted(destination, unanswered.cardinality(), CALLS, lastCode));
    }
    return Optional.empty();
  }

  private static Optional<Problem> unavailable(String message) {
    return Optional.of(
        new Problem(
            ProblemKind.UNAVAILABLE,
            "delivery.unavailable",
            message,
            "Check that the destination is up and can be reached from here, then run the sync"
                + " again: it sends what this run did not."));
  }

  private void count(boolean failed) {
    unanswered.set((int) (calls % CALLS), failed);
    calls++;
  }
}
