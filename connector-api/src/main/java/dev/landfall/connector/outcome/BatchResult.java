package dev.landfall.connector.outcome;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch: exactly one outcome for each of its rows, in the order of the rows.
 *
 * @param outcomes one for each row, in the order of the rows; copied
 * @param stop a problem that makes going on pointless, or null
 */
public record BatchResult(List<Outcome> outcomes, @Nullable Problem stop) {

  /** Copies the outcomes. */
  public BatchResult {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * The result of a batch that went through to its end.
   *
   * @param outcomes one for each row, in the order of the rows
   * @return the result, without a stop
   */
  public static BatchResult of(List<Outcome> outcomes) {
    return new BatchResult(outcomes, null);
  }

  /**
   * The result of a batch that stopped on the way: what was seen so far, and {@link
   * Outcome.NotAttempted} for every row after it.
   *
   * @param soFar the outcomes seen, in the order of the rows
   * @param size how many rows the batch has
   * @param stop why going on is pointless
   * @return a result with {@code size} outcomes
   * @throws IllegalArgumentException if there are more outcomes than rows
   */
  public static BatchResult stopped(List<Outcome> soFar, int size, Problem stop) {
    if (soFar.size() > size) {
      throw new IllegalArgumentException(soFar.size() + " outcomes for " + size + " rows");
    }
    List<Outcome> all = new ArrayList<>(soFar);
    while (all.size() < size) {
      all.add(new Outcome.NotAttempted());
    }
    return new BatchResult(all, stop);
  }
}
