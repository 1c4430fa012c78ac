package dev.landfall.host.delivery;

import org.jspecify.annotations.Nullable;

/** When the next batch may be sent: a rate, a pause, and a slow walk while nobody answers. */
final class Pace {

  /**
   * While nobody answers, a call each 100 ms at the most: a blip of some seconds must not use up
   * the attempts of thousands of records, however fast their calls fail.
   */
  private static final long SILENT_NANOS = 100_000_000L;

  private final long intervalNanos;
  private long nextSlot;
  private long lastSent = -SILENT_NANOS;
  private long pausedUntil;
  private long lastPauseAt = -1;
  private int throttles;

  Pace(@Nullable Double requestsPerSecond) {
    intervalNanos = requestsPerSecond == null ? 0 : (long) Math.ceil(1e9 / requestsPerSecond);
  }

  /** When the next batch may be sent. */
  long nextNanos(boolean silent) {
    long next = Math.max(nextSlot, pausedUntil);
    return silent ? Math.max(next, lastSent + SILENT_NANOS) : next;
  }

  /**
   * Counts a batch.
   *
   * @param spacingNanos how long the next has to wait, if the rate lets it go sooner
   */
  void sent(long now, long spacingNanos) {
    // From the slot, not from now: a wake-up that came late must not lower the rate for good.
    nextSlot = Math.max(nextSlot + Math.max(intervalNanos, spacingNanos), now);
    lastSent = now;
  }

  /**
   * Counts waves of throttling, not calls: all calls that were in flight when the pause began say
   * the same thing.
   *
   * @return how many waves there were since the last call that went through
   */
  int throttled(long begunNanos) {
    if (begunNanos > lastPauseAt) {
      throttles++;
    }
    return Math.max(1, throttles);
  }

  void flowing() {
    throttles = 0;
  }

  /** When sending goes on. */
  long resumesNanos(long now) {
    return Math.max(pausedUntil, now);
  }

  /**
   * Sends nothing for a while.
   *
   * @return whether this began a pause, rather than lengthen one
   */
  boolean pause(long now, long nanos) {
    boolean begins = pausedUntil <= now;
    pausedUntil = Math.max(pausedUntil, now + nanos);
    lastPauseAt = now;
    return begins;
  }
}
