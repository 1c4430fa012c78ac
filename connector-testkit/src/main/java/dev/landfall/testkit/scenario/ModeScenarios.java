package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Modes: D-4. */
final class ModeScenarios {

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-4.1", ModeScenarios::addPutsIn),
          new Scenario("D-4.2", ModeScenarios::removeTakesOut),
          new Scenario("D-4.3", ModeScenarios::undeclaredModesAreRefused),
          new Scenario("D-4.4", ModeScenarios::everyDeclaredModeWorks),
          new Scenario("D-4.5", ModeScenarios::openGivesASessionOrSaysWhyNot));

  private ModeScenarios() {}

  private static void addPutsIn(Stage stage) {
    Target target = stage.target();
    try (Session session = stage.open(target)) {
      Members.land(stage, session, stage.addKind(), stage.members(3));
    }
    int in = stage.testbed().members(target.settings()).size();
    stage.expect(in == 3, "3 members in the target", "there are " + in);
  }

  private static void removeTakesOut(Stage stage) {
    Target target = stage.target();
    List<Member> members = stage.members(4);
    try (Session session = Members.withIn(stage, target, members)) {
      Members.land(stage, session, stage.removeKind(), members.subList(1, 3));
    }
    int in = stage.testbed().members(target.settings()).size();
    stage.expect(in == 2, "2 of 4 members left in the target", "there are " + in);
  }

  private static void undeclaredModesAreRefused(Stage stage) {
    Target target = stage.target();
    for (SyncMode mode : stage.undeclared()) {
      long before = stage.calls();
      Optional<Problem> refusal = stage.refusal(target, mode);
      stage.expect(
          refusal.filter(p -> p.kind() == ProblemKind.CONFIGURATION).isPresent(),
          "a problem of kind CONFIGURATION for mode " + mode.word(),
          refusal.map(p -> "it was " + p.kind()).orElse("a session was opened"));
      stage.expect(
          stage.calls() == before,
          "no call for a mode that is not declared",
          "the system saw " + (stage.calls() - before));
    }
  }

  private static void everyDeclaredModeWorks(Stage stage) {
    for (SyncMode mode : stage.descriptor().modes()) {
      Target target = stage.target();
      Member there = stage.member();
      Members.putIn(stage, target, List.of(there));
      try (Session session = stage.open(target, mode, stage.testbed().connection())) {
        for (ChangeKind kind : mode.changeKinds()) {
          session
              .deliver(kind, needsOneThere(stage, kind) ? there : stage.member())
              .none(Outcome.Rejected.class);
        }
      }
    }
  }

  private static boolean needsOneThere(Stage stage, ChangeKind kind) {
    return kind == stage.removeKind() || kind == ChangeKind.UPDATE;
  }

  /** The guard sees what else is thrown; this opens where there is most to throw. */
  private static void openGivesASessionOrSaysWhyNot(Stage stage) {
    Target target = stage.target();
    opened(stage, target, stage.testbed().connection());
    opened(stage, Members.missing(stage), stage.testbed().connection());
    if (stage.testbed().injectsFaults()) {
      Map<String, Object> impatient = stage.testbed().impatientConnection();
      for (Fault fault :
          Troubles.of(stage, Troubles.all(), () -> opened(stage, target, impatient))) {
        stage.during(fault, () -> opened(stage, target, impatient));
      }
    }
    for (SyncMode mode : stage.undeclared()) {
      stage.heard(stage.refusal(target, mode).isEmpty() ? "a session" : "no session");
    }
    if (stage.refuseCredentials()) {
      opened(stage, target, stage.testbed().impatientConnection());
    }
  }

  private static void opened(Stage stage, Target target, Map<String, Object> connection) {
    try (Session session = stage.tryOpen(target, stage.mode(stage.addKind()), connection)) {
      stage.heard("opened, for adds: " + session.handles(stage.addKind()));
    } catch (ConnectorException e) {
      stage.heard("no session");
    }
  }
}
