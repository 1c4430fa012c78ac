package dev.landfall.host.delivery;

import java.util.concurrent.TimeUnit;

/**
 * A limit that looks for the destination's capacity, as TCP does for a path's. It doubles each
 * round trip until the first sign of too much; then follows the curve of CUBIC (RFC 9438): quickly
 * back to just below what was too much, long there, and carefully beyond. Signs of too much are a
 * refusal (429), a call that nobody answered, and two rounds on end whose mean latency is twice the
 * best one.
 *
 * <p>After the first refusal batches are also spaced evenly over a round trip, so that a limit that
 * is no whole number, and a destination that counts calls in a second, are met too.
 *
 * <p>For the thread of the run alone.
 */
final class AdaptiveLimit implements InFlightLimit {

  /** How far a sign of too much throws the limit back. */
  private static final double REFUSED = 0.9;

  private static final double SLOW = 0.8;
  private static final double LOST = 0.7;

  /** A sign that follows so soon upon another says that the limit is far off. */
  private static final double AGAIN = 0.5;

  private static final double SOON_SECONDS = 2.5;

  /** How long the way back to the peak takes, whatever the peak: RFC 9438's K. */
  private static final double RETURN_SECONDS = 15;

  private static final double SLOWNESS = 2;
  private static final long JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int LEAST_CALLS_OF_A_ROUND = 8;
  private static final int SLOW_ROUNDS = 2;

  private final int ceiling;
  private double limit = 1;
  private boolean searching = true;
  private boolean spacing;
  private double peak = 1;
  private double low = 1;

  /** When the limit was thrown back; what began before tells nothing of the new limit. */
  private long thrownBackNanos = -1;

  private double bestLatency = Double.MAX_VALUE;
  private double latency;
  private long roundNanos;
  private long roundCalls;
  private double roundLatency;
  private int slowRounds;

  /**
   * A limit that begins at one batch.
   *
   * @param ceiling how far it may rise
   */
  AdaptiveLimit(int ceiling) {
    this.ceiling = ceiling;
  }

  @Override
  public int batches() {
    return (int) Math.max(1, Math.round(limit));
  }

  @Override
  public long intervalNanos() {
    return spacing ? (long) (latency / limit) : 0;
  }

  @Override
  public void answered(long begunNanos, long nowNanos) {
    double took = Math.max(1, nowNanos - begunNanos);
    latency = latency == 0 ? took : latency + (took - latency) / 16;
    if (begunNanos <= thrownBackNanos) {
      return;
    }
    roundCalls++;
    roundLatency += took;
    if (roundCalls >= Math.max(LEAST_CALLS_OF_A_ROUND, limit) && nowNanos - roundNanos >= latency) {
      round(roundLatency / roundCalls, nowNanos);
      roundCalls = 0;
      roundLatency = 0;
      roundNanos = nowNanos;
    }
  }

  @Override
  public void throttled(long begunNanos, long resumesNanos) {
    if (begunNanos > thrownBackNanos) {
      spacing = true;
      tooMuch(REFUSED, begunNanos, resumesNanos);
    }
  }

  @Override
  public void unanswered(long begunNanos, long nowNanos) {
    if (begunNanos > thrownBackNanos) {
      tooMuch(LOST, begunNanos, nowNanos);
    }
  }

  private void round(double mean, long nowNanos) {
    boolean slow = mean > SLOWNESS * bestLatency + JITTER_NANOS;
    bestLatency = Math.min(bestLatency, mean);
    slowRounds = slow ? slowRounds + 1 : 0;
    if (!slow) {
      grow(nowNanos);
    } else if (slowRounds < SLOW_ROUNDS) {
      // A queue stays; a pause of this machine's own is over with the next round.
      return;
    } else if (batches() > 1) {
      throwBack(limit, limit * SLOW, nowNanos);
    } else {
      // One call at a time makes no queue of its own: the destination itself has become slower.
      bestLatency = mean;
      searching = true;
    }
  }

  private void grow(long nowNanos) {
    if (searching) {
      limit = Math.min(ceiling, limit * 2);
      return;
    }
    double left = 1 - (nowNanos - thrownBackNanos) / 1e9 / RETURN_SECONDS;
    double curve = peak - (peak - low) * left * left * left;
    limit = Math.min(ceiling, Math.max(limit, curve));
  }

  private void tooMuch(double factor, long begunNanos, long resumesNanos) {
    if (searching) {
      // Half of it was well; somewhere between lies the capacity.
      throwBack(limit * 0.75, limit / 2, resumesNanos);
    } else {
      boolean soon = (begunNanos - thrownBackNanos) / 1e9 < SOON_SECONDS;
      throwBack(limit, limit * (soon ? AGAIN : factor), resumesNanos);
    }
  }

  private void throwBack(double newPeak, double newLow, long atNanos) {
    searching = false;
    peak = Math.max(1, newPeak);
    low = Math.max(1, newLow);
    limit = low;
    thrownBackNanos = atNanos;
    roundCalls = 0;
    roundLatency = 0;
    slowRounds = 0;
  }
}
