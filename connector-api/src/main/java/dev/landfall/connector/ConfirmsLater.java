package dev.landfall.connector;

import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;

/**
 * A {@link DestinationSession} whose destination takes batches on and applies them later. Only a
 * session with this mix-in may answer {@link dev.landfall.connector.outcome.Outcome.Accepted}.
 *
 * <p>Threads: a host asks for one receipt at a time, and not while {@code deliver} runs. {@code
 * close} may come while it asks, and makes the question return within a second.
 */
public interface ConfirmsLater {

  /**
   * Asks what became of records that were taken on. Works in a later session and another process
   * too. Does not throw; where the destination cannot be asked, the answer is pending.
   *
   * @param receipt the receipt that {@code deliver} gave
   * @param batch the rows that were answered with this receipt, in their order
   * @return their final outcomes, or when to ask again
   */
  Confirmation confirm(Receipt receipt, Batch batch);
}
