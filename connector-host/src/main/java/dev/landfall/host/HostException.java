package dev.landfall.host;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import java.util.Arrays;

/**
 * A run as a whole cannot be done or cannot go on: what happened, and what to do, stand in its
 * problem. Never thrown for a single record.
 */
public final class HostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What happened. */
  private final Problem problem;

  /** An exception that carries a problem. */
  public HostException(Problem problem) {
    super(problem.message());
    this.problem = problem;
  }

  /** An exception that carries a problem and what led to it. */
  public HostException(Problem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problem = problem;
  }

  /** A wrong setting, flag, file or query: a person has to change it. */
  public static HostException configuration(String code, String message, String remedy) {
    return new HostException(new Problem(ProblemKind.CONFIGURATION, code, message, remedy));
  }

  /** Something this process needs (disk, ledger, lock) cannot be had now. */
  public static HostException unavailable(String code, String message, String remedy) {
    return new HostException(new Problem(ProblemKind.UNAVAILABLE, code, message, remedy));
  }

  public Problem problem() {
    return problem;
  }

  /** What may be said of something thrown: class and place, not the message, which may quote. */
  public static String named(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(frame -> !frame.getClassName().startsWith("java."))
        .findFirst()
        .map(frame -> thrown.getClass().getName() + " at " + frame)
        .orElse(thrown.getClass().getName());
  }
}
