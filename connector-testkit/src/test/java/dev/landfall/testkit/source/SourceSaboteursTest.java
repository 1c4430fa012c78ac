package dev.landfall.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Rules;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.saboteur.Caught;
import dev.landfall.testkit.stage.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each saboteur is caught by the rules it breaks, and by no other. */
class SourceSaboteursTest {

  /** Broken by what lies in a folder of jars, which none of these does. */
  private static final Set<String> OF_JARS = Set.of("S-1.1", "S-1.2", "S-1.3");

  private static final List<SourceSaboteur> ALL = SourceSaboteurs.ALL;

  @ParameterizedTest
  @FieldSource("ALL")
  void aSaboteurIsCaughtByTheRulesItBreaksAndByNoOther(SourceSaboteur saboteur) throws IOException {
    Report report =
        Conformance.of(saboteur.subject())
            .limit(Duration.ofSeconds(12))
            .rules(rule -> isTried(rule, saboteur))
            .run(result -> {});
    assertThat(report.with(Verdict.ERRORED)).as("what failed in the kit").isEmpty();
    assertThat(report.with(Verdict.VIOLATED).stream().map(result -> result.rule().id()))
        .as(() -> findings(report))
        .containsExactlyInAnyOrderElementsOf(saboteur.breaks());
    assertThat(finding(report, saboteur.breaks().get(0))).contains(saboteur.phrase());
  }

  /** What races may or may not catch a saboteur that was written for another rule. */
  private static boolean isTried(Rule rule, SourceSaboteur saboteur) {
    return saboteur.breaks().contains(rule.id())
        || (rule.kind() != Rule.Kind.STOCHASTIC && Caught.isTried(saboteur.name(), rule));
  }

  @Test
  void everyRuleThatIsTriedTheSameAtEveryRunHasSomebodyWhoWasWrittenToBreakIt() {
    Set<String> broken =
        ALL.stream().map(saboteur -> saboteur.breaks().get(0)).collect(Collectors.toSet());
    assertThat(
            Rules.about(Rule.About.SOURCES).stream()
                .filter(rule -> rule.kind() == Rule.Kind.DETERMINISTIC)
                .map(Rule::id)
                .filter(id -> !OF_JARS.contains(id)))
        .allMatch(broken::contains);
  }

  @Test
  void everySaboteurHasAName() {
    assertThat(ALL.stream().map(SourceSaboteur::name)).doesNotHaveDuplicates();
  }

  private static String finding(Report report, String rule) {
    return report.with(Verdict.VIOLATED).stream()
        .filter(result -> result.rule().id().equals(rule))
        .map(SourceSaboteursTest::words)
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
