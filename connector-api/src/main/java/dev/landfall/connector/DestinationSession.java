package dev.landfall.connector;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.sync.Batch;

/**
 * An open way into a destination.
 *
 * <p>Threads: a host calls {@link #deliver} from as many threads at once as the descriptor declares
 * calls in flight, and {@link #close} from any thread at any time.
 */
public interface DestinationSession extends AutoCloseable {

  /**
   * Delivers a batch and tells what was observed: exactly one outcome for each row, in the order of
   * the rows. A claim is made only for what was observed.
   *
   * <p>Does not throw: an exception would lose the outcomes already seen. A host books the whole
   * batch of a call that throws as unknown, and stops the run. After {@link #close}, every row is
   * not attempted.
   *
   * @param batch the rows; at most as many as the descriptor's largest batch
   * @return one outcome for each row
   */
  BatchResult deliver(Batch batch);

  /**
   * Ends the session and frees what it holds. Idempotent; does not throw. A {@link #deliver} that
   * is running in another thread returns within a second with what it saw: a call in flight is
   * unknown, what was not begun is not attempted.
   */
  @Override
  void close();
}
