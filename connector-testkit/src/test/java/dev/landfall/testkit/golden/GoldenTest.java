package dev.landfall.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.LogbackLogs;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.saboteur.Jars;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {

  @TempDir Path folder;

  @Test
  void goldenKeepsEveryRuleThatApplies() throws IOException {
    Report report =
        Conformance.of(
                new Subject(
                    GoldenDestination::new,
                    new GoldenSandboxProvider(),
                    Jars.in(folder.resolve("golden")).write(),
                    LogbackLogs.find().orElseThrow()))
            .run(result -> {});
    assertThat(report.results())
        .filteredOn(result -> result.verdict() != Verdict.PASSED)
        .extracting(result -> result.rule().id(), result -> result.verdict())
        .containsExactly(tuple("D-5.14", Verdict.SKIPPED), tuple("D-5.15", Verdict.SKIPPED));
    assertThat(KnownViolations.NONE.conforms(report)).isTrue();
  }

  @Test
  void goldenKeepsEveryRuleWhenChangesAreConfirmedLater() throws IOException {
    Report report =
        Conformance.of(
                new Subject(
                    GoldenLaterDestination::new,
                    new GoldenLaterSandboxProvider(),
                    null,
                    LogbackLogs.find().orElseThrow()))
            .rules(rule -> !rule.id().matches("D-1\\.[123]"))
            .run(result -> {});
    assertThat(report.results()).filteredOn(result -> result.verdict() != Verdict.PASSED).isEmpty();
    assertThat(report.results()).extracting(r -> r.rule().id()).contains("D-5.14", "D-5.15");
  }
}
