package dev.landfall.testkit.stage;

import java.util.List;

/** What is written down of a scenario, and what is found in it. Safe for use by several threads. */
abstract class Watched {

  private final Watch watch = new Watch();

  Watch watch() {
    return watch;
  }

  /**
   * Ends the scenario unless something holds.
   *
   * @param holds whether it does
   * @param expected what should have been seen, as part of a sentence
   * @param actual what was seen, as part of a sentence
   * @throws Violated if it does not
   */
  public void expect(boolean holds, String expected, String actual) {
    if (!holds) {
      throw new Violated(expected, actual);
    }
  }

  /**
   * Writes down what the scenario does besides asking the connector.
   *
   * @param line a few words
   */
  public void note(String line) {
    watch.saw(line);
  }

  /**
   * Writes down what came of what was asked or done last.
   *
   * @param line a few words
   */
  public void heard(String line) {
    watch.saw("  " + line);
  }

  /**
   * What the guard found so far, whatever the scenario is about.
   *
   * @return the findings
   */
  public List<Finding> findings() {
    return watch.findings();
  }

  /**
   * What was done last.
   *
   * @return a line of the trace
   */
  public String given() {
    return watch.given();
  }

  /**
   * What the connector was asked and what it answered, the last thing last.
   *
   * @return the latest lines
   */
  public List<String> trace() {
    return watch.trace();
  }
}
