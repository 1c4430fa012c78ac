package dev.landfall.testkit.stage;

/** What a connector threw, be it an exception or an error. */
public final class Thrown {

  private Thrown() {}

  /**
   * Goes on unless it is the machine that failed. A stack that overflows is the connector's own
   * doing.
   *
   * @param thrown what was thrown
   * @throws VirtualMachineError if that is what it is, for want of memory for instance
   */
  public static void unlessFatal(Throwable thrown) {
    if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
      throw fatal;
    }
  }

  /** Class and place; never the message, which may hold what is not to be shown. */
  static String words(Throwable e) {
    StackTraceElement[] frames = e.getStackTrace();
    return e.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
  }
}
