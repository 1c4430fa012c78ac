package dev.landfall.testkit.report;

import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.stage.Finding;
import java.util.ArrayList;
import java.util.List;

/** A violation in words: enough to find what is wrong without running anything again. */
public final class Words {

  private Words() {}

  /**
   * What is told of a violation.
   *
   * @param report what was found
   * @param result a rule that was violated
   * @return lines; those of the trace are indented
   * @throws IllegalArgumentException if the rule was not violated
   */
  public static List<String> of(Report report, RuleResult result) {
    Finding finding = result.finding();
    if (finding == null) {
      throw new IllegalArgumentException(result.rule().id() + " was not violated");
    }
    List<String> lines = new ArrayList<>();
    lines.add(result.rule().id() + " " + result.rule().level() + ": " + result.rule().sentence());
    lines.add("given: " + finding.given().strip() + " (seed " + report.seed() + ")");
    lines.add("expected: " + finding.expected());
    lines.add("actual: " + finding.actual());
    if (!result.rule().id().equals(result.scenario())) {
      lines.add("seen in the scenario of " + result.scenario());
    }
    if (!finding.trace().isEmpty()) {
      lines.add("trace:");
      finding.trace().forEach(line -> lines.add("  " + line));
    }
    lines.add("look at: " + result.rule().lookAt());
    lines.add("again: " + report.replay(result));
    return lines;
  }
}
