package dev.landfall.host.delivery;

import java.util.random.RandomGenerator;

/**
 * How long to wait after a number of failures: doubling from 200 ms to 30 s, a quarter more or
 * less.
 */
final class Backoff {

  private static final long BASE_NANOS = 200_000_000L;
  private static final long CAP_NANOS = 30_000_000_000L;
  private static final int DOUBLINGS = 8;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait in nanoseconds after the given number of failures, at least 1. */
  long nanos(int failures) {
    long whole = BASE_NANOS << Math.min(failures - 1, DOUBLINGS);
    return Math.min(CAP_NANOS, (long) (whole * (0.75 + random.nextDouble() / 2)));
  }
}
