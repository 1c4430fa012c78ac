package dev.landfall.host.delivery;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.host.HostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the planned changes of a run through a connector's session.
 *
 * <p>Threads: the calling thread decides, keeps time and writes the journal; batches run in the
 * request's lanes.
 */
public final class Delivery {

  private Delivery() {}

  /**
   * Opens a session.
   *
   * @throws ConnectorException if none can be opened, also if the connector breaks its contract
   */
  public static DestinationSession open(Destination destination, SessionRequest request) {
    @Nullable DestinationSession session;
    try {
      session = destination.open(request);
    } catch (ConnectorException | VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // Without its cause: that may hold a record's values.
      throw new ConnectorException(
          Guard.broken(
              destination.descriptor(), "threw " + HostException.named(e) + " out of open"));
    }
    if (session == null) {
      throw new ConnectorException(
          Guard.broken(destination.descriptor(), "returned null out of open"));
    }
    return session;
  }

  /**
   * Closes a session. What was delivered stands, whatever becomes of that.
   *
   * @return what was wrong with it, or empty
   */
  public static Optional<Problem> close(
      DestinationDescriptor descriptor, DestinationSession session) {
    return Optional.ofNullable(Guard.close(session)).map(what -> Guard.broken(descriptor, what));
  }

  /**
   * Delivers the changes, direction after direction, and closes the lanes. Intents are committed
   * before anything of theirs is sent, settlements after; every intended change is settled once.
   *
   * <p>A full disk, a stop, a cancellation or a broken connector is no exception but part of the
   * report. An interrupt of the calling thread cancels, and stands again on return.
   *
   * @param request what is needed
   * @return what was done
   * @throws dev.landfall.host.HostException if the plan cannot be counted; nothing was sent then
   */
  public static DeliveryReport run(DeliveryRequest request) {
    Cancellation cancellation = request.cancellation();
    Runnable waker = request.lanes()::wake;
    cancellation.wakes(waker);
    try (Lanes lanes = request.lanes()) {
      return new Run(request, lanes).deliver();
    } finally {
      cancellation.wakesNoMore(waker);
    }
  }
}
