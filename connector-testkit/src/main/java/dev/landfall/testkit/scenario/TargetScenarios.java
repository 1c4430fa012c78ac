package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets that the connector makes: D-4.6 and what follows it. */
final class TargetScenarios {

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-4.6", TargetScenarios::whatIsMissingIsMadeOnce),
          new Scenario("D-4.7", TargetScenarios::whatIsGoneIsNotMadeAnew));

  private TargetScenarios() {}

  private static void whatIsMissingIsMadeOnce(Stage stage) {
    Target target = stage.targetToMake();
    List<Member> members = stage.members(4);
    for (List<Member> some : List.of(members.subList(0, 2), members.subList(2, 4))) {
      try (Session session = stage.open(target)) {
        Members.land(stage, session, stage.addKind(), some);
      }
    }
    int in = stage.testbed().members(target.settings()).size();
    stage.expect(in == 4, "the 4 of both sessions in the target", "there are " + in);
  }

  private static void whatIsGoneIsNotMadeAnew(Stage stage) {
    Target gone = stage.targetToMake();
    int targets = stage.testbed().targets();
    Problem problem = refusal(stage, gone);
    stage.expect(
        problem != null && problem.kind() == ProblemKind.TARGET_NOT_FOUND,
        "TARGET_NOT_FOUND for a target that earlier runs wrote to and that is missing",
        problem == null ? "there was neither a refusal nor a stop" : "it was " + problem.kind());
    stage.expect(
        stage.testbed().targets() == targets,
        "no target made where earlier runs wrote to one",
        "there are " + stage.testbed().targets() + " instead of " + targets);
    Target there = stage.targetToMake();
    try (Session session = stage.open(there)) {
      Members.land(stage, session, stage.addKind(), stage.members(1));
    }
    Problem unwarranted = refusal(stage, there);
    stage.expect(
        unwarranted == null,
        "a target that earlier runs wrote to, and that is there, to be written to again",
        unwarranted == null ? "" : "it was " + unwarranted.kind());
  }

  private static @Nullable Problem refusal(Stage stage, Target target) {
    try (Session session = stage.tryOpenAgain(target)) {
      return session.deliver(stage.addKind(), stage.member()).stop().orElse(null);
    } catch (ConnectorException e) {
      return e.problem();
    }
  }
}
