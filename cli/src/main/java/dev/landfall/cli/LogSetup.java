package dev.landfall.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;

/** Sets Logback up; it finds this class as a service, and looks for no file then. */
public final class LogSetup extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogLine line = new LogLine(Logging.format());
    line.setContext(context);
    line.start();
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setContext(context);
    // stdout is for answers: a log line in it would break --json.
    stderr.setTarget(ConsoleTarget.SystemErr.getName());
    stderr.setEncoder(line);
    stderr.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(stderr);
    if (Logging.verbose()) {
      root.setLevel(Level.DEBUG);
    } else if (Logging.telling()) {
      root.setLevel(Level.INFO);
    } else {
      root.setLevel(Level.WARN);
      // What a run has to say is said by the command's own answer.
      context.getLogger("dev.landfall.run").setLevel(Level.OFF);
    }
    // Below WARN the HTTP client writes whole requests, with token and client secret.
    context.getLogger("org.apache.hc").setLevel(Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
