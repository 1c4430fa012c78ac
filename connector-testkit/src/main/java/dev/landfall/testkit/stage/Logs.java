package dev.landfall.testkit.stage;

/** Hears what is logged in this process, at DEBUG and above. */
@FunctionalInterface
public interface Logs {

  /** Takes a line of the log. */
  @FunctionalInterface
  interface Listener {
    /**
     * Takes a line, with the exception's text where one was logged. Called from any thread.
     *
     * @param logger the logger's name
     * @param line what was logged
     */
    void logged(String logger, String line);
  }

  /** Hears until it is closed. */
  @FunctionalInterface
  interface Hearing extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins to hear.
   *
   * @param listener takes what is logged
   * @return closes to hear no more
   */
  Hearing listen(Listener listener);
}
