package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.stage.Portion;
import dev.landfall.testkit.stage.Reading;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.Stock;
import dev.landfall.testkit.stage.Violated;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must not be said: S-8. The guard looks in every scenario; these make connectors talk. */
final class SourcePrivacyScenarios {

  static final List<SourceScenario> ALL =
      List.of(
          new SourceScenario("S-8.1", SourcePrivacyScenarios::talk),
          new SourceScenario("S-8.2", SourcePrivacyScenarios::talk),
          new SourceScenario("S-8.3", SourcePrivacyScenarios::talk),
          new SourceScenario("S-8.4", SourcePrivacyScenarios::talk));

  private SourcePrivacyScenarios() {}

  private static void talk(SourceStage stage) {
    Map<String, Object> right = stage.testbed().settings();
    stage.check(SourceRowScenarios.unknown(stage), null, right);
    provoke(stage, SourceRowScenarios.unknown(stage), null, right);
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      stock.addMalformed();
      stock.add(2);
      List<Portion> portions = read(stage, stock);
      stage.check(stock.stream(), null, right);
      stage.check(stock.stream(), null, stage.testbed().missingSettings());
      provoke(stage, stock.stream(), null, stage.testbed().missingSettings());
      for (String nonsense : CursorScenarios.NONSENSE) {
        provoke(stage, stock.stream(), new Cursor(nonsense), right);
      }
      for (Portion portion : portions) {
        // A cursor may hold a record's key; who cannot read it must not repeat it.
        provoke(stage, stock.stream(), new Cursor(portion.resumeFrom().value() + "?!"), right);
      }
      failing(stage, stock);
    }
  }

  /** The system fails those who begin to read, and those who have begun. */
  private static void failing(SourceStage stage, Stock stock) {
    try (Reading reading = stage.open(stock, null)) {
      reading.read();
      Optional<SourceTestbed.Outage> failure = stage.failure();
      if (failure.isPresent()) {
        SourceTestbed.Outage failing = failure.get();
        try (failing) {
          stage.check(stock.stream(), null, stage.testbed().settings());
          provoke(stage, stock.stream(), null, stage.testbed().settings());
          Optional<Portion> next = reading.tryRead();
          while (next.isPresent()) {
            next = reading.tryRead();
          }
        } catch (ConnectorException e) {
          stage.heard("the reader says " + e.problem().code());
        }
      }
    } catch (Violated e) {
      stage.heard("it did not read as it should");
    }
  }

  /** All that can be read; that it is all is for other rules. */
  private static List<Portion> read(SourceStage stage, Stock stock) {
    try {
      return CursorScenarios.all(stage, stock);
    } catch (Violated e) {
      stage.heard("it did not read as it should");
      return List.of();
    }
  }

  /** Has it refuse; what else comes of it the guard has found, and is for other rules. */
  static void provoke(
      SourceStage stage, String stream, @Nullable Cursor from, Map<String, Object> raw) {
    try {
      stage.heard(stage.refusal(stream, from, raw).isPresent() ? "no reader" : "a reader");
    } catch (Violated e) {
      stage.heard("it did not refuse as it should");
    }
  }
}
