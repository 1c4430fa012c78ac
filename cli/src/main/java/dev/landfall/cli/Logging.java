package dev.landfall.cli;

/** What is logged, and how. */
final class Logging {

  /** How a line of the log is written. */
  enum Format {
    TEXT,
    JSON
  }

  private static volatile boolean verbose;
  private static volatile boolean telling;
  private static volatile Format format = Format.TEXT;

  private Logging() {}

  /**
   * Settles what is logged, before anything is. {@link LogSetup} reads it with the first line of
   * the log: most commands write none, and start sooner for it.
   *
   * @param loud whether to log what only helps to find a defect
   * @param tells whether the log tells how a run goes on, in place of the line of progress
   * @param how how a line is written
   */
  static void start(boolean loud, boolean tells, Format how) {
    verbose = loud;
    telling = tells;
    format = how;
  }

  static boolean verbose() {
    return verbose;
  }

  static boolean telling() {
    return telling;
  }

  static Format format() {
    return format;
  }
}
