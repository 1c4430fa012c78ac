package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.host.HostException;
import java.util.function.Supplier;

/**
 * Breaks work off that cannot look at a {@link Cancellation} by itself, because it waits for a
 * database.
 */
public final class BreakOff {

  /** What reaches a database between two statements of the work is lost, so it is said again. */
  private static final long AGAIN_MILLIS = 100;

  private final Runnable breakOff;
  private final Object lock = new Object();
  private boolean begun;
  private boolean over;

  private BreakOff(Runnable breakOff) {
    this.breakOff = breakOff;
  }

  /**
   * Does some work, and has it broken off once the run is to end.
   *
   * @param breakOff makes the work fail soon; called in a thread of its own, several times a second
   *     while the work goes on, and never once this has returned; may not block for long
   * @param work what to do; where it throws and the run is to end, it counts as broken off
   * @throws HostException as {@link #brokenOff} gives it, without a cause, which may quote rows
   */
  public static <T> T onceEnded(Cancellation cancellation, Runnable breakOff, Supplier<T> work) {
    if (cancellation.ended()) {
      throw brokenOff(cancellation);
    }
    BreakOff watch = new BreakOff(breakOff);
    Runnable waker = watch::begin;
    cancellation.wakes(waker);
    try {
      if (cancellation.ended()) {
        watch.begin();
      }
      return work.get();
    } catch (RuntimeException e) {
      throw cancellation.ended() ? brokenOff(cancellation) : e;
    } finally {
      cancellation.wakesNoMore(waker);
      watch.end();
    }
  }

  /** What is thrown out of work that was broken off. */
  public static HostException brokenOff(Cancellation cancellation) {
    return new HostException(
        cancellation.requested()
            ? new Problem(
                ProblemKind.UNAVAILABLE,
                "run.broken-off",
                "It was interrupted before the source was read and compared; nothing was planned or"
                    + " sent.",
                "Run again.")
            : new Problem(
                ProblemKind.UNAVAILABLE,
                "run.no-time-to-plan",
                "The run's time was over before the source was read and compared; nothing was"
                    + " planned or sent.",
                "Give the run more time, or make the source's query faster."));
  }

  /** Whether work was broken off because somebody asked for an end. */
  public static boolean interrupted(HostException e) {
    return e.problem().code().equals("run.broken-off");
  }

  /** In a thread of its own: whoever asks for an end must not wait. */
  private void begin() {
    synchronized (lock) {
      if (!begun) {
        begun = true;
        Thread thread = new Thread(this::keepBreakingOff, "landfall-break-off");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void keepBreakingOff() {
    synchronized (lock) {
      try {
        while (!over) {
          breakOff.run();
          lock.wait(AGAIN_MILLIS);
        }
      } catch (InterruptedException e) {
        // Nobody has this thread but the lines above.
        Thread.currentThread().interrupt();
      }
    }
  }

  private void end() {
    synchronized (lock) {
      over = true;
      lock.notifyAll();
    }
  }
}
