package dev.landfall.kognitiv;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.settings.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for a token. A value and not an exception, so that waiting threads share it.
 */
sealed interface TokenAnswer {

  /**
   * A token.
   *
   * @param token the token, never printed
   * @param keepFor how long it may be used from now on, refreshed early
   */
  record Granted(Secret token, Duration keepFor) implements TokenAnswer {}

  /**
   * Asking again is pointless until a person changed something.
   *
   * @param problem why
   */
  record Refused(Problem problem) implements TokenAnswer {}

  /**
   * No token now; another time there may be one.
   *
   * @param problem why
   * @param retryAfter how long the endpoint asks to wait
   * @param answered whether the endpoint gave an answer at all
   */
  record Unavailable(Problem problem, @Nullable Duration retryAfter, boolean answered)
      implements TokenAnswer {}
}
