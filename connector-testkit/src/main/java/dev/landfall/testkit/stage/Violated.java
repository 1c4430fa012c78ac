package dev.landfall.testkit.stage;

/** Ends a scenario whose rule was seen to be broken. */
public final class Violated extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What should have been seen. */
  private final String expected;

  /** What was seen. */
  private final String actual;

  Violated(String expected, String actual) {
    super("Expected " + expected + ", but " + actual);
    this.expected = expected;
    this.actual = actual;
  }

  /**
   * What should have been seen.
   *
   * @return part of a sentence
   */
  public String expected() {
    return expected;
  }

  /**
   * What was seen.
   *
   * @return part of a sentence
   */
  public String actual() {
    return actual;
  }
}
