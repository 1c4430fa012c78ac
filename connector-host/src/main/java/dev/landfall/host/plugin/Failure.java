package dev.landfall.host.plugin;

import java.util.ServiceConfigurationError;

/** Puts a failure to load into words. */
final class Failure {

  private Failure() {}

  /**
   * What happened, by the type of the innermost cause. Errors of the class loading name classes, so
   * their message is told; any other message is the plugin's own, may hold anything, and is not.
   */
  static String describe(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
      cause = cause.getCause();
    }
    String type = cause.getClass().getSimpleName();
    if (cause instanceof ServiceConfigurationError
        || cause instanceof LinkageError
        || cause instanceof ClassNotFoundException) {
      String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      return type + ": " + message + ".";
    }
    StackTraceElement[] trace = cause.getStackTrace();
    return trace.length == 0
        ? type + "."
        : type + " in " + trace[0].getClassName() + "." + trace[0].getMethodName() + ".";
  }
}
