package dev.landfall.host;

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
}
