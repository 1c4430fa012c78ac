package dev.landfall.testkit.stage;

import dev.landfall.connector.outcome.Problem;
import org.jspecify.annotations.Nullable;

/** The form of a problem that people can act on. */
final class ProblemForm {

  private ProblemForm() {}

  /** What is wrong with a problem's form, or null. */
  static @Nullable String wrong(Problem problem) {
    if (problem.message().isBlank() || !problem.message().strip().matches("(?s).*[.!?]")) {
      return problem.code() + " has no whole sentence for a message";
    }
    if (problem.remedy().isBlank()) {
      return problem.code() + " does not say what to do";
    }
    return problem.message().lines().count() > 1 ? problem.code() + " has several lines" : null;
  }
}
