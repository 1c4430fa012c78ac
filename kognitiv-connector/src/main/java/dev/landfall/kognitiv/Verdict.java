package dev.landfall.kognitiv;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;

/** What a reply means for its record. */
sealed interface Verdict {

  /**
   * The record has its outcome.
   *
   * @param outcome the outcome
   */
  record Settled(Outcome outcome) implements Verdict {}

  /**
   * Going on is pointless, and this record was not applied.
   *
   * @param problem why
   */
  record Stop(Problem problem) implements Verdict {}
}
