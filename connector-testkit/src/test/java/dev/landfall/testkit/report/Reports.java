package dev.landfall.testkit.report;

import dev.landfall.testkit.conformance.Capability;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Rules;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.stage.Finding;
import java.time.Duration;
import java.util.List;

/** A report with one rule of each verdict, as a run would give it. */
final class Reports {

  static final String NASTY = "<script>alert(\"x\")</script> & \u0007 \u00fc";

  private Reports() {}

  static Report ofEveryVerdict() {
    return report(
        result("D-5.1", Verdict.PASSED, ""),
        violated("D-5.6"),
        result("D-5.14", Verdict.SKIPPED, "Without CONFIRMS_LATER."),
        result("D-10.3", Verdict.UNVERIFIED, "Without LOGS."),
        result("D-9.1", Verdict.ERRORED, "The kit failed."));
  }

  static Report report(RuleResult... results) {
    return new Report(
        "acme",
        "1.2.3",
        "0.1.0",
        42,
        List.of(Capability.ADD, Capability.REFUSALS),
        "landfall certify acme --rule {rule} --seed {seed}",
        List.of(results));
  }

  static RuleResult result(String rule, Verdict verdict, String note) {
    return new RuleResult(
        Rules.find(rule).orElseThrow(), verdict, null, null, note, Duration.ofMillis(1_234));
  }

  static RuleResult violated(String rule) {
    return new RuleResult(
        Rules.find(rule).orElseThrow(),
        Verdict.VIOLATED,
        new Finding(
            rule,
            "session 1.deliver(add, [member 1])",
            "Rejected for member 1",
            "the outcome was Delivered " + NASTY,
            List.of("session 1 = open(target 0, add)", "  member 1: Delivered")),
        rule,
        "",
        Duration.ofMillis(5));
  }
}
