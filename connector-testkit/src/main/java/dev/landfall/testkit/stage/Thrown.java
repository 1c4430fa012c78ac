package dev.landfall.testkit.stage;

/** Exceptions in the words of messages. */
final class Thrown {

  private Thrown() {}

  /** Class and place; never the message, which may hold what is not to be shown. */
  static String words(Throwable e) {
    StackTraceElement[] frames = e.getStackTrace();
    return e.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
  }
}
