package dev.landfall.testkit.scenario;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import java.util.List;
import java.util.Map;

/** What was only accepted, asked for where that is hard: of D-5 and D-8. */
final class ConfirmationScenarios {

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-5.16", ConfirmationScenarios::whatCannotBeAskedForIsPending),
          new Scenario("D-5.17", ConfirmationScenarios::whatIsSettledIsFinal),
          new Scenario("D-8.10", ConfirmationScenarios::closeFreesABlockedConfirm));

  /** None of them says anything of what was taken on. */
  private static final List<Fault> NO_ANSWER =
      List.of(
          Fault.answering(500).notApplied(),
          Fault.answering(502).notApplied(),
          Fault.answering(503).notApplied(),
          Fault.answering(429, "17").notApplied(),
          Fault.answering(401).notApplied(),
          Fault.answering(403).notApplied(),
          Fault.answering(Answer.of(302)).notApplied(),
          Fault.cut().notApplied(),
          Fault.html().notApplied(),
          Fault.errorsInside().notApplied(),
          Fault.truncated().notApplied(),
          Fault.brokenBody().notApplied());

  private ConfirmationScenarios() {}

  private static void whatCannotBeAskedForIsPending(Stage stage) {
    List<Member> members = stage.members(3);
    try (Session session = stage.openImpatient(stage.target())) {
      Answered answered = session.deliver(stage.addKind(), members);
      Map<Receipt, List<Member>> receipts = Receipts.of(members, answered);
      stage.note("the system settles " + stage.testbed().settleAccepted() + " changes");
      for (Fault fault : NO_ANSWER) {
        stage.during(
            fault,
            () ->
                receipts.forEach(
                    (receipt, those) ->
                        stage.expect(
                            session.confirm(stage.addKind(), those, receipt).isEmpty(),
                            "pending while the system gives no answer of use",
                            "confirm gave outcomes")));
      }
      Receipts.settled(stage, session, stage.addKind(), members, answered)
          .all(Outcome.Delivered.class);
    }
  }

  /** The guard looks at every confirmation; this has them of both directions. */
  private static void whatIsSettledIsFinal(Stage stage) {
    for (ChangeKind kind : Members.kinds(stage)) {
      List<Member> members = stage.members(3);
      try (Session session = Members.impatient(stage, stage.target(), kind, members)) {
        Answered unused =
            Receipts.settled(stage, session, kind, members, session.deliver(kind, members));
      }
    }
  }

  private static void closeFreesABlockedConfirm(Stage stage) throws InterruptedException {
    List<Member> members = stage.members(2);
    Session session = stage.open(stage.target());
    Answered answered = session.deliver(stage.addKind(), members);
    stage.inject(Fault.silence().notApplied());
    Closing.frees(
        stage,
        session,
        "confirm",
        () ->
            Receipts.of(members, answered)
                .forEach(
                    (receipt, those) ->
                        stage.expect(
                            session.confirm(stage.addKind(), those, receipt).isEmpty(),
                            "pending, because the session was closed before there was an answer",
                            "confirm gave outcomes")));
  }
}
