package dev.landfall.connector;

import dev.landfall.connector.outcome.Problem;

/**
 * A call as a whole failed: settings that cannot be used, a session that cannot be opened, a file
 * that cannot be read. Never thrown for a single record, nor by {@code deliver}.
 */
public final class ConnectorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What happened. */
  private final Problem problem;

  /**
   * An exception that carries a problem.
   *
   * @param problem what happened; its message becomes this exception's
   */
  public ConnectorException(Problem problem) {
    super(problem.message());
    this.problem = problem;
  }

  /**
   * An exception that carries a problem and what led to it.
   *
   * @param problem what happened; its message becomes this exception's
   * @param cause what led to it; it too must hold no secret, token or response body
   */
  public ConnectorException(Problem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problem = problem;
  }

  /**
   * What happened.
   *
   * @return the problem
   */
  public Problem problem() {
    return problem;
  }
}
