package dev.landfall.kognitiv;

import dev.landfall.connector.outcome.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one call came to, as far as it was seen here. */
sealed interface Reply permits Answer, Reply.NotSent, Reply.Lost, Reply.NoToken {

  /** Whether the API refused the token. */
  default boolean unauthorized() {
    return this instanceof Answer answer && answer.status() == 401;
  }

  /**
   * Certainly nothing was sent to Kognitiv.
   *
   * @param problem why
   * @param passing whether another try may fare better
   */
  record NotSent(Problem problem, boolean passing) implements Reply {}

  /**
   * Something was sent, and no complete answer was seen.
   *
   * @param problem why
   */
  record Lost(Problem problem) implements Reply {}

  /**
   * There is no token to send with.
   *
   * @param problem why
   * @param passing whether another try may fare better
   * @param retryAfter how long the token endpoint asks to wait
   */
  record NoToken(Problem problem, boolean passing, @Nullable Duration retryAfter)
      implements Reply {}
}
