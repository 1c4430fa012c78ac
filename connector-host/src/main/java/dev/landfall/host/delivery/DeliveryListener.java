package dev.landfall.host.delivery;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Settlement;
import java.util.List;

/**
 * Hears what a delivery does, on the thread of the run. A {@link dev.landfall.host.HostException}
 * thrown out of {@link #settled} stops the run, and nothing more is told to {@code settled}; the
 * journal is kept to the end.
 */
public interface DeliveryListener {

  /** Hears nothing. */
  DeliveryListener NONE = new DeliveryListener() {};

  /**
   * Where a direction stands.
   *
   * @param kind the direction
   * @param planned changes that were offered; {@link #UNKNOWN} for a stream, which may bring more
   * @param delivered of those, seen to be in the asked state and recorded
   * @param failed of those, rejected, retryable or unknown, and recorded
   * @param inFlight batches under way
   * @param waiting changes that wait for another attempt
   */
  record Progress(
      ChangeKind kind, long planned, long delivered, long failed, int inFlight, int waiting) {
    /** Nobody knows how many changes there will be. */
    public static final long UNKNOWN = -1;
  }

  /**
   * Takes settlements that the journal has committed; each settlement once.
   *
   * @param settlements in the order they were reached
   */
  default void settled(List<Settlement> settlements) {}

  /**
   * Takes what became of changes that were told to {@link #settled} as accepted, in this run or an
   * earlier one, once the journal has committed it. May throw as {@code settled} does.
   *
   * @param run the run that sent them
   * @param settlements in the order of the rows
   */
  default void confirmed(String run, List<Settlement> settlements) {}

  /**
   * Takes the state of a direction; about four times a second, and at its end.
   *
   * @param progress where it stands
   */
  default void progress(Progress progress) {}

  /**
   * Takes something worth knowing, a pause for instance.
   *
   * @param code stable, in the form of a problem code
   * @param message one sentence
   */
  default void notice(String code, String message) {}
}
