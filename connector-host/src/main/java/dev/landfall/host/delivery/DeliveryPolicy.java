package dev.landfall.host.delivery;

import dev.landfall.connector.DestinationDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * How fast, how often and how much a run sends.
 *
 * @param maxInFlight how many batches may be under way at once
 * @param adaptive whether that is a ceiling, and the destination's answers decide how many there
 *     are
 * @param batchSize how many changes a batch has at the most
 * @param requestsPerSecond how many batches may be begun in a second, over all lanes; null for no
 *     limit
 * @param attempts how often a change is sent at the most
 * @param window how many changes are committed as intents at once; a larger value is taken where
 *     one batch for each lane needs it
 * @param limit how many changes are sent in the run at the most; null for no limit
 */
public record DeliveryPolicy(
    int maxInFlight,
    boolean adaptive,
    int batchSize,
    @Nullable Double requestsPerSecond,
    int attempts,
    int window,
    @Nullable Long limit) {

  private static final int ROUNDS = 3;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is not positive (the limit: negative)
   */
  public DeliveryPolicy {
    if (maxInFlight < 1 || batchSize < 1 || attempts < 1 || window < 1) {
      throw new IllegalArgumentException(
          "maxInFlight, batchSize, attempts and window must be at least 1");
    }
    if (requestsPerSecond != null && !(requestsPerSecond > 0)) {
      throw new IllegalArgumentException("requestsPerSecond must be above 0");
    }
    if (limit != null && limit < 0) {
      throw new IllegalArgumentException("limit must not be below 0");
    }
  }

  /**
   * The defaults: one batch in flight, of the size the connector recommends, three attempts,
   * windows of 1,000 changes, no rate and no limit.
   *
   * @param descriptor the connector
   * @return a policy
   */
  public static DeliveryPolicy of(DestinationDescriptor descriptor) {
    return new DeliveryPolicy(1, false, descriptor.recommendedBatch(), null, 3, 1_000, null);
  }

  InFlightLimit limitInFlight() {
    return adaptive ? new AdaptiveLimit(maxInFlight) : InFlightLimit.fixed(maxInFlight);
  }

  /** How many changes a window really has: one batch for each lane, or more. */
  public int windowSize() {
    return (int) Math.min(Integer.MAX_VALUE / 4, Math.max(window, (long) batchSize * maxInFlight));
  }

  /**
   * How many rows of a stream are open at once: what is read again after a crash. More than one
   * round of batches where a round is larger than the window, since books are kept of one round
   * while the next is sent.
   */
  public int streamWindowSize() {
    return windowSize() > window
        ? (int) Math.min(Integer.MAX_VALUE / 4, (long) ROUNDS * windowSize())
        : window;
  }
}
