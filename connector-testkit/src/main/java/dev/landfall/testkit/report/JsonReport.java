package dev.landfall.testkit.report;

import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.stage.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A report for programs. */
public final class JsonReport {

  private JsonReport() {}

  /**
   * The report as maps and lists.
   *
   * @param report what was found
   * @param known what is known to be broken
   * @return {@code connector}, {@code version}, {@code kit}, {@code seed}, {@code conforms}, {@code
   *     gone} (known violations that did not occur) and {@code rules}
   */
  public static Map<String, Object> of(Report report, KnownViolations known) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("connector", report.connector());
    document.put("version", report.version());
    document.put("kit", report.kit());
    document.put("seed", report.seed());
    document.put("conforms", known.conforms(report));
    document.put("gone", known.gone(report));
    List<Map<String, Object>> rules = new ArrayList<>();
    report.results().forEach(result -> rules.add(rule(report, known, result)));
    document.put("rules", rules);
    return document;
  }

  /**
   * The report as text.
   *
   * @param report what was found
   * @param known what is known to be broken
   * @return a JSON document with a line feed at its end
   */
  public static String text(Report report, KnownViolations known) {
    return JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(of(report, known))
        + "\n";
  }

  private static Map<String, Object> rule(Report report, KnownViolations known, RuleResult result) {
    Rule rule = result.rule();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", rule.id());
    entry.put("level", rule.level());
    entry.put("sentence", rule.sentence());
    entry.put("verdict", result.verdict());
    entry.put("tookMs", result.took().toMillis());
    if (!result.note().isEmpty()) {
      entry.put("note", result.note());
    }
    Finding finding = result.finding();
    if (finding != null) {
      known.reason(rule.id()).ifPresent(reason -> entry.put("known", reason));
      entry.put("scenario", result.scenario());
      entry.put("given", finding.given().strip());
      entry.put("expected", finding.expected());
      entry.put("actual", finding.actual());
      entry.put("trace", finding.trace());
      entry.put("lookAt", rule.lookAt());
      entry.put("again", report.replay(result));
    }
    return entry;
  }
}
