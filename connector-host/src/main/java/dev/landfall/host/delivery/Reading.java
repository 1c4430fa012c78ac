package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An outcome as the engine's decisions need it.
 *
 * @param attempted whether the record was sent at all
 * @param unresolved whether the attempt may yet take effect
 * @param again when another attempt makes sense
 * @param problem what went wrong, or null
 * @param retryAfter how long the destination asks to wait, or null
 */
record Reading(
    boolean attempted,
    boolean unresolved,
    Again again,
    @Nullable Problem problem,
    @Nullable Duration retryAfter) {

  /** When another attempt makes sense. */
  enum Again {
    NEVER,
    IF_IDEMPOTENT,
    ALWAYS
  }

  static Reading of(Outcome outcome) {
    return outcome.fold(CASES);
  }

  /** Whether the destination asks for fewer calls. */
  boolean throttled() {
    return again != Again.NEVER && problem != null && problem.kind() == ProblemKind.THROTTLED;
  }

  /**
   * Whether nothing was heard of the application itself: no connection, a time-out, a server error,
   * a page of a proxy. Being throttled, or told that a target is missing, is an answer.
   */
  boolean unanswered() {
    if (!attempted || again == Again.NEVER || problem == null) {
      return false;
    }
    return switch (problem.kind()) {
      case UNAVAILABLE, PROTOCOL, INTERNAL -> true;
      case CONFIGURATION, AUTHENTICATION, PERMISSION, TARGET_NOT_FOUND, RECORD, THROTTLED -> false;
    };
  }

  private static final Outcome.Cases<Reading> CASES =
      new Outcome.Cases<>() {
        @Override
        public Reading delivered(Outcome.Delivered outcome) {
          return new Reading(true, false, Again.NEVER, null, null);
        }

        @Override
        public Reading accepted(Outcome.Accepted outcome) {
          return new Reading(true, true, Again.NEVER, null, null);
        }

        @Override
        public Reading rejected(Outcome.Rejected outcome) {
          return new Reading(true, false, Again.NEVER, outcome.problem(), null);
        }

        @Override
        public Reading retryable(Outcome.Retryable outcome) {
          return new Reading(true, false, Again.ALWAYS, outcome.problem(), outcome.retryAfter());
        }

        @Override
        public Reading unknown(Outcome.Unknown outcome) {
          // Whether a missing group or a missing member was meant, another try would not tell.
          boolean pointless = outcome.problem().kind() == ProblemKind.TARGET_NOT_FOUND;
          return new Reading(
              true,
              true,
              pointless ? Again.NEVER : Again.IF_IDEMPOTENT,
              outcome.problem(),
              outcome.retryAfter());
        }

        @Override
        public Reading notAttempted(Outcome.NotAttempted outcome) {
          return new Reading(false, false, Again.NEVER, null, null);
        }
      };
}
