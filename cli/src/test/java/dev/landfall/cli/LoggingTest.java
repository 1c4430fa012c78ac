package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The build runs these tests at the loudest level there is. */
class LoggingTest {

  @Test
  void theLevelIsTheLoudest() {
    assertThat(LoggerFactory.getLogger("dev.landfall").isTraceEnabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.hc.client5.http.wire",
        "org.apache.hc.client5.http.headers",
        "org.apache.hc.client5.http.impl.classic.MainClientExec"
      })
  void theHttpClientNeverWritesWhatItSends(String logger) {
    assertThat(LoggerFactory.getLogger(logger).isInfoEnabled()).isFalse();
    assertThat(LoggerFactory.getLogger(logger).isWarnEnabled()).isTrue();
  }
}
