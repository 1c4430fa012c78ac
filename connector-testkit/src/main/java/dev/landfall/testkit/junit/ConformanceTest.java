package dev.landfall.testkit.junit;

import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.report.Words;
import dev.landfall.testkit.stage.Candidate;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One test for each rule; an author extends it and says what is tried:
 *
 * <pre>{@code
 * class AcmeConformanceTest extends ConformanceTest {
 *   protected Subject subject() {
 *     return Subject.of(AcmeDestination::new, new AcmeSandboxProvider());
 *   }
 * }
 * }</pre>
 *
 * <p>For a source, {@code subject()} gives a {@code SourceSubject.of(AcmeSource::new, new
 * AcmeSourceTestbedProvider())}; the rules are then those of sources.
 *
 * <p>The system properties {@code landfall.rule} (a rule or a chapter) and {@code landfall.seed}
 * narrow a run: {@code mvn test -Dlandfall.rule=D-7.3 -Dlandfall.seed=42}.
 *
 * <p>A rule that is skipped or unverified is an aborted test, never a passed one.
 */
public abstract class ConformanceTest {

  private static final String RULE = "landfall.rule";
  private static final String SEED = "landfall.seed";

  /** For the test that extends it. */
  protected ConformanceTest() {}

  /**
   * What is tried: a {@link dev.landfall.testkit.stage.Subject} for a destination, a {@link
   * dev.landfall.testkit.stage.SourceSubject} for a source.
   *
   * @return the subject
   */
  protected abstract Candidate subject();

  /**
   * What chance goes by.
   *
   * @return the seed; 1 unless overridden
   */
  protected long seed() {
    return 1;
  }

  /**
   * What is known to be broken.
   *
   * @return nothing, unless overridden
   * @throws IOException if the list cannot be read
   */
  protected KnownViolations known() throws IOException {
    return KnownViolations.NONE;
  }

  /**
   * Tries all rules, and makes a test of each.
   *
   * @return the tests, in the order of the rules
   * @throws IOException if there is no room for temporary files
   */
  @TestFactory
  final Stream<DynamicTest> rules() throws IOException {
    KnownViolations known = known();
    Report report =
        Conformance.of(subject())
            .seed(Long.getLong(SEED, seed()))
            .rules(ConformanceTest::chosen)
            .again(
                "mvn test -Dtest="
                    + getClass().getSimpleName()
                    + " -D"
                    + RULE
                    + "={rule} -D"
                    + SEED
                    + "={seed}")
            .run(result -> {});
    return report.results().stream()
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.rule().id() + " " + result.rule().sentence(),
                    () -> judge(report, known, result)));
  }

  private static boolean chosen(Rule rule) {
    String only = System.getProperty(RULE, "");
    return only.isEmpty() || rule.id().equals(only) || rule.id().startsWith(only + ".");
  }

  private static void judge(Report report, KnownViolations known, RuleResult result) {
    Optional<String> reason = known.reason(result.rule().id());
    switch (result.verdict()) {
      case PASSED ->
          reason.ifPresent(
              r -> Assertions.fail("It is listed as known to be broken, and was kept: " + r));
      case VIOLATED -> {
        Assumptions.assumeTrue(reason.isEmpty(), "Known: " + reason.orElse(""));
        Assertions.fail(String.join("\n", Words.of(report, result)));
      }
      case SKIPPED -> {
        reason.ifPresent(
            r -> Assertions.fail("It is listed as known to be broken, and does not apply: " + r));
        Assumptions.abort("Skipped. " + result.note());
      }
      case UNVERIFIED -> Assumptions.abort("Unverified. " + result.note());
      case ERRORED -> Assertions.fail(result.note());
    }
  }
}
