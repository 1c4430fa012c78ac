package dev.landfall.testkit.scenario;

import dev.landfall.connector.Malformed;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.stage.Portion;
import dev.landfall.testkit.stage.Reading;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.Stock;
import java.util.ArrayList;
import java.util.List;

/** What is no row: S-5. */
final class MalformedScenarios {

  static final List<SourceScenario> ALL =
      List.of(
          new SourceScenario("S-5.1", MalformedScenarios::nothingIsLost),
          new SourceScenario("S-5.2", MalformedScenarios::itIsSaidWhere),
          new SourceScenario("S-5.3", MalformedScenarios::cursorsCountItToo),
          new SourceScenario("S-5.4", MalformedScenarios::itIsAboutARecord));

  private MalformedScenarios() {}

  /** At the beginning, between rows, one after the other, and at the end; false if none can be. */
  private static boolean mixed(SourceStage stage, Stock stock) {
    if (!stock.addMalformed()) {
      return false;
    }
    stock.add(1 + stage.random().nextInt(3));
    stock.addMalformed();
    stock.addMalformed();
    stock.add(stage.several());
    stock.addMalformed();
    return true;
  }

  private static void nothingIsLost(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      if (stock.addMalformed()) {
        List<Portion> alone = CursorScenarios.all(stage, stock);
        Due.rows(stage, "of something malformed alone", List.of(), alone);
        Due.malformed(stage, "with no row around", stock.malformed(), alone);
        mixed(stage, stock);
        List<Portion> all = CursorScenarios.all(stage, stock);
        Due.rows(stage, "around what is malformed", stock.after(0), all);
        Due.malformed(stage, "among the rows", stock.malformed(), all);
      }
    }
  }

  private static void itIsSaidWhere(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      if (mixed(stage, stock)) {
        List<Malformed> first = Due.malformed(CursorScenarios.all(stage, stock));
        stage.expect(
            places(first).equals(places(Due.malformed(CursorScenarios.all(stage, stock)))),
            "the same places of what is malformed at every reading",
            "they differ");
      }
    }
  }

  private static void cursorsCountItToo(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      if (mixed(stage, stock)) {
        List<Portion> portions = CursorScenarios.all(stage, stock);
        List<Malformed> whole = Due.malformed(portions);
        for (int place : CursorScenarios.some(stage, portions.size())) {
          List<Portion> parts = new ArrayList<>(portions.subList(0, place + 1));
          try (Reading reading = stage.open(stock, portions.get(place).resumeFrom())) {
            parts.addAll(reading.rest());
          }
          String when = "before and after the cursor of batch " + (place + 1);
          Due.malformed(stage, when, Due.raws(portions), parts);
          stage.expect(
              places(whole).equals(places(Due.malformed(parts))),
              "the same places of what is malformed " + when,
              "they differ");
        }
      }
    }
  }

  private static List<String> places(List<Malformed> malformed) {
    return malformed.stream().map(m -> m.origin() + ":" + m.position()).toList();
  }

  private static void itIsAboutARecord(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      if (mixed(stage, stock)) {
        for (Malformed malformed : Due.malformed(CursorScenarios.all(stage, stock))) {
          stage.expect(
              malformed.problem().kind() == ProblemKind.RECORD,
              "a problem of kind RECORD with what is malformed",
              "it was " + malformed.problem().kind() + " (" + malformed.problem().code() + ")");
        }
      }
    }
  }
}
