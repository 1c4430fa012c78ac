package dev.landfall.host.delivery;

/**
 * Takes the planned changes of a run through a connector's session.
 *
 * <p>Threads: the calling thread decides, keeps time and writes the journal; batches run in the
 * request's lanes.
 */
public final class Delivery {

  private Delivery() {}

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
