package dev.landfall.connector.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private final Clock clock = Clock.fixed(Instant.parse("1994-11-06T08:49:07Z"), ZoneOffset.UTC);

  @Test
  void secondsAreTakenAsTheyStand() {
    assertThat(RetryAfter.read(" 120 ", clock)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.read("0", clock)).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void aDateOfAnyFormIsReckonedFromTheClock(String header) {
    assertThat(RetryAfter.read(header, clock)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aDateThatHasPassedAsksForNoWait() {
    assertThat(RetryAfter.read("Sun, 06 Nov 1994 08:00:00 GMT", clock)).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1e9", "99999999999999999999", "1.5", "2026-01-01"})
  void whatMakesNoSenseSaysNothing(String header) {
    assertThat(RetryAfter.read(header, clock)).isNull();
  }

  @Test
  void noHeaderSaysNothing() {
    assertThat(RetryAfter.read(null, clock)).isNull();
  }
}
