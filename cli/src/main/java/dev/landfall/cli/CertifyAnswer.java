package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.report.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code landfall certify} says at its end: what is wrong, then a table by chapters. */
final class CertifyAnswer {

  private static final int COLUMN = 26;

  private static final Map<String, String> CHAPTERS = new LinkedHashMap<>();

  static {
    CHAPTERS.put("D-1", "packaging");
    CHAPTERS.put("D-2", "settings");
    CHAPTERS.put("D-3", "rows");
    CHAPTERS.put("D-4", "modes and targets");
    CHAPTERS.put("D-5", "outcomes");
    CHAPTERS.put("D-6", "authentication");
    CHAPTERS.put("D-7", "a system that fails");
    CHAPTERS.put("D-8", "sessions");
    CHAPTERS.put("D-9", "check");
    CHAPTERS.put("D-10", "privacy");
    CHAPTERS.put("D-11", "other processes");
    CHAPTERS.put("D-12", "records");
    CHAPTERS.put("S-1", "packaging");
    CHAPTERS.put("S-2", "settings");
    CHAPTERS.put("S-3", "reading");
    CHAPTERS.put("S-4", "cursors");
    CHAPTERS.put("S-5", "what is malformed");
    CHAPTERS.put("S-6", "readers");
    CHAPTERS.put("S-7", "check");
    CHAPTERS.put("S-8", "privacy");
  }

  private final Output output;
  private final Report report;
  private final KnownViolations known;

  CertifyAnswer(Output output, Report report, KnownViolations known) {
    this.output = output;
    this.report = report;
    this.known = known;
  }

  static String chapter(RuleResult result) {
    return result.rule().id().substring(0, result.rule().id().indexOf('.'));
  }

  void print() {
    for (RuleResult result : report.with(Verdict.VIOLATED)) {
      violated(result);
    }
    notTried(Verdict.ERRORED, Style.RED, "errored");
    notTried(Verdict.UNVERIFIED, Style.YELLOW, "unverified");
    for (String rule : known.gone(report)) {
      output.line(Style.RED, rule + " is listed as known to be broken, and was not violated.");
      output.blank();
    }
    chapters();
    Duration took =
        report.results().stream().map(RuleResult::took).reduce(Duration.ZERO, Duration::plus);
    boolean conforms = known.conforms(report);
    output.line(
        conforms ? Style.GREEN : Style.RED,
        report.connector()
            + " "
            + report.version()
            + (conforms ? " conforms: " : " does not conform: ")
            + count(report.results().size(), "rule", "rules")
            + " in "
            + dev.landfall.cli.Words.duration(took.toMillis())
            + ", seed "
            + report.seed()
            + ".");
  }

  private void violated(RuleResult result) {
    List<String> words = Words.of(report, result);
    output.line(Style.RED, words.get(0));
    Optional<String> reason = known.reason(result.rule().id());
    if (reason.isPresent()) {
      // Who knows of it has seen the rest; the report has it all the same.
      output.paragraph(2, "known: " + reason.get());
      return;
    }
    for (String line : words.subList(1, words.size())) {
      if (line.startsWith(" ") || line.startsWith("again: ")) {
        output.verbatim(2, line);
      } else {
        output.paragraph(2, line);
      }
    }
    output.blank();
  }

  private void notTried(Verdict verdict, Style style, String word) {
    for (RuleResult result : report.with(verdict)) {
      output.line(style, result.rule().id() + " " + word + ": " + result.rule().sentence());
      output.paragraph(2, result.note());
      output.blank();
    }
  }

  private void chapters() {
    CHAPTERS.forEach(
        (chapter, title) -> {
          List<RuleResult> results =
              report.results().stream().filter(r -> chapter(r).equals(chapter)).toList();
          if (!results.isEmpty()) {
            output.entry(COLUMN, chapter + " " + title, figures(results));
          }
        });
  }

  private static String figures(List<RuleResult> results) {
    List<String> figures = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long number = results.stream().filter(r -> r.verdict() == verdict).count();
      if (number > 0) {
        figures.add(number + " " + verdict.name().toLowerCase(Locale.ROOT));
      }
    }
    return String.join(", ", figures);
  }
}
