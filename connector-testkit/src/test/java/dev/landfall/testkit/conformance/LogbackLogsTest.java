package dev.landfall.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.landfall.testkit.stage.Logs;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogbackLogsTest {

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger talker = context.getLogger("acme.connector.Session");
  private final ListAppender<ILoggingEvent> shown = new ListAppender<>();
  private final List<String> heard = new ArrayList<>();
  private final Level before = root.getLevel();

  @BeforeEach
  void show() {
    root.setLevel(Level.WARN);
    shown.start();
    root.addAppender(shown);
  }

  @AfterEach
  void restore() {
    root.detachAppender(shown);
    root.setLevel(before);
    talker.setLevel(null);
  }

  private void whileHearing(Runnable work) {
    try (Logs.Hearing hearing = listen()) {
      assertThat(hearing).isNotNull();
      work.run();
    }
  }

  private Logs.Hearing listen() {
    return LogbackLogs.find()
        .orElseThrow()
        .listen((logger, line) -> heard.add(logger + ": " + line));
  }

  @Test
  void whatIsLoggedFromDebugOnIsHeardWithTheTextOfItsException() {
    whileHearing(
        () -> {
          talker.debug("sends {}", 7, new IllegalStateException("and fails"));
          talker.trace("byte by byte");
        });
    assertThat(heard).singleElement().asString().startsWith("acme.connector.Session: sends 7");
    assertThat(heard.get(0)).contains("IllegalStateException: and fails");
  }

  @Test
  void aLoggerWhoseLevelIsSetKeepsIt() {
    context.getLogger("acme").setLevel(Level.ERROR);
    try {
      whileHearing(
          () -> {
            talker.warn("the whole request");
            talker.error("the end");
          });
    } finally {
      context.getLogger("acme").setLevel(null);
    }
    assertThat(heard).containsExactly("acme.connector.Session: the end");
  }

  @Test
  void theOthersShowWhatTheyShowedBefore() {
    whileHearing(
        () -> {
          talker.debug("quiet");
          talker.warn("loud");
          talker.setLevel(Level.DEBUG);
          talker.debug("asked for");
        });
    assertThat(shown.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("loud", "asked for");
  }

  @Test
  void afterwardsAllIsAsItWas() {
    listen().close();
    talker.warn("later");
    talker.debug("never");
    assertThat(heard).isEmpty();
    assertThat(root.getLevel()).isEqualTo(Level.WARN);
    assertThat(shown.getCopyOfAttachedFiltersList()).isEmpty();
    assertThat(shown.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("later");
  }

  @Test
  void theKitsOwnLinesAreNotHeard() {
    whileHearing(
        () -> {
          LoggerFactory.getLogger("dev.landfall.testkit.sandbox.Faults").warn("strikes");
          LoggerFactory.getLogger("org.wiremock.server").warn("starts");
          LoggerFactory.getLogger("dev.landfall.testkit.golden.Api").warn("calls");
        });
    assertThat(heard).containsExactly("dev.landfall.testkit.golden.Api: calls");
  }

  @Test
  void nothingIsFoundWhereLogbackIsNot() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Path.of(entry).getFileName().toString().startsWith("logback")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader without =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Object found = without.loadClass(LogbackLogs.class.getName()).getMethod("find").invoke(null);
      assertThat(found).isEqualTo(Optional.empty());
    }
  }
}
