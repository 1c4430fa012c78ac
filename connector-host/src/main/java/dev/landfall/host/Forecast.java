package dev.landfall.host;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.manifest.BoundManifest;
import dev.landfall.host.manifest.SyncManifest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long sending would take, reckoned from the calls of an earlier run.
 *
 * @param seconds how long, if all goes as in that run
 * @param calls how many calls that takes
 * @param perSecond calls in a second
 * @param run the run whose calls this is reckoned from
 * @param exceedsSchedule whether that is longer than the manifest's {@code schedule.every}
 */
public record Forecast(
    long seconds, long calls, double perSecond, String run, boolean exceedsSchedule) {

  private static final double MILLIS_PER_SECOND = 1_000;

  /** A forecast; null if there is nothing to send, or no earlier run to reckon from. */
  static @Nullable Forecast of(BoundManifest bound, long changes, @Nullable RunReport earlier) {
    if (earlier == null || earlier.calls() == null || changes == 0) {
      return null;
    }
    long calls = (changes + bound.batchSize() - 1) / bound.batchSize();
    double perSecond = perSecond(bound, earlier.calls());
    long seconds = Math.max(1, Math.round(calls / perSecond));
    Duration every = bound.manifest().every();
    return new Forecast(
        seconds,
        calls,
        perSecond,
        earlier.run(),
        every != null && Duration.ofSeconds(seconds).compareTo(every) > 0);
  }

  private static double perSecond(BoundManifest bound, RunReport.Calls earlier) {
    SyncManifest.Delivery delivery = bound.manifest().delivery();
    double possible =
        delivery.adaptive()
            ? earlier.perSecond()
            : bound.maxInFlight() * MILLIS_PER_SECOND / Math.max(earlier.meanMillis(), 0.001);
    Integer rate = delivery.requestsPerSecond();
    return Math.max(1e-6, rate == null ? possible : Math.min(rate, possible));
  }
}
