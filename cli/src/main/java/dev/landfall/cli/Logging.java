package dev.landfall.cli;

import org.slf4j.LoggerFactory;

/** What is logged, and what never is: {@code simplelogger.properties}. */
final class Logging {

  private Logging() {}

  /** Settles what is logged, before a connector logs. */
  static void start(boolean verbose) {
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
    }
    // The first logger reads the properties with the class loader of its thread. Were that a
    // connector's, they would not be found, and the HTTP client would log tokens and secrets.
    LoggerFactory.getLogger(Logging.class);
  }
}
