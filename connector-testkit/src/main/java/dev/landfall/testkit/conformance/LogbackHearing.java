package dev.landfall.testkit.conformance;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.landfall.testkit.stage.Logs;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.ILoggerFactory;

/** An appender at the root logger, and all that makes lines reach it and nobody else. */
final class LogbackHearing extends AppenderBase<ILoggingEvent> {

  private static final List<String> THE_KITS_OWN =
      List.of(
          "dev.landfall.testkit.sandbox",
          "dev.landfall.testkit.stage",
          "dev.landfall.testkit.scenario",
          "dev.landfall.testkit.conformance",
          "com.github.tomakehurst.wiremock",
          "org.wiremock",
          "wiremock");

  private final Logs.Listener listener;

  private LogbackHearing(Logs.Listener listener) {
    this.listener = listener;
  }

  static Logs.Hearing begin(ILoggerFactory bound, Logs.Listener listener) {
    LoggerContext context = (LoggerContext) bound;
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    List<Appender<ILoggingEvent>> others = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(others::add);
    Filter<ILoggingEvent> asBefore = new AsBefore(context, before);
    others.forEach(appender -> appender.addFilter(asBefore));
    LogbackHearing hearing = new LogbackHearing(listener);
    hearing.setContext(context);
    hearing.start();
    root.addAppender(hearing);
    if (before.isGreaterOrEqual(Level.DEBUG)) {
      root.setLevel(Level.DEBUG);
    }
    return () -> {
      root.setLevel(before);
      root.detachAppender(hearing);
      hearing.stop();
      others.forEach(appender -> without(appender, asBefore));
    };
  }

  private static void without(Appender<ILoggingEvent> appender, Filter<ILoggingEvent> filter) {
    List<Filter<ILoggingEvent>> filters = appender.getCopyOfAttachedFiltersList();
    appender.clearAllFilters();
    filters.stream().filter(f -> f != filter).forEach(appender::addFilter);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String logger = event.getLoggerName();
    if (event.getLevel().isGreaterOrEqual(Level.DEBUG)
        && THE_KITS_OWN.stream().noneMatch(own -> logger.equals(own) || under(logger, own))) {
      String thrown =
          event.getThrowableProxy() == null
              ? ""
              : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
      listener.logged(logger, event.getFormattedMessage() + thrown);
    }
  }

  private static boolean under(String logger, String parent) {
    return logger.startsWith(parent + ".");
  }

  /** Keeps from the other appenders what would not have been logged but for the hearing. */
  private static final class AsBefore extends Filter<ILoggingEvent> {
    private final LoggerContext loggers;
    private final Level root;

    AsBefore(LoggerContext loggers, Level root) {
      this.loggers = loggers;
      this.root = root;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
      return event.getLevel().isGreaterOrEqual(root) || levelIsSet(event.getLoggerName())
          ? FilterReply.NEUTRAL
          : FilterReply.DENY;
    }

    private boolean levelIsSet(String logger) {
      for (String name = logger; ; name = name.substring(0, name.lastIndexOf('.'))) {
        Logger there = loggers.exists(name);
        if (there != null && there.getLevel() != null) {
          return true;
        }
        if (name.lastIndexOf('.') < 0) {
          return false;
        }
      }
    }
  }
}
