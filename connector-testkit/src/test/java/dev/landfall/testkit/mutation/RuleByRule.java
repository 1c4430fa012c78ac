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
import dev.landfall.testkit.golden.GoldenSandboxProvider;
import dev.landfall.testkit.saboteur.Saboteurs;
import dev.landfall.testkit.source.SourceSaboteurs;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Logs;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same as the tests of saboteurs and of golden, but each rule by itself, so that a mutant of a
 * scenario is tried with what concerns that scenario alone. No test of the build, where the others
 * say more.
 */
class RuleByRule {

  /** Of folders of jars, which have tests of their own. */
  private static final Set<String> OF_JARS =
      Set.of("D-1.1", "D-1.2", "D-1.3", "S-1.1", "S-1.2", "S-1.3");

  record Try(String rule, String who, Candidate candidate, Verdict expected, String phrase) {
    @Override
    public String toString() {
      return rule + " on one that " + who;
    }
  }

  static Stream<Try> tries() {
    return Stream.of(
            healthy(
                Rule.About.DESTINATIONS,
                new Subject(GoldenDestination::new, new GoldenSandboxProvider(), null, logs())),
            healthy(
                Rule.About.DESTINATIONS,
                new Subject(
                    GoldenLaterDestination::new, new GoldenLaterSandboxProvider(), null, logs())),
            healthy(Rule.About.SOURCES, SourceSaboteurs.golden()),
            Saboteurs.ALL.stream()
                .map(
                    saboteur ->
                        new Try(
                            saboteur.breaks().get(0),
                            saboteur.name(),
                            new Subject(saboteur.destination(), saboteur.sandbox(), null, logs()),
                            Verdict.VIOLATED,
                            saboteur.phrase())),
            SourceSaboteurs.ALL.stream()
                .map(
                    saboteur ->
                        new Try(
                            saboteur.breaks().get(0),
                            saboteur.name(),
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
        .map(rule -> new Try(rule, "keeps every rule", candidate, Verdict.PASSED, ""));
  }

  @ParameterizedTest
  @MethodSource("tries")
  void aRuleComesOutAsItShould(Try one) throws IOException {
    Report report =
        Conformance.of(one.candidate())
            .limit(Duration.ofSeconds(5))
            .rules(rule -> rule.id().equals(one.rule()))
            .run(result -> {});
    assertThat(report.with(Verdict.ERRORED)).isEmpty();
    if (one.expected() == Verdict.PASSED) {
      assertThat(report.with(Verdict.VIOLATED)).isEmpty();
      return;
    }
    assertThat(report.results())
        .anyMatch(
            result ->
                result.verdict() == Verdict.VIOLATED
                    && result.rule().id().equals(one.rule())
                    && result.finding() != null
                    && (result.finding().actual() + result.finding().expected())
                        .contains(one.phrase()));
  }
}
