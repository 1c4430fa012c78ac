package dev.landfall.connector.outcome;

import java.time.Duration;
import java.util.Objects;

/** What the destination says, when asked, of a batch it had only taken on. */
public sealed interface Confirmation {

  /**
   * Calls the one case that fits this confirmation.
   *
   * @param cases what to do for each
   * @param <R> what the cases give
   * @return what the case gave
   */
  <R> R fold(Cases<R> cases);

  /**
   * One case for each confirmation.
   *
   * @param <R> what the cases give
   */
  interface Cases<R> {
    /**
     * The batch was applied, or refused.
     *
     * @param confirmation the confirmation
     * @return the case's result
     */
    R settled(Settled confirmation);

    /**
     * The destination is still at it.
     *
     * @param confirmation the confirmation
     * @return the case's result
     */
    R pending(Pending confirmation);
  }

  /**
   * The batch has its final outcomes.
   *
   * @param result one outcome for each row that was asked about; none of them Accepted
   */
  record Settled(BatchResult result) implements Confirmation {
    /** Requires a result. */
    public Settled {
      Objects.requireNonNull(result, "result");
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.settled(this);
    }
  }

  /**
   * The destination is still at it.
   *
   * @param askAgainAfter how long to wait before the next question
   */
  record Pending(Duration askAgainAfter) implements Confirmation {
    /** Requires a duration. */
    public Pending {
      Objects.requireNonNull(askAgainAfter, "askAgainAfter");
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.pending(this);
    }
  }
}
