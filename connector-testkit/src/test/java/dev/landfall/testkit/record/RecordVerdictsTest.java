package dev.landfall.testkit.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Destination;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.testkit.conformance.Capability;
import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSandbox;
import dev.landfall.testkit.golden.GoldenSandboxProvider;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How rules come out for destinations of records that are not like golden. */
class RecordVerdictsTest {

  private static final SandboxProvider TABLES = new GoldenTableSandboxProvider();

  private static Report run(
      Supplier<Destination> destination, SandboxProvider sandbox, Predicate<String> rules)
      throws IOException {
    return Conformance.of(Subject.of(destination, sandbox))
        .rules(rule -> rules.test(rule.id()))
        .run(result -> {});
  }

  /** The modes alone, with what of idempotence is left of them. */
  private static Supplier<Destination> only(RecordSyncMode mode) {
    return RecordSabotage.describing(
        builder -> builder.modes(mode).idempotent(mode.changeKinds().toArray(ChangeKind[]::new)));
  }

  private static List<String> passed(RecordSyncMode mode) throws IOException {
    Report report = run(only(mode), TABLES, id -> id.matches("D-(3|4|12)\\..*"));
    assertThat(report.results())
        .extracting(RuleResult::verdict)
        .containsOnly(Verdict.PASSED, Verdict.SKIPPED);
    return report.with(Verdict.PASSED).stream().map(result -> result.rule().id()).toList();
  }

  @Test
  void whoOnlyInsertsIsTriedByInserts() throws IOException {
    assertThat(passed(RecordSyncMode.INSERT))
        .containsExactly(
            "D-3.1", "D-3.3", "D-3.5", "D-3.6", "D-4.1", "D-4.3", "D-4.4", "D-4.5", "D-4.6",
            "D-4.7", "D-12.1", "D-12.4", "D-12.5", "D-12.8", "D-12.9", "D-12.10", "D-12.11",
            "D-12.12", "D-12.13", "D-12.14", "D-12.15", "D-12.17", "D-12.18");
  }

  @Test
  void whoOnlyUpdatesIsTriedOnRecordsOfOthers() throws IOException {
    assertThat(passed(RecordSyncMode.UPDATE))
        .containsExactly(
            "D-4.3", "D-4.4", "D-12.3", "D-12.6", "D-12.7", "D-12.8", "D-12.9", "D-12.13",
            "D-12.14", "D-12.16", "D-12.17");
  }

  @Test
  void whoMirrorsIsTriedByUpsertsAndDeletes() throws IOException {
    assertThat(passed(RecordSyncMode.MIRROR))
        .containsExactly(
            "D-3.1", "D-3.3", "D-3.4", "D-3.5", "D-3.6", "D-4.1", "D-4.2", "D-4.3", "D-4.4",
            "D-4.5", "D-4.6", "D-4.7", "D-12.1", "D-12.2", "D-12.3", "D-12.8", "D-12.9", "D-12.10",
            "D-12.11", "D-12.12", "D-12.13", "D-12.14", "D-12.17", "D-12.18");
  }

  @Test
  void faultsAreSkippedInTheConnectorsOwnProcessAndTheReasonIsSaid() throws IOException {
    Report report = run(GoldenTableDestination::new, TABLES, "D-7.4"::equals);

    assertThat(report.results())
        .singleElement()
        .matches(result -> result.verdict() == Verdict.SKIPPED)
        .extracting(RuleResult::note)
        .isEqualTo(
            "Without FAULTS. The system runs in the connector's own process, and nothing between"
                + " the two can fail.");
  }

  @Test
  void aConnectorWithANetworkDoesNotDodgeFaults() throws IOException {
    SandboxProvider dodging =
        provider(
            request ->
                new GoldenSandbox(request, false) {
                  @Override
                  public boolean injectsFaults() {
                    return false;
                  }

                  @Override
                  public boolean inProcess() {
                    return true;
                  }
                });
    Report report = run(GoldenDestination::new, dodging, id -> id.startsWith("D-7."));

    assertThat(report.results())
        .filteredOn(result -> result.rule().needs().contains(Capability.FAULTS))
        .isNotEmpty()
        .allMatch(result -> result.verdict() == Verdict.SKIPPED);
    assertThat(report.with(Verdict.VIOLATED))
        .singleElement()
        .matches(result -> result.rule().id().equals("D-7.14"))
        .matches(
            r -> Objects.requireNonNull(r.finding()).actual().contains("a connection to port"));
    assertThat(KnownViolations.NONE.conforms(report)).isFalse();
  }

  @Test
  void aConnectorThatHasItsSystemInAnotherProcessDoesNotEither() throws IOException {
    Report report =
        run(
            RecordSabotage.writing(
                file -> {
                  start(Path.of(System.getProperty("java.home"), "bin", "java"));
                  return new RecordSabotage.Breakable(file);
                }),
            TABLES,
            "D-7.14"::equals);

    assertThat(report.with(Verdict.VIOLATED))
        .singleElement()
        .matches(r -> Objects.requireNonNull(r.finding()).actual().contains("another process"));
  }

  private static void start(Path program) {
    try {
      Process process = new ProcessBuilder(program.toString(), "--version").start();
      process.destroy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everythingIsErroredWithASandboxOfMembersForADestinationOfRecords() throws IOException {
    Report report = run(GoldenTableDestination::new, new GoldenSandboxProvider(), "D-12.1"::equals);

    assertThat(report.results())
        .singleElement()
        .matches(result -> result.verdict() == Verdict.ERRORED)
        .matches(result -> result.note().contains("does not implement"))
        .matches(result -> result.note().contains("RecordTestbed"));
  }

  private static SandboxProvider provider(Function<SandboxRequest, Sandbox> start) {
    return new SandboxProvider() {
      @Override
      public String connector() {
        return "golden";
      }

      @Override
      public Sandbox start(SandboxRequest request) {
        return start.apply(request);
      }
    };
  }
}
