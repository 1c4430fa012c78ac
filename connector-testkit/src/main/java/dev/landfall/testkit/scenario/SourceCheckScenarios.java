package dev.landfall.testkit.scenario;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Status;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.stage.Portion;
import dev.landfall.testkit.stage.Reading;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The check: S-7. */
final class SourceCheckScenarios {

  static final List<SourceScenario> ALL =
      List.of(
          new SourceScenario("S-7.1", SourceCheckScenarios::whatIsRightPasses),
          new SourceScenario("S-7.2", SourceCheckScenarios::whatIsMissingDoesNotPass),
          new SourceScenario("S-7.3", SourceCheckScenarios::anUnknownStreamDoesNotPass),
          new SourceScenario("S-7.4", SourceCheckScenarios::checkDoesNotThrow),
          new SourceScenario("S-7.5", SourceCheckScenarios::nothingIsReadAway),
          new SourceScenario("S-7.6", SourceCheckScenarios::aSystemThatFailsDoesNotPass),
          // The guard looks at every item; this makes the check say what it can.
          new SourceScenario("S-7.7", SourceCheckScenarios::checkDoesNotThrow));

  private SourceCheckScenarios() {}

  private static void whatIsRightPasses(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      for (int count : new int[] {0, stage.several()}) {
        stock.add(count);
        CheckReport report = stage.check(stock.stream(), null, stage.testbed().settings());
        String what = stock.stream() + ", which can be read";
        stage.expect(report.ok(), "no failed item for " + what, words(report));
        stage.expect(
            report.items().stream().anyMatch(i -> i.status() == Status.PASSED),
            "at least one item that passed for " + what,
            words(report));
      }
    }
  }

  private static void whatIsMissingDoesNotPass(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      CheckReport report = stage.check(stock.stream(), null, stage.testbed().missingSettings());
      doesNotPass(stage, "what does not exist", report);
    }
  }

  private static void anUnknownStreamDoesNotPass(SourceStage stage) {
    String unknown = SourceRowScenarios.unknown(stage);
    CheckReport report = stage.check(unknown, null, stage.testbed().settings());
    doesNotPass(stage, "a stream that does not exist", report);
  }

  private static void doesNotPass(SourceStage stage, String what, CheckReport report) {
    stage.expect(
        report.items().stream().anyMatch(i -> i.status() != Status.PASSED),
        "an item that failed or is unverified for " + what,
        words(report));
    stage.expect(
        SourceRowScenarios.SETTABLE.containsAll(problems(report)),
        "failed items of kinds that a person can act on, for " + what,
        "there are " + problems(report));
  }

  private static void checkDoesNotThrow(SourceStage stage) {
    Map<String, Object> right = stage.testbed().settings();
    stage.check(SourceRowScenarios.unknown(stage), null, right);
    for (Stock stock : stage.streams()) {
      stage.check(stock.stream(), null, right);
      stage.check(stock.stream(), null, stage.testbed().missingSettings());
      for (String nonsense : CursorScenarios.NONSENSE) {
        stage.check(stock.stream(), new Cursor(nonsense), right);
      }
      stage
          .failure()
          .ifPresent(
              failure -> {
                try (failure) {
                  stage.check(stock.stream(), null, right);
                }
              });
    }
  }

  private static void nothingIsReadAway(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      List<Portion.Came> whole = Due.rows(CursorScenarios.all(stage, stock));
      List<Portion> portions = new ArrayList<>();
      try (Reading reading = stage.open(stock, null)) {
        reading.read().ifPresent(portions::add);
        stage.check(stock.stream(), null, stage.testbed().settings());
        for (Portion portion : List.copyOf(portions)) {
          stage.check(stock.stream(), portion.resumeFrom(), stage.testbed().settings());
        }
        portions.addAll(reading.rest());
      }
      Due.same(stage, "of a reader that was open during a check", whole, portions);
      stage.check(stock.stream(), null, stage.testbed().settings());
      Due.same(stage, "after a check", whole, CursorScenarios.all(stage, stock));
    }
  }

  private static void aSystemThatFailsDoesNotPass(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(3);
      SourceTestbed.Outage failing = stage.failure().orElseThrow();
      try (failing) {
        CheckReport report = stage.check(stock.stream(), null, stage.testbed().settings());
        stage.expect(
            report.items().stream().anyMatch(i -> i.status() != Status.PASSED),
            "an item that failed or is unverified while the system fails",
            words(report));
      }
    }
  }

  private static List<ProblemKind> problems(CheckReport report) {
    return report.items().stream()
        .flatMap(item -> Stream.ofNullable(item.problem()))
        .map(problem -> problem.kind())
        .toList();
  }

  private static String words(CheckReport report) {
    return report.items().isEmpty()
        ? "there is no item"
        : "the items are "
            + String.join(
                ", ", report.items().stream().map(i -> i.name() + " " + i.status()).toList());
  }
}
