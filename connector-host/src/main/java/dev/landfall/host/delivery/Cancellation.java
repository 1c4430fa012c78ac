package dev.landfall.host.delivery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Ends a run early. Safe for use by several threads; what asks for an end neither blocks nor
 * throws, so that signal handlers may do it.
 */
public final class Cancellation {

  private final List<Runnable> wakers = new CopyOnWriteArrayList<>();
  private volatile boolean requested;
  private volatile boolean hard;
  private volatile boolean expired;

  /** Sends nothing new; what is in flight is awaited and recorded. */
  public void cancel() {
    requested = true;
    wakers.forEach(Runnable::run);
  }

  /**
   * Cancels, and has the session closed, so that calls in flight return with what they saw. A call
   * that does not return within 10 seconds all the same is recorded as unknown.
   */
  public void cancelHard() {
    hard = true;
    cancel();
  }

  /** Sends nothing new, as {@link #cancel} does, because the run's time is over. */
  public void expire() {
    expired = true;
    wakers.forEach(Runnable::run);
  }

  /** Whether the run's time is over. */
  public boolean expired() {
    return expired;
  }

  /** Whether anybody asked for an end. */
  public boolean requested() {
    return requested;
  }

  /** Whether somebody asked for an end that waits for nothing. */
  public boolean hard() {
    return hard;
  }

  /** Whether nothing new is to be begun: somebody asked for an end, or the run's time is over. */
  public boolean ended() {
    return requested || expired;
  }

  void wakes(Runnable waker) {
    wakers.add(waker);
  }

  void wakesNoMore(Runnable waker) {
    wakers.remove(waker);
  }
}
