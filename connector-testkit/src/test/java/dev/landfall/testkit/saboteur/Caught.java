package dev.landfall.testkit.saboteur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.LogbackLogs;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
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

/** Tries a saboteur: it is caught by the rules it breaks, and by no other. */
public final class Caught {

  /**
   * Rules that take long, tried with those saboteurs alone that are to break them. Of the others, a
   * saboteur that breaks none of them is tried with a quarter, by names; with
   * -Dlandfall.saboteurs=all each is tried with all.
   */
  private static final Set<String> SLOW =
      Set.of(
          "D-1.6", "D-5.9", "D-6.3", "D-7.3", "D-7.5", "D-7.6", "D-7.7", "D-7.9", "D-7.11",
          "D-7.14", "D-8.6", "D-9.4", "D-9.6", "D-10.1", "D-10.2", "D-10.3", "D-11.1", "D-11.2");

  /** Whose scenario shows effects that are wrong after a fault alone, and who is tried with it. */
  private static final String AFTER_FAULTS = "D-5.9";

  private static final String EFFECTS = "D-5.12";

  private static final boolean EVERYTHING = "all".equals(System.getProperty("landfall.saboteurs"));

  /** Far more than a healthy scenario takes. */
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** More than a healthy scenario takes; who hangs takes all of it. */
  private static final Duration SHORT_LIMIT = Duration.ofSeconds(4);

  private Caught() {}

  /** By each rule it breaks, by no other, and for what it was written to do. */
  public static void byTheRulesItBreaks(Saboteur saboteur) throws IOException {
    Report report = tried(saboteur);
    assertThat(report.with(Verdict.ERRORED)).as("what failed in the kit").isEmpty();
    assertThat(report.with(Verdict.VIOLATED).stream().map(result -> result.rule().id()))
        .as(() -> findings(report))
        .containsExactlyInAnyOrderElementsOf(saboteur.breaks());
    assertThat(finding(report, saboteur.breaks().get(0))).contains(saboteur.phrase());
  }

  /** Whether a saboteur is tried with a rule that it does not break. */
  public static boolean isTried(String saboteur, Rule rule) {
    return EVERYTHING || Math.floorMod((saboteur + rule.id()).hashCode(), 4) == 3;
  }

  /** Whether a saboteur is seen to break its rules in the scenario of a rule. */
  private static boolean isSeenIn(List<String> breaks, String rule) {
    return breaks.contains(rule) || (rule.equals(AFTER_FAULTS) && breaks.contains(EFFECTS));
  }

  private static Report tried(Saboteur saboteur) throws IOException {
    Predicate<Rule> chosen =
        rule ->
            EVERYTHING
                || isSeenIn(saboteur.breaks(), rule.id())
                || (!SLOW.contains(rule.id()) && isTried(saboteur.name(), rule));
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
        .map(Caught::words)
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
