package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What reaches the log, at the loudest that the command can be. */
class LoggingTest {

  private static LoggerContext loudest() {
    Logging.start(true, true, Logging.Format.TEXT);
    LoggerContext context = new LoggerContext();
    new LogSetup().configure(context);
    return context;
  }

  @AfterEach
  void quiet() {
    Logging.start(false, false, Logging.Format.TEXT);
  }

  @Test
  void verboseTellsOfTheHostAndItsConnectors() {
    assertThat(loudest().getLogger("dev.landfall.kognitiv").isDebugEnabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.hc.client5.http.wire",
        "org.apache.hc.client5.http.headers",
        "org.apache.hc.client5.http.impl.classic.MainClientExec"
      })
  void theHttpClientNeverWritesWhatItSends(String logger) {
    assertThat(loudest().getLogger(logger).isInfoEnabled()).isFalse();
    assertThat(loudest().getLogger(logger).isWarnEnabled()).isTrue();
  }

  @Test
  void aLineOfJsonHoldsTimeLevelRunAndMessage() {
    JsonNode line = JsonMapper.shared().readTree(line(Logging.Format.JSON, "Two\nlines"));

    assertThat(line.propertyNames())
        .containsExactly("time", "level", "run", "logger", "message", "exception");
    assertThat(line.get("time").asString()).isEqualTo("2026-03-01T06:00:00Z");
    assertThat(line.get("run").asString()).isEqualTo("r1");
    assertThat(line.get("message").asString()).isEqualTo("Two\nlines");
  }

  @Test
  void aLineOfTextIsOneLine() {
    assertThat(line(Logging.Format.TEXT, "Two\nlines"))
        .startsWith("2026-03-01T06:00:00Z INFO r1 dev.landfall.x Two lines ")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @EnumSource(Logging.Format.class)
  void anExceptionsMessageIsNeverWritten(Logging.Format format) {
    assertThat(line(format, "It failed"))
        .contains("java.lang.IllegalStateException in dev.landfall.cli.LoggingTest")
        .doesNotContain("4711");
  }

  private static String line(Logging.Format format, String message) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger("dev.landfall.x"),
            Level.INFO,
            message,
            new IllegalStateException("member 4711"),
            new Object[0]);
    event.setInstant(Instant.parse("2026-03-01T06:00:00Z"));
    event.setMDCPropertyMap(Map.of("run", "r1"));
    return new String(new LogLine(format).encode(event), StandardCharsets.UTF_8);
  }
}
