package dev.landfall.connector.outcome;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one record of a batch, as it was observed. Sealed, and read through {@link
 * #fold(Cases)}: whoever handles outcomes handles all of them, and a new one breaks callers when
 * they compile, not when they run. Immutable and serialisable.
 */
public sealed interface Outcome extends Serializable {

  /**
   * Calls the one case that fits this outcome.
   *
   * @param cases what to do for each outcome
   * @param <R> what the cases give
   * @return what the case gave
   */
  <R> R fold(Cases<R> cases);

  /**
   * One case for each outcome, by name, so that two of them cannot be swapped unseen.
   *
   * @param <R> what the cases give
   */
  interface Cases<R> {
    /**
     * The destination is in the asked state.
     *
     * @param outcome the outcome
     * @return the case's result
     */
    R delivered(Delivered outcome);

    /**
     * The destination took the record on and will apply it later.
     *
     * @param outcome the outcome
     * @return the case's result
     */
    R accepted(Accepted outcome);

    /**
     * This record can never be delivered as it is.
     *
     * @param outcome the outcome
     * @return the case's result
     */
    R rejected(Rejected outcome);

    /**
     * Certainly not applied; worth another try.
     *
     * @param outcome the outcome
     * @return the case's result
     */
    R retryable(Retryable outcome);

    /**
     * May or may not have been applied.
     *
     * @param outcome the outcome
     * @return the case's result
     */
    R unknown(Unknown outcome);

    /**
     * Not applied, because the session stopped before it.
     *
     * @param outcome the outcome
     * @return the case's result
     */
    R notAttempted(NotAttempted outcome);
  }

  /**
   * The destination is in the asked state, and was seen to be.
   *
   * @param effect what the change did, as far as the destination says so
   */
  record Delivered(Effect effect) implements Outcome {
    /** Requires an effect. */
    public Delivered {
      Objects.requireNonNull(effect, "effect");
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.delivered(this);
    }
  }

  /**
   * Taken on by the destination (HTTP 202, say), to be confirmed later through {@code
   * ConfirmsLater}. A host books it as not yet known and never sends it again in the same run.
   *
   * @param receipt what to ask about later
   */
  record Accepted(Receipt receipt) implements Outcome {
    /** Requires a receipt. */
    public Accepted {
      Objects.requireNonNull(receipt, "receipt");
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.accepted(this);
    }
  }

  /**
   * This record can never be delivered as it is (no such member, suspended member, bad id).
   *
   * @param problem why, and what to do
   */
  record Rejected(Problem problem) implements Outcome {
    /** Requires a problem. */
    public Rejected {
      Objects.requireNonNull(problem, "problem");
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.rejected(this);
    }
  }

  /**
   * Certainly not applied, and worth another try (HTTP 429, connection refused).
   *
   * @param problem why, and what to do
   * @param retryAfter how long the destination asks to wait, or null where it does not say
   */
  record Retryable(Problem problem, @Nullable Duration retryAfter) implements Outcome {
    /** Requires a problem. */
    public Retryable {
      Objects.requireNonNull(problem, "problem");
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.retryable(this);
    }
  }

  /**
   * May or may not have been applied (a time-out after sending, a reset connection, a server
   * error).
   *
   * @param problem why, and what to do
   * @param retryAfter how long the destination asks to wait, or null where it does not say
   */
  record Unknown(Problem problem, @Nullable Duration retryAfter) implements Outcome {
    /** Requires a problem. */
    public Unknown {
      Objects.requireNonNull(problem, "problem");
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.unknown(this);
    }
  }

  /** Not applied, because the session stopped before it. */
  record NotAttempted() implements Outcome {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.notAttempted(this);
    }
  }
}
