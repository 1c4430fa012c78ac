package dev.landfall.testkit.scenario;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Status;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The check: D-9. */
final class CheckScenarios {

  /** What a person can change about a target that does not exist. */
  private static final Set<ProblemKind> ABSENT =
      EnumSet.of(ProblemKind.TARGET_NOT_FOUND, ProblemKind.CONFIGURATION);

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-9.1", CheckScenarios::whatIsRightPasses),
          new Scenario("D-9.2", CheckScenarios::wrongCredentialsFail),
          new Scenario("D-9.3", CheckScenarios::aMissingTargetDoesNotPass),
          new Scenario("D-9.4", CheckScenarios::aSystemThatIsDownDoesNotPass),
          new Scenario("D-9.5", CheckScenarios::checkChangesNothing),
          new Scenario("D-9.6", CheckScenarios::checkDoesNotThrow),
          new Scenario("D-9.7", CheckScenarios::itemsTellWhatWasSeen),
          new Scenario("D-9.8", CheckScenarios::fieldsAreThoseOfTheTarget));

  private static final List<Fault> USELESS =
      List.of(
          Fault.answering(503).notApplied(), Fault.cut().notApplied(), Fault.html().notApplied());

  private CheckScenarios() {}

  private static CheckReport check(Stage stage) {
    return stage.check(stage.testbed().impatientConnection(), stage.target().settings());
  }

  private static void whatIsRightPasses(Stage stage) {
    CheckReport report = check(stage);
    stage.expect(report.ok(), "no failed item for a target that is right", words(report));
    stage.expect(
        report.items().stream().anyMatch(i -> i.status() == Status.PASSED),
        "at least one item that passed",
        words(report));
  }

  private static void wrongCredentialsFail(Stage stage) {
    Target target = stage.target();
    stage.expect(stage.refuseCredentials(), "a system that checks credentials", "it has none");
    CheckReport report = stage.check(stage.testbed().impatientConnection(), target.settings());
    stage.expect(
        problems(report).contains(ProblemKind.AUTHENTICATION),
        "a failed item of kind AUTHENTICATION",
        words(report));
  }

  private static void aMissingTargetDoesNotPass(Stage stage) {
    CheckReport report =
        stage.check(stage.testbed().impatientConnection(), stage.testbed().missingTarget());
    stage.expect(
        report.items().stream().anyMatch(i -> i.status() != Status.PASSED),
        "an item that failed or is unverified for a target that does not exist",
        words(report));
    Set<ProblemKind> told = Set.copyOf(problems(report));
    stage.expect(
        told.isEmpty() || told.contains(ProblemKind.TARGET_NOT_FOUND),
        "a failed item of kind TARGET_NOT_FOUND, or none",
        words(report));
  }

  private static void aSystemThatIsDownDoesNotPass(Stage stage) {
    List<Fault> down = new ArrayList<>(USELESS);
    down.add(Fault.silence().notApplied());
    for (Fault fault : Troubles.of(stage, down, () -> check(stage))) {
      stage.during(fault, () -> unanswered(stage, check(stage)));
    }
    stage
        .testbed()
        .unreachableConnection()
        .ifPresent(nowhere -> unanswered(stage, stage.check(nowhere, stage.target().settings())));
  }

  private static void unanswered(Stage stage, CheckReport report) {
    stage.expect(
        report.items().stream().anyMatch(i -> i.status() != Status.PASSED),
        "an item that failed or is unverified while the system answers nothing of use",
        words(report));
    stage.expect(
        !problems(report).contains(ProblemKind.AUTHENTICATION),
        "nothing said of the credentials, which nobody refused",
        words(report));
  }

  private static void checkChangesNothing(Stage stage) {
    Target target = stage.target();
    stage.check(stage.testbed().connection(), target.settings());
    int targets = stage.testbed().targets();
    stage.check(stage.testbed().connection(), stage.testbed().missingTarget());
    stage
        .testbed()
        .targetToMake(target.number() + 1)
        .ifPresent(toMake -> stage.check(stage.testbed().connection(), toMake));
    stage.expect(
        stage.testbed().targets() == targets,
        "no target made by a check",
        "there are " + stage.testbed().targets() + " instead of " + targets);
    int in = stage.testbed().members(target.settings()).size();
    stage.expect(in == 0, "nobody put into a target by a check", "there are " + in);
  }

  private static void checkDoesNotThrow(Stage stage) {
    for (Fault fault : Troubles.of(stage, Troubles.all(), () -> check(stage))) {
      stage.during(fault.after(Duration.ZERO), () -> check(stage));
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

  /** The guard looks at every item; this makes the check say what it can. */
  private static void itemsTellWhatWasSeen(Stage stage) {
    check(stage);
    stage.check(stage.testbed().impatientConnection(), stage.testbed().missingTarget());
    if (stage.testbed().injectsFaults()) {
      List<Fault> refusals =
          Stream.of(401, 403, 429, 500)
              .map(status -> Fault.answering(status).notApplied())
              .toList();
      for (Fault fault : Troubles.of(stage, refusals, () -> check(stage))) {
        stage.during(fault, () -> check(stage));
      }
    }
  }

  private static void fieldsAreThoseOfTheTarget(Stage stage) {
    List<FieldSpec> fields = stage.fields(stage.testbed().connection(), stage.target().settings());
    List<String> names = fields.stream().map(FieldSpec::name).toList();
    stage.expect(
        Set.copyOf(names).size() == names.size(),
        "fields with names of their own",
        "two are alike");
    for (FieldSpec declared : stage.descriptor().fields()) {
      stage.expect(
          names.contains(declared.name()),
          "the field " + declared.name() + ", which the connector declares, in the target too",
          "the target's fields are " + names);
    }
    try {
      int found =
          stage.fields(stage.testbed().connection(), stage.testbed().missingTarget()).size();
      stage.expect(
          false, "a ConnectorException for a target that does not exist", found + " fields came");
    } catch (ConnectorException e) {
      stage.expect(
          ABSENT.contains(e.problem().kind()),
          "a problem of one of the kinds " + ABSENT,
          "it was " + e.problem().kind() + " (" + e.problem().code() + ")");
    }
    if (stage.testbed().injectsFaults()) {
      Runnable asked = () -> fieldsOrAProblem(stage);
      for (Fault fault : Troubles.of(stage, USELESS, asked)) {
        stage.during(fault, asked);
      }
    }
  }

  /** The guard sees what else is thrown. */
  private static void fieldsOrAProblem(Stage stage) {
    try {
      int found =
          stage.fields(stage.testbed().impatientConnection(), stage.target().settings()).size();
      stage.heard(found + " fields");
    } catch (ConnectorException e) {
      stage.heard("no fields");
    }
  }
}
