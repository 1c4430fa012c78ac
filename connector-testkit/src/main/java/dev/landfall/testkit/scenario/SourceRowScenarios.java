package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.stage.Portion;
import dev.landfall.testkit.stage.Reading;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.Stock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a reader gives: S-3. */
final class SourceRowScenarios {

  static final List<SourceScenario> ALL =
      List.of(
          new SourceScenario("S-3.1", SourceRowScenarios::everyRecordComesOnce),
          new SourceScenario("S-3.2", SourceRowScenarios::readAll),
          new SourceScenario("S-3.3", SourceRowScenarios::readAll),
          new SourceScenario("S-3.4", SourceRowScenarios::theEndStays),
          new SourceScenario("S-3.5", SourceRowScenarios::anEmptyStreamEnds),
          new SourceScenario("S-3.6", SourceRowScenarios::nothingElseIsThrown),
          new SourceScenario("S-3.7", SourceRowScenarios::anUnknownStreamIsRefused),
          new SourceScenario("S-3.8", SourceRowScenarios::whatIsMissingIsNotEmpty),
          new SourceScenario("S-3.9", SourceRowScenarios::aFailureIsNoEnd),
          new SourceScenario("S-3.10", SourceRowScenarios::refusals),
          new SourceScenario("S-3.11", SourceRowScenarios::refusals));

  /** What a person can act on who has set the source up. */
  static final Set<ProblemKind> SETTABLE =
      EnumSet.of(
          ProblemKind.CONFIGURATION,
          ProblemKind.AUTHENTICATION,
          ProblemKind.PERMISSION,
          ProblemKind.TARGET_NOT_FOUND,
          ProblemKind.UNAVAILABLE);

  private SourceRowScenarios() {}

  private static void everyRecordComesOnce(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      for (int count : new int[] {1, 1, stage.several()}) {
        stock.add(count);
        try (Reading reading = stage.open(stock, null)) {
          Due.rows(stage, "of " + stock.stream(), stock.after(0), reading.rest());
        }
      }
    }
  }

  private static void readAll(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      for (int i = 0; i < 2; i++) {
        try (Reading reading = stage.open(stock, null)) {
          reading.rest();
        }
      }
    }
  }

  private static void theEndStays(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      try (Reading reading = stage.open(stock, null)) {
        reading.rest();
        for (int i = 0; i < 3; i++) {
          Optional<Portion> more = reading.read();
          stage.expect(
              more.isEmpty(),
              "the end to stay the end while nothing is new in " + stock.stream(),
              "there came " + more.map(Portion::toString).orElse(""));
        }
      }
    }
    for (Stock stock : stage.incremental()) {
      try (Reading reading = stage.open(stock, null)) {
        reading.rest();
        int before = stock.size();
        stock.add(1 + stage.random().nextInt(5));
        List<Portion> more = reading.rest();
        if (!more.isEmpty()) {
          String when = "or the end, once " + stock.stream() + " has more";
          Due.rows(stage, when, stock.after(before), more);
        }
      }
    }
  }

  private static void anEmptyStreamEnds(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      try (Reading reading = stage.open(stock, null)) {
        String when = "of " + stock.stream() + ", which is empty";
        List<Portion> portions = reading.rest();
        Due.rows(stage, when, List.of(), portions);
        Due.malformed(stage, when, List.of(), portions);
      }
    }
  }

  private static void nothingElseIsThrown(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
    }
    refusals(stage);
    for (Stock stock : stage.streams()) {
      Reading reading = stage.open(stock, null);
      reading.read();
      reading.close();
      try {
        reading.tryRead();
      } catch (ConnectorException e) {
        stage.heard("a closed reader says " + e.problem().code());
      }
    }
  }

  /** All that makes a connector say why it cannot read; the guard hears what it says. */
  private static void refusals(SourceStage stage) {
    SourcePrivacyScenarios.provoke(stage, unknown(stage), null, stage.testbed().settings());
    for (Stock stock : stage.streams()) {
      SourcePrivacyScenarios.provoke(
          stage, stock.stream(), null, stage.testbed().missingSettings());
      stage.check(stock.stream(), null, stage.testbed().missingSettings());
      for (String nonsense : CursorScenarios.NONSENSE) {
        SourcePrivacyScenarios.provoke(
            stage, stock.stream(), new Cursor(nonsense), stage.testbed().settings());
      }
    }
  }

  static String unknown(SourceStage stage) {
    StringBuilder name = new StringBuilder("no-such-stream");
    while (stage.descriptor().stream(name.toString()).isPresent()) {
      name.append("-either");
    }
    return name.toString();
  }

  private static void anUnknownStreamIsRefused(SourceStage stage) {
    Optional<Problem> refused = stage.refusal(unknown(stage), null, stage.testbed().settings());
    stage.expect(
        refused
            .map(Problem::kind)
            .filter(
                kind -> kind == ProblemKind.CONFIGURATION || kind == ProblemKind.TARGET_NOT_FOUND)
            .isPresent(),
        "a stream that does not exist to be refused as CONFIGURATION or TARGET_NOT_FOUND",
        words(refused.orElse(null)));
  }

  static String words(@Nullable Problem refused) {
    return refused == null
        ? "it was not refused"
        : "it was refused as " + refused.kind() + " (" + refused.code() + ")";
  }

  private static void whatIsMissingIsNotEmpty(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      Optional<Problem> refused =
          stage.refusal(stock.stream(), null, stage.testbed().missingSettings());
      stage.expect(
          refused.map(Problem::kind).filter(SETTABLE::contains).isPresent(),
          "what does not exist to be refused, with a kind that a person can act on",
          words(refused.orElse(null)));
    }
  }

  private static void aFailureIsNoEnd(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      List<Portion.Came> whole = Due.rows(CursorScenarios.all(stage, stock));
      List<Portion> before = new ArrayList<>();
      boolean told = false;
      try (Reading reading = stage.open(stock, null)) {
        reading.read().ifPresent(before::add);
        SourceTestbed.Outage failing = stage.failure().orElseThrow();
        try (failing) {
          Optional<Portion> next = reading.tryRead();
          while (next.isPresent()) {
            before.add(next.get());
            next = reading.tryRead();
          }
        } catch (ConnectorException e) {
          told = true;
        }
      }
      stage.heard("the system works again");
      int rows = Due.rows(before).size();
      stage.expect(
          told || rows == whole.size(),
          "a failure to be told by an exception, not taken for the end of " + stock.stream(),
          "the end came after " + rows + " of " + whole.size() + " records");
      stage.expect(!before.isEmpty(), "a batch of " + stock.stream(), "the end came");
      try (Reading reading = stage.open(stock, before.get(before.size() - 1).resumeFrom())) {
        List<Portion> all = new ArrayList<>(before);
        all.addAll(reading.rest());
        Due.same(stage, "before and after the failure", whole, all);
      }
    }
  }
}
