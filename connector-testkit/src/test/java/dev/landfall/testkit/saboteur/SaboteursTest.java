package dev.landfall.testkit.saboteur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.LogbackLogs;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Rules;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each saboteur is caught by the rules it breaks, and by no other. */
class SaboteursTest {

  /**
   * Rules that take long, tried with those saboteurs alone that are to break them; with
   * -Dlandfall.saboteurs=all they are tried with all.
   */
  private static final Set<String> SLOW =
      Set.of(
          "D-1.6", "D-5.9", "D-7.5", "D-7.7", "D-7.14", "D-8.6", "D-9.4", "D-9.6", "D-10.1",
          "D-10.2", "D-10.3", "D-11.1", "D-11.2");

  private static final boolean EVERYTHING = "all".equals(System.getProperty("landfall.saboteurs"));

  /** Far more than a healthy scenario takes. */
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** More than a healthy scenario takes; who hangs takes all of it. */
  private static final Duration SHORT_LIMIT = Duration.ofSeconds(4);

  private static final List<Saboteur> ALL = Saboteurs.ALL;

  @ParameterizedTest
  @FieldSource("ALL")
  void aSaboteurIsCaughtByTheRulesItBreaksAndByNoOther(Saboteur saboteur) throws IOException {
    Report report = tried(saboteur);
    assertThat(report.with(Verdict.ERRORED)).as("what failed in the kit").isEmpty();
    assertThat(report.with(Verdict.VIOLATED).stream().map(result -> result.rule().id()))
        .as(() -> findings(report))
        .containsExactlyInAnyOrderElementsOf(saboteur.breaks());
    assertThat(finding(report, saboteur.breaks().get(0))).contains(saboteur.phrase());
  }

  @Test
  void everyRuleHasSomebodyWhoWasWrittenToBreakIt() {
    Set<String> broken =
        ALL.stream().map(saboteur -> saboteur.breaks().get(0)).collect(Collectors.toSet());
    Set<String> asJars = Set.of("D-1.1", "D-1.2", "D-1.3");
    assertThat(
            Rules.about(Rule.About.DESTINATIONS).stream()
                .filter(rule -> rule.kind() != Rule.Kind.UNTESTED)
                .map(Rule::id)
                .filter(id -> !asJars.contains(id)))
        .allMatch(broken::contains);
  }

  @Test
  void everySaboteurHasAName() {
    assertThat(ALL.stream().map(Saboteur::name)).doesNotHaveDuplicates();
  }

  private static Report tried(Saboteur saboteur) throws IOException {
    Predicate<Rule> chosen =
        rule -> EVERYTHING || !SLOW.contains(rule.id()) || saboteur.breaks().contains(rule.id());
    return Conformance.of(
            new Subject(
                saboteur.destination(), saboteur.sandbox(), null, LogbackLogs.find().orElseThrow()))
        .limit(saboteur.hangs() ? SHORT_LIMIT : LIMIT)
        .rules(chosen)
        .run(result -> {});
  }

  private static String finding(Report report, String rule) {
    return report.with(Verdict.VIOLATED).stream()
        .filter(result -> result.rule().id().equals(rule))
        .map(SaboteursTest::words)
        .findFirst()
        .orElseThrow();
  }

  private static String findings(Report report) {
    return report.with(Verdict.VIOLATED).stream()
        .map(result -> result.rule().id() + " in " + result.scenario() + ": " + words(result))
        .collect(Collectors.joining("\n"));
  }

  private static String words(RuleResult result) {
    Finding finding = Objects.requireNonNull(result.finding());
    return finding.given() + ": expected " + finding.expected() + ", but " + finding.actual();
  }
}
