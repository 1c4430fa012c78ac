package dev.landfall.testkit.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Destination;
import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.LogbackLogs;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
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
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.source.SourceSaboteurs;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same as the tests of saboteurs and of golden, but each rule by itself, with those who break
 * it, so that a mutant of a scenario is tried with what concerns that scenario alone. No test of
 * the build, where the others say more.
 */
class RuleByRule {

  /** Of folders of jars, which have tests of their own. */
  private static final Set<String> OF_JARS =
      Set.of("D-1.1", "D-1.2", "D-1.3", "S-1.1", "S-1.2", "S-1.3");

  /** Who breaks them is often caught by the guard in the scenarios of other rules. */
  private static final Set<String> OF_EVERY_CALL = Set.of("D-5.5", "D-5.12", "D-12.1");

  /** Needs more scenarios than those of the rules that its breakers break. */
  private static final String SELDOM_SEEN = "D-5.12";

  /** More than a healthy scenario takes, on a machine that is busy with mutants. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration SHORT_LIMIT = Duration.ofSeconds(5);

  /** One who breaks some rules, and is tried with one of them, or all. */
  private record Wrong(
      String name, List<String> breaks, String phrase, boolean hangs, Candidate candidate) {

    private String firstRule() {
      return breaks.get(0);
    }

    private boolean isSeenIn(String rule) {
      return rule.equals(firstRule()) || (breaks.contains(rule) && !OF_EVERY_CALL.contains(rule));
    }

    private Report tried(Predicate<String> rules) throws IOException {
      return run(candidate, hangs ? SHORT_LIMIT : LIMIT, rules);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Candidate> HEALTHY =
      List.of(
          healthy(GoldenDestination::new, new GoldenSandboxProvider()),
          healthy(GoldenLaterDestination::new, new GoldenLaterSandboxProvider()),
          healthy(GoldenRecordDestination::new, new GoldenRecordSandboxProvider()),
          healthy(GoldenTableDestination::new, new GoldenTableSandboxProvider()),
          SourceSaboteurs.golden());

  private static Candidate healthy(Supplier<Destination> destination, SandboxProvider sandbox) {
    return Subject.of(destination, sandbox).withLogs(LogbackLogs.find().orElseThrow());
  }

  private static List<Wrong> wrong() {
    return Stream.concat(
            Saboteurs.ALL.stream()
                .map(
                    one ->
                        new Wrong(
                            one.name(),
                            one.breaks(),
                            one.phrase(),
                            one.hangs(),
                            healthy(one.destination(), one.sandbox()))),
            SourceSaboteurs.ALL.stream()
                .map(
                    one -> new Wrong(one.name(), one.breaks(), one.phrase(), false, one.subject())))
        .toList();
  }

  private static Report run(Candidate candidate, Duration limit, Predicate<String> rules)
      throws IOException {
    Report report =
        Conformance.of(candidate)
            .limit(limit)
            .rules(rule -> rules.test(rule.id()))
            .run(result -> {});
    assertThat(report.with(Verdict.ERRORED)).as("what failed in the kit").isEmpty();
    return report;
  }

  static List<String> rules() {
    return Rules.all().stream().map(Rule::id).filter(rule -> !OF_JARS.contains(rule)).toList();
  }

  private static Rule.About about(String rule) {
    return rule.startsWith("S-") ? Rule.About.SOURCES : Rule.About.DESTINATIONS;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theHealthyKeepIt(String rule) throws IOException {
    for (Candidate healthy : HEALTHY) {
      if (Conformance.of(healthy).about() == about(rule)) {
        assertThat(run(healthy, LIMIT, rule::equals).with(Verdict.VIOLATED)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whoBreaksItIsCaughtByIt(String rule) throws IOException {
    for (Wrong wrong : wrong()) {
      if (wrong.isSeenIn(rule)) {
        String phrase = rule.equals(wrong.firstRule()) ? wrong.phrase() : "";
        assertThat(wrong.tried(rule::equals).with(Verdict.VIOLATED))
            .as(wrong.name())
            .anyMatch(result -> result.rule().id().equals(rule) && words(result).contains(phrase));
      }
    }
  }

  static List<Wrong> caughtByTheGuard() {
    return wrong().stream()
        .filter(wrong -> !Collections.disjoint(wrong.breaks(), OF_EVERY_CALL))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("caughtByTheGuard")
  void whoBreaksWhatHoldsAtEveryCallIsCaughtInAnyScenario(Wrong wrong) throws IOException {
    assertThat(wrong.tried(wrong.breaks()::contains).with(Verdict.VIOLATED))
        .extracting(result -> result.rule().id())
        .isSubsetOf(wrong.breaks())
        .containsAll(wrong.breaks().stream().filter(rule -> !rule.equals(SELDOM_SEEN)).toList());
  }

  private static String words(RuleResult result) {
    Finding finding = Objects.requireNonNull(result.finding());
    return finding.actual() + finding.expected();
  }
}
