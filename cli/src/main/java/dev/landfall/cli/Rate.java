package dev.landfall.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast something goes on: over the last seconds, since what was long ago tells nothing. */
final class Rate {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long LOOKING_BACK = 10_000_000_000L;

  /** Less tells more of chance than of speed. */
  private static final long LEAST = 1_000_000_000L;

  private record Sample(long nanos, long done) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Notes how much is done at a moment. */
  void note(long nanos, long done) {
    samples.addLast(new Sample(nanos, done));
    // One sample stays that is as old as the time looked back at, or older.
    while (samples.size() > 2 && nanos - second().nanos() >= LOOKING_BACK) {
      samples.removeFirst();
    }
  }

  private Sample second() {
    Sample first = samples.removeFirst();
    Sample second = samples.getFirst();
    samples.addFirst(first);
    return second;
  }

  /** In a second; empty until that can be told. */
  OptionalDouble perSecond() {
    if (samples.size() < 2) {
      return OptionalDouble.empty();
    }
    Sample from = samples.getFirst();
    Sample to = samples.getLast();
    long nanos = to.nanos() - from.nanos();
    return nanos < LEAST
        ? OptionalDouble.empty()
        : OptionalDouble.of((to.done() - from.done()) / (nanos / NANOS_PER_SECOND));
  }
}
