package dev.landfall.host;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;

/** Problems of a run as a whole that no other part of the host owns. */
final class HostProblems {

  static final Problem KILLED =
      new Problem(
          ProblemKind.INTERNAL,
          "run.killed",
          "The run was killed before its end; its books were closed from the ledger.",
          "Nothing: the next run sends again what stood open.");

  static final Problem UNBALANCED =
      new Problem(
          ProblemKind.INTERNAL,
          "run.books",
          "The books of the run do not balance.",
          "Keep the run's folder, and report this as a defect of Landfall.");

  private HostProblems() {}

  /**
   * What ended a run. Of a defect only its class and place are told: its text could hold anything.
   */
  static Problem of(Throwable e) {
    if (e instanceof HostException failure) {
      return failure.problem();
    }
    if (e instanceof ConnectorException failure) {
      return failure.problem();
    }
    StackTraceElement[] frames = e.getStackTrace();
    return new Problem(
        ProblemKind.INTERNAL,
        "run.defect",
        "Landfall came upon something that it is not made for: "
            + e.getClass().getSimpleName()
            + (frames.length == 0 ? "" : " in " + frames[0])
            + ".",
        "Report it as a defect of Landfall. What was sent before is in the ledger; the next run goes"
            + " on from there.");
  }
}
