package dev.landfall.testkit.conformance;

import dev.landfall.testkit.stage.Logs;
import java.util.Optional;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Hears what is logged through SLF4J where it is bound to Logback, which the kit does not need
 * otherwise.
 *
 * <p>While it hears, every logger writes from DEBUG on, but for those whose level, or that of a
 * logger above them, is set: a host that silences a library keeps it silent. The appenders that
 * were there show no more than before. Lines of the kit itself are left out. What a logger keeps
 * from the root logger's appenders (additivity) is not heard. Safe for use by several threads.
 */
public final class LogbackLogs {

  private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

  private LogbackLogs() {}

  /**
   * Finds Logback.
   *
   * @return hears it; empty if SLF4J is bound to something else, or to nothing
   */
  public static Optional<Logs> find() {
    ILoggerFactory bound = LoggerFactory.getILoggerFactory();
    // By name: the class is not there to be asked about where Logback is not.
    return bound.getClass().getName().equals(LOGBACK)
        ? Optional.of(listener -> LogbackHearing.begin(bound, listener))
        : Optional.empty();
  }
}
