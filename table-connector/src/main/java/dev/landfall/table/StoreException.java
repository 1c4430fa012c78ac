package dev.landfall.table;

import dev.landfall.connector.outcome.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The database did not do what it was asked. Has no cause, and its message is made here: what
 * drivers say may quote rows and addresses.
 */
final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What follows from a failure. */
  enum Fate {
    /** One of the rows is the reason: the others can be written without it. */
    ROW,
    /** Another try may go well. */
    AGAIN,
    /** Going on is pointless. */
    STOP
  }

  /** What happened. */
  private final Problem problem;

  /** What follows. */
  private final Fate fate;

  /** Whether the connection is of no more use. */
  private final boolean broken;

  /** If what was asked may have been done all the same: what happened to the connection. */
  private final @Nullable Problem doubt;

  private StoreException(Problem problem, Fate fate, boolean broken, @Nullable Problem doubt) {
    super(problem.message());
    this.problem = problem;
    this.fate = fate;
    this.broken = broken;
    this.doubt = doubt;
  }

  /** One of the rows is the reason. */
  static StoreException ofRow(Problem problem) {
    return new StoreException(problem, Fate.ROW, false, null);
  }

  /** Another try may go well. */
  static StoreException again(Problem problem) {
    return new StoreException(problem, Fate.AGAIN, false, null);
  }

  /** Another try may go well, over another connection. */
  static StoreException againAnew(Problem problem) {
    return new StoreException(problem, Fate.AGAIN, true, null);
  }

  /** Going on is pointless. */
  static StoreException stop(Problem problem) {
    return new StoreException(problem, Fate.STOP, true, null);
  }

  /** The same failure of a commit, which may have been made. */
  StoreException asCommit() {
    return new StoreException(TableProblem.COMMIT_UNSEEN.problem(), fate, true, problem);
  }

  Problem problem() {
    return problem;
  }

  Fate fate() {
    return fate;
  }

  boolean broken() {
    return broken;
  }

  boolean inDoubt() {
    return doubt != null;
  }

  /** Why going on is pointless, if it is. */
  @Nullable Problem stop() {
    return fate == Fate.STOP ? doubt != null ? doubt : problem : null;
  }
}
