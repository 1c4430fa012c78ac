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
 */
public record Settlement(Change change, Outcome outcome, @Nullable Instant unknownAt, Instant at) {}
