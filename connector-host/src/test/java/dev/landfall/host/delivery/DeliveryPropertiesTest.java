package dev.landfall.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random histories: what holds for every one of them. */
class DeliveryPropertiesTest {

  private static final int HISTORIES = 10_000;

  @Test
  void everyHistoryKeepsTheRules() {
    int stopped = 0;
    int cancelled = 0;
    int crashed = 0;
    int broken = 0;
    int clean = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      RandomHistory history = new RandomHistory(new Random(seed), seed);
      try {
        history.play();
        history.check();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("History " + seed + ": " + history, e);
      }
      DeliveryReport report = history.report();
      crashed += report == null ? 1 : 0;
      broken += history.journalBroke() ? 1 : 0;
      stopped += report != null && !report.stops().isEmpty() ? 1 : 0;
      cancelled += report != null && report.cancelled() ? 1 : 0;
      clean += report != null && report.stops().isEmpty() && !report.cancelled() ? 1 : 0;
    }
    // A search that never gets anywhere proves nothing.
    assertThat(stopped).isGreaterThan(HISTORIES / 20);
    assertThat(cancelled).isGreaterThan(HISTORIES / 50);
    assertThat(crashed).isGreaterThan(HISTORIES / 50);
    assertThat(broken).isGreaterThan(HISTORIES / 200);
    assertThat(clean).isGreaterThan(HISTORIES / 5);
  }
}
