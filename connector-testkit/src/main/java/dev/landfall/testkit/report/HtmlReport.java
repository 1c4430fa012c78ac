package dev.landfall.testkit.report;

import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Verdict;
import java.util.List;
import java.util.Locale;

/** A report for people: one page that needs no other file, and fits a phone. */
final class HtmlReport {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 60rem; }
      h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
      h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
      .banner { padding: .75rem 1rem; border-radius: .5rem; font-weight: 600; color: #fff; }
      .good { background: #1a7f37; } .bad { background: #b42318; }
      .figures { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; padding: 0; list-style: none; }
      article { border-left: .3rem solid #8886; padding: .25rem 0 .25rem .75rem; margin: .5rem 0; }
      article.VIOLATED, article.ERRORED { border-color: #b42318; }
      article.PASSED { border-color: #1a7f37; } article.UNVERIFIED { border-color: #b58900; }
      article p { margin: .15rem 0; overflow-wrap: anywhere; }
      .verdict { font-weight: 600; } .quiet { opacity: .75; font-size: .9rem; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8882; padding: .5rem;
            border-radius: .25rem; font-size: .85rem; }
      """;

  private final Report report;
  private final KnownViolations known;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(Report report, KnownViolations known) {
    this.report = report;
    this.known = known;
  }

  static String text(Report report, KnownViolations known) {
    return new HtmlReport(report, known).write();
  }

  private String write() {
    String title = "Conformance of " + report.connector() + " " + report.version();
    boolean conforms = known.conforms(report);
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(escaped(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n");
    element("h1", "", title);
    element("p", "quiet", "Kit " + report.kit() + ", seed " + report.seed());
    element(
        "p",
        "banner " + (conforms ? "good" : "bad"),
        conforms ? "Every MUST and SHOULD that applies is kept." : "Not conforming.");
    page.append("<ul class=\"figures\">\n");
    for (Verdict verdict : Verdict.values()) {
      element(
          "li", "", report.with(verdict).size() + " " + verdict.name().toLowerCase(Locale.ROOT));
    }
    page.append("</ul>\n");
    List<String> gone = known.gone(report);
    if (!gone.isEmpty()) {
      element("p", "", "Known violations that did not occur: " + String.join(", ", gone));
    }
    section("Violated", Verdict.VIOLATED);
    section("Errored: the kit failed, which says nothing of the connector", Verdict.ERRORED);
    section("Unverified: never to be read as passed", Verdict.UNVERIFIED);
    section("Passed", Verdict.PASSED);
    section("Skipped: the connector does not declare what the rule is about", Verdict.SKIPPED);
    return page.append("</body>\n</html>\n").toString();
  }

  private void section(String title, Verdict verdict) {
    List<RuleResult> results = report.with(verdict);
    if (results.isEmpty()) {
      return;
    }
    element("h2", "", title + " (" + results.size() + ")");
    for (RuleResult result : results) {
      page.append("<article class=\"")
          .append(verdict)
          .append("\" id=\"")
          .append(result.rule().id())
          .append("\">\n");
      element(
          "p",
          "",
          result.rule().id() + " " + result.rule().level() + " " + result.rule().sentence());
      if (!result.note().isEmpty()) {
        element("p", "quiet", result.note());
      }
      if (verdict == Verdict.VIOLATED) {
        known
            .reason(result.rule().id())
            .ifPresent(reason -> element("p", "verdict", "Known: " + reason));
        List<String> words = Words.of(report, result);
        element("pre", "", String.join("\n", words.subList(1, words.size())));
        element("p", "quiet", result.rule().intent());
      }
      page.append("</article>\n");
    }
  }

  private void element(String name, String styles, String text) {
    page.append('<').append(name);
    if (!styles.isEmpty()) {
      page.append(" class=\"").append(styles).append('"');
    }
    page.append('>').append(escaped(text)).append("</").append(name).append(">\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
