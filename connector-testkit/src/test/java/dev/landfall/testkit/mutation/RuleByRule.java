package dev.landfall.testkit.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.LogbackLogs;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.Rules;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenLaterDestination;
import dev.landfall.testkit.golden.GoldenLaterSandboxProvider;
import dev.landfall.testkit.golden.GoldenRecordDestination;
import dev.landfall.testkit.golden.GoldenRecordSandboxProvider;
import dev.landfall.testkit.golden.GoldenSandboxProvider;
import dev.landfall.testkit.record.GoldenTableDestination;
import dev.landfall.testkit.record.GoldenTableSandboxProvider;
import dev.landfall.testkit.saboteur.Saboteurs;
import dev.landfall.testkit.source.SourceSaboteurs;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Logs;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The same as the tests of saboteurs and of golden, but each rule by itself and with those who were
 * written for it, so that a mutant of a scenario is tried with what concerns that scenario alone.
 * No test of the build, where the others say more.
 */
class RuleByRule {

  /** Of folders of jars, which have tests of their own. */
  private static final Set<String> OF_JARS =
      Set.of("D-1.1", "D-1.2", "D-1.3", "S-1.1", "S-1.2", "S-1.3");

  /** More than a healthy scenario takes, on a machine that is busy with mutants. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration SHORT_LIMIT = Duration.ofSeconds(5);

  private record Try(
      String rule,
      String who,
      boolean hangs,
      Candidate candidate,
      Verdict expected,
      String phrase) {
    @Override
    public String toString() {
      return rule + " on one that " + who;
    }
  }

  private static Stream<Try> tries() {
    return Stream.of(
            healthy(
                Rule.About.DESTINATIONS,
                new Subject(GoldenDestination::new, new GoldenSandboxProvider(), null, logs())),
            healthy(
                Rule.About.DESTINATIONS,
                new Subject(
                    GoldenLaterDestination::new, new GoldenLaterSandboxProvider(), null, logs())),
            healthy(
                Rule.About.DESTINATIONS,
                new Subject(
                    GoldenRecordDestination::new, new GoldenRecordSandboxProvider(), null, logs())),
            healthy(
                Rule.About.DESTINATIONS,
                new Subject(
                    GoldenTableDestination::new, new GoldenTableSandboxProvider(), null, logs())),
            healthy(Rule.About.SOURCES, SourceSaboteurs.golden()),
            Saboteurs.ALL.stream()
                .map(
                    saboteur ->
                        new Try(
                            saboteur.breaks().get(0),
                            saboteur.name(),
                            saboteur.hangs(),
                            new Subject(saboteur.destination(), saboteur.sandbox(), null, logs()),
                            Verdict.VIOLATED,
                            saboteur.phrase())),
            SourceSaboteurs.ALL.stream()
                .map(
                    saboteur ->
                        new Try(
                            saboteur.breaks().get(0),
                            saboteur.name(),
                            false,
                            saboteur.subject(),
                            Verdict.VIOLATED,
                            saboteur.phrase())))
        .flatMap(one -> one);
  }

  private static Logs logs() {
    return LogbackLogs.find().orElseThrow();
  }

  private static Stream<Try> healthy(Rule.About about, Candidate candidate) {
    return Rules.about(about).stream()
        .map(Rule::id)
        .filter(rule -> !OF_JARS.contains(rule))
        .map(rule -> new Try(rule, "keeps every rule", false, candidate, Verdict.PASSED, ""));
  }

  private static void chapter(String chapter) throws IOException {
    for (Try one : tries().filter(one -> one.rule().startsWith(chapter + ".")).toList()) {
      comesOutAsItShould(one);
    }
  }

  private static void comesOutAsItShould(Try one) throws IOException {
    Report report =
        Conformance.of(one.candidate())
            .limit(one.hangs() ? SHORT_LIMIT : LIMIT)
            .rules(rule -> rule.id().equals(one.rule()))
            .run(result -> {});
    assertThat(report.with(Verdict.ERRORED)).as(one.toString()).isEmpty();
    if (one.expected() == Verdict.PASSED) {
      assertThat(report.with(Verdict.VIOLATED)).as(one.toString()).isEmpty();
      return;
    }
    assertThat(report.results())
        .as(one.toString())
        .anyMatch(
            result ->
                result.verdict() == Verdict.VIOLATED
                    && result.rule().id().equals(one.rule())
                    && result.finding() != null
                    && (result.finding().actual() + result.finding().expected())
                        .contains(one.phrase()));
  }

  @Test
  void packaging() throws IOException {
    chapter("D-1");
  }

  @Test
  void settings() throws IOException {
    chapter("D-2");
  }

  @Test
  void rows() throws IOException {
    chapter("D-3");
  }

  @Test
  void modes() throws IOException {
    chapter("D-4");
  }

  @Test
  void outcomes() throws IOException {
    chapter("D-5");
  }

  @Test
  void authentication() throws IOException {
    chapter("D-6");
  }

  @Test
  void aSystemThatFails() throws IOException {
    chapter("D-7");
  }

  @Test
  void sessions() throws IOException {
    chapter("D-8");
  }

  @Test
  void records() throws IOException {
    chapter("D-12");
  }

  @Test
  void check() throws IOException {
    chapter("D-9");
  }

  @Test
  void privacy() throws IOException {
    chapter("D-10");
  }

  @Test
  void otherProcesses() throws IOException {
    chapter("D-11");
  }

  @Test
  void packagingOfSources() throws IOException {
    chapter("S-1");
  }

  @Test
  void settingsOfSources() throws IOException {
    chapter("S-2");
  }

  @Test
  void reading() throws IOException {
    chapter("S-3");
  }

  @Test
  void cursors() throws IOException {
    chapter("S-4");
  }

  @Test
  void whatIsMalformed() throws IOException {
    chapter("S-5");
  }

  @Test
  void readers() throws IOException {
    chapter("S-6");
  }

  @Test
  void checkOfSources() throws IOException {
    chapter("S-7");
  }

  @Test
  void privacyOfSources() throws IOException {
    chapter("S-8");
  }
}
