package dev.landfall.cli;

import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.host.history.RunStatus;

/** How the process ends; schedulers and scripts go by these. */
final class ExitCode {

  static final int DONE = 0;
  static final int RECORDS_FAILED = 1;
  static final int USAGE = 2;
  static final int RUN_FAILED = 3;
  static final int WITHHELD = 4;
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(RunStatus status) {
    return switch (status) {
      case COMPLETED -> DONE;
      case COMPLETED_WITH_FAILURES -> RECORDS_FAILED;
      case WITHHELD -> WITHHELD;
      case CANCELLED -> INTERRUPTED;
      case FAILED, RUNNING, KILLED -> RUN_FAILED;
    };
  }

  /** What a person has to correct before anything can run is usage; all else is a failed run. */
  static int of(ProblemKind kind) {
    return kind == ProblemKind.CONFIGURATION ? USAGE : RUN_FAILED;
  }
}
