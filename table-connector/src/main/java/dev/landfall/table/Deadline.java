package dev.landfall.table;

import java.time.Duration;

/** Until when something may take. */
final class Deadline {

  private final long endNanos;
  private final long totalNanos;

  private Deadline(long endNanos, long totalNanos) {
    this.endNanos = endNanos;
    this.totalNanos = totalNanos;
  }

  static Deadline in(Duration total) {
    return new Deadline(System.nanoTime() + total.toNanos(), total.toNanos());
  }

  /** How many milliseconds are left; at least 1. */
  long millis() {
    return Math.max(1, (endNanos - System.nanoTime()) / 1_000_000);
  }

  boolean isOver() {
    return endNanos - System.nanoTime() <= 0;
  }

  /** Whether most of the time is gone, so that it is time to commit what is done. */
  boolean isNear() {
    return endNanos - System.nanoTime() <= totalNanos / 5;
  }
}
