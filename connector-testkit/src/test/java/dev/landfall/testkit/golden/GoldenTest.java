package dev.landfall.testkit.golden;

import static dev.landfall.testkit.conformance.Capability.IN_PROCESS;
import static dev.landfall.testkit.conformance.Capability.RECORDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.conformance.Capability;
import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.LogbackLogs;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.saboteur.Jars;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
        .filteredOn(result -> !isOfRecords(result) && result.verdict() != Verdict.PASSED)
        .extracting(result -> result.rule().id(), result -> result.verdict())
        .containsExactly(
            tuple("D-3.7", Verdict.SKIPPED),
            tuple("D-4.6", Verdict.SKIPPED),
            tuple("D-4.7", Verdict.SKIPPED),
            tuple("D-5.14", Verdict.SKIPPED),
            tuple("D-5.15", Verdict.SKIPPED),
            tuple("D-5.16", Verdict.SKIPPED),
            tuple("D-5.17", Verdict.SKIPPED),
            tuple("D-7.14", Verdict.SKIPPED),
            tuple("D-8.10", Verdict.SKIPPED),
            tuple("D-11.2", Verdict.SKIPPED));
    assertThat(report.results())
        .filteredOn(GoldenTest::isOfRecords)
        .isNotEmpty()
        .allMatch(result -> result.verdict() == Verdict.SKIPPED);
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
            .rules(rule -> !rule.id().matches("D-1\\.[123]") && !rule.needs().contains(IN_PROCESS))
            .run(result -> {});
    assertThat(report.results())
        .filteredOn(result -> !isOfRecords(result) && result.verdict() != Verdict.PASSED)
        .extracting(result -> result.rule().id(), result -> result.verdict())
        .containsExactly(
            tuple("D-3.7", Verdict.SKIPPED),
            tuple("D-4.6", Verdict.SKIPPED),
            tuple("D-4.7", Verdict.SKIPPED));
    assertThat(report.results()).extracting(r -> r.rule().id()).contains("D-5.14", "D-11.2");
  }

  @Test
  void goldenKeepsTheRulesOfRowsWhenBlanksAroundAnIdDoNotCount() throws IOException {
    Report report =
        Conformance.of(Subject.of(Trimming::new, new TrimmingProvider()))
            .rules(rule -> rule.id().startsWith("D-3."))
            .run(result -> {});
    assertThat(report.results()).allMatch(result -> result.verdict() == Verdict.PASSED);
    assertThat(report.results()).extracting(r -> r.rule().id()).contains("D-3.7");
  }

  private static final class Trimming extends GoldenDestination {
    @Override
    protected FieldSpec idField() {
      return super.idField().identifiedBy(FieldIdentity.TRIMMED);
    }

    @Override
    protected DestinationSession session(SessionRequest request, Api api) {
      return new GoldenSession(api, request.target().get(GoldenSettings.LIST)) {
        @Override
        protected @Nullable String key(Row row) {
          String key = super.key(row);
          return key == null ? null : FieldIdentity.TRIMMED.of(key);
        }
      };
    }
  }

  private static final class TrimmingProvider implements SandboxProvider {
    @Override
    public String connector() {
      return "golden";
    }

    @Override
    public Sandbox start(SandboxRequest request) {
      return new GoldenSandbox(request, false) {
        @Override
        public String nameOf(String key) {
          return FieldIdentity.TRIMMED.of(key);
        }
      };
    }
  }

  @Test
  void goldenKeepsEveryRuleWithRecordsInPlaceOfMembers() throws IOException {
    Set<Capability> lacking =
        EnumSet.of(
            Capability.AUDIENCES,
            Capability.COMPOSITE_KEY,
            Capability.CONFIRMS_LATER,
            Capability.FREE_FIELDS,
            Capability.KEY_IDENTITY,
            Capability.MAKES_TARGETS,
            IN_PROCESS);
    Report report =
        Conformance.of(
                Subject.of(GoldenRecordDestination::new, new GoldenRecordSandboxProvider())
                    .withLogs(LogbackLogs.find().orElseThrow()))
            .rules(rule -> !rule.id().matches("D-1\\.[123]"))
            .run(result -> {});
    assertThat(report.results())
        .allSatisfy(
            result ->
                assertThat(result.verdict())
                    .as(() -> result.rule().id() + " " + result.note() + result.finding())
                    .isEqualTo(
                        Collections.disjoint(result.rule().needs(), lacking)
                            ? Verdict.PASSED
                            : Verdict.SKIPPED));
  }

  private static boolean isOfRecords(RuleResult result) {
    return result.rule().needs().contains(RECORDS);
  }
}
