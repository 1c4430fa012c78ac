package dev.landfall.testkit.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Capability;
import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.LogbackLogs;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoldenTableTest {

  /** What a system in the connector's own process does not have, nor one of tables. */
  private static final Set<Capability> LACKING =
      EnumSet.of(
          Capability.FAULTS,
          Capability.ADDRESS,
          Capability.CALLERS,
          Capability.CALLS,
          Capability.DESCRIBES_FIELDS,
          Capability.KEY_IDENTITY,
          Capability.TOKENS,
          Capability.CONFIRMS_LATER,
          Capability.AUDIENCES);

  @Test
  void goldenKeepsEveryRuleThatAppliesInItsOwnProcess() throws IOException {
    Report report =
        Conformance.of(
                Subject.of(GoldenTableDestination::new, new GoldenTableSandboxProvider())
                    .withLogs(LogbackLogs.find().orElseThrow()))
            .rules(rule -> !rule.id().matches("D-1\\.[123]"))
            .run(result -> {});
    assertThat(report.results())
        .allSatisfy(
            result ->
                assertThat(result.verdict())
                    .as(() -> result.rule().id() + " " + result.note() + result.finding())
                    .isEqualTo(
                        Collections.disjoint(result.rule().needs(), LACKING)
                            ? Verdict.PASSED
                            : Verdict.SKIPPED));
    assertThat(report.with(Verdict.PASSED))
        .extracting(result -> result.rule().id())
        .contains(
            "D-4.3", "D-4.6", "D-4.7", "D-5.4", "D-7.14", "D-8.6", "D-11.1", "D-12.1", "D-12.17");
    assertThat(KnownViolations.NONE.conforms(report)).isTrue();
  }
}
