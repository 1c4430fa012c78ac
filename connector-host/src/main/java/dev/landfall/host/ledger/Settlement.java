package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change after its last attempt.
 *
 * @param change the change
 * @param outcome all its attempts, folded into one outcome by {@link Rules#fold}
 * @param unknownAt when an attempt last ended Unknown or Accepted, or null if none did; an attempt
 *     whose answer is not known may still take effect, whatever a later one answered
 * @param at when the last attempt was sent, or when the change was given up if none was: a late
 *     arrival may have come between an attempt and its answer, so doubt is reckoned from here
 * @param place where the last attempt stood among those sent with it; needed if it was accepted,
 *     null if nothing was sent
 */
public record Settlement(
    Change change,
    Outcome outcome,
    @Nullable Instant unknownAt,
    Instant at,
    @Nullable Place place) {

  /** What became of a change that stood in no batch that anybody will ask for. */
  public Settlement(Change change, Outcome outcome, @Nullable Instant unknownAt, Instant at) {
    this(change, outcome, unknownAt, at, null);
  }

  /**
   * A place in a batch.
   *
   * @param batch the batch's number, different for each batch of a direction of a run
   * @param row the place of the row in it, from 0
   */
  public record Place(long batch, int row) {}
}
