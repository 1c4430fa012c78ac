package dev.landfall.testkit.stage;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an outcome says. */
public final class Claims {

  /** Whether an outcome says where the member is now. */
  enum Sureness {
    CERTAIN,
    OPEN,
    NONE
  }

  /** What the kit reckons with where a connector gave no result that counts. */
  static final Outcome NO_RESULT =
      new Outcome.Unknown(
          new Problem(
              ProblemKind.INTERNAL,
              "kit.no-result",
              "The connector gave no result that counts.",
              "See what the kit found."),
          null);

  private Claims() {}

  /**
   * An outcome in the words of messages: {@code Delivered (CHANGED)}, {@code Rejected
   * (acme.no-such-member)}.
   *
   * @param outcome the outcome
   * @return its words
   */
  public static String words(Outcome outcome) {
    String name = outcome.getClass().getSimpleName();
    if (outcome instanceof Outcome.Delivered delivered) {
      return name + " (" + delivered.effect() + ")";
    }
    return problem(outcome).map(p -> name + " (" + p.code() + ")").orElse(name);
  }

  /**
   * The problem that an outcome tells of.
   *
   * @param outcome the outcome
   * @return the problem, if it tells of one
   */
  public static Optional<Problem> problem(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return Optional.of(rejected.problem());
    } else if (outcome instanceof Outcome.Retryable retryable) {
      return Optional.of(retryable.problem());
    } else if (outcome instanceof Outcome.Unknown unknown) {
      return Optional.of(unknown.problem());
    }
    return Optional.empty();
  }

  /** How long the destination asks to wait, or null where it does not say. */
  static @Nullable Duration pause(Outcome outcome) {
    if (outcome instanceof Outcome.Retryable retryable) {
      return retryable.retryAfter();
    }
    return outcome instanceof Outcome.Unknown unknown ? unknown.retryAfter() : null;
  }

  static Sureness of(Outcome outcome) {
    if (outcome instanceof Outcome.Delivered) {
      return Sureness.CERTAIN;
    }
    return outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Accepted
        ? Sureness.OPEN
        : Sureness.NONE;
  }
}
