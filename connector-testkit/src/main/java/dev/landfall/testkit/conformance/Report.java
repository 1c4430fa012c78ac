package dev.landfall.testkit.conformance;

import dev.landfall.testkit.stage.Finding;
import java.util.List;

/**
 * What a run of the kit found.
 *
 * @param connector the connector's id
 * @param version the connector's version
 * @param kit the kit's version
 * @param seed what chance went by
 * @param capabilities what the connector and the place have
 * @param again what to type to try a rule again, with {@code {rule}} and {@code {seed}} in it
 * @param results one for each rule that was chosen, in the order of the rules
 */
public record Report(
    String connector,
    String version,
    String kit,
    long seed,
    List<Capability> capabilities,
    String again,
    List<RuleResult> results) {

  /** Copies the lists. */
  public Report {
    capabilities = List.copyOf(capabilities);
    results = List.copyOf(results);
  }

  /**
   * The rules that came out in one way.
   *
   * @param verdict the way
   * @return their results, in the order of the rules
   */
  public List<RuleResult> with(Verdict verdict) {
    return results.stream().filter(r -> r.verdict() == verdict).toList();
  }

  /**
   * What to type to try one rule again, with the same chance.
   *
   * @param finding what was found
   * @return a command line
   */
  public String replay(RuleResult finding) {
    Finding found = finding.finding();
    String rule =
        found == null || finding.scenario() == null ? finding.rule().id() : finding.scenario();
    return again.replace("{rule}", rule).replace("{seed}", String.valueOf(seed));
  }
}
