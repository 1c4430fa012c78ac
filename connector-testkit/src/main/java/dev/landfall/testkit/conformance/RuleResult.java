package dev.landfall.testkit.conformance;

import dev.landfall.testkit.stage.Finding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one rule came out.
 *
 * @param rule the rule
 * @param verdict how it came out
 * @param finding what was seen; present exactly if the rule was violated
 * @param scenario the rule whose scenario it was seen in; present exactly if the rule was violated
 * @param note why the rule was not tried, or what failed in the kit; empty otherwise
 * @param took how long its scenario took
 */
public record RuleResult(
    Rule rule,
    Verdict verdict,
    @Nullable Finding finding,
    @Nullable String scenario,
    String note,
    Duration took) {

  /**
   * The same result, with a finding that another scenario made.
   *
   * @param found the finding
   * @param in the rule whose scenario made it
   * @return a violation
   */
  RuleResult violatedBy(Finding found, String in) {
    return new RuleResult(rule, Verdict.VIOLATED, found, in, "", took);
  }
}
