package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Outcomes: D-5. Many of these rules are also watched over in every other scenario. */
final class OutcomeScenarios {

  private static final int MOST = 10_000;

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-5.1", OutcomeScenarios::oneForEachRow),
          new Scenario("D-5.2", OutcomeScenarios::inTheOrderOfTheRows),
          new Scenario("D-5.3", OutcomeScenarios::anEmptyBatchAsksNobody),
          new Scenario("D-5.4", OutcomeScenarios::theLargestBatchIsDeliveredWhole),
          new Scenario("D-5.5", OutcomeScenarios::claimsHold),
          new Scenario("D-5.6", OutcomeScenarios::oneRefusedSparesTheRest),
          new Scenario("D-5.7", OutcomeScenarios::alreadyThereIsDelivered),
          new Scenario("D-5.8", OutcomeScenarios::alreadyGoneIsDelivered),
          new Scenario("D-5.9", OutcomeScenarios::deliverDoesNotThrow),
          new Scenario("D-5.10", OutcomeScenarios::aForbiddenTargetStops),
          new Scenario("D-5.11", OutcomeScenarios::problemsTellWhatToDo),
          new Scenario("D-5.12", OutcomeScenarios::effectsAreTrue),
          new Scenario("D-5.13", OutcomeScenarios::acceptedCanBeConfirmed),
          new Scenario("D-5.14", OutcomeScenarios::pendingUntilItIsSettled),
          new Scenario("D-5.15", OutcomeScenarios::anotherSessionConfirms),
          new Scenario("D-5.18", OutcomeScenarios::problemsTellWhatToDo),
          new Scenario("D-5.19", OutcomeScenarios::nothingIsClaimedOfAMissingTarget));

  private OutcomeScenarios() {}

  private static void oneForEachRow(Stage stage) {
    try (Session session = stage.open(stage.target())) {
      int largest = Math.min(stage.descriptor().largestBatch(), 50);
      for (int size : new int[] {1, largest, 1 + stage.random().nextInt(largest)}) {
        session.deliver(stage.addKind(), stage.members(size));
      }
    }
  }

  private static void inTheOrderOfTheRows(Stage stage) {
    try (Session session = stage.open(stage.target())) {
      for (int round = 0; round < 3; round++) {
        List<Member> members = new ArrayList<>(stage.members(7));
        Member refused = stage.refused();
        members.add(stage.random().nextInt(members.size() + 1), refused);
        Answered answered = delivered(stage, session, members);
        for (Member member : members) {
          answered.is(
              member, member.equals(refused) ? Outcome.Rejected.class : Outcome.Delivered.class);
        }
      }
    }
  }

  private static void anEmptyBatchAsksNobody(Stage stage) {
    try (Session session = stage.open(stage.target())) {
      session.deliver(stage.addKind(), stage.member());
      long before = stage.calls();
      Answered answered = session.deliver(stage.addKind(), List.of());
      stage.expect(answered.stop().isEmpty(), "no stop for an empty batch", "there was a stop");
      stage.expect(
          stage.calls() == before,
          "no call for an empty batch",
          "the system saw " + (stage.calls() - before));
    }
  }

  private static void theLargestBatchIsDeliveredWhole(Stage stage) {
    Target target = stage.target();
    int size = Math.min(stage.descriptor().largestBatch(), MOST);
    try (Session session = stage.open(target)) {
      Members.land(stage, session, stage.addKind(), stage.members(size));
    }
    int in = stage.testbed().members(target.settings()).size();
    stage.expect(in == size, size + " members in the target", "there are " + in);
  }

  private static void claimsHold(Stage stage) {
    Target target = stage.target();
    List<Member> members = stage.members(6);
    try (Session session = stage.open(target)) {
      delivered(stage, session, members);
    }
    ChangeKind removal = stage.removeKind();
    if (stage.delivers(removal)) {
      List<Member> some = members.subList(0, 2);
      try (Session session =
          stage.open(target, stage.mode(removal), stage.testbed().connection())) {
        Receipts.settled(stage, session, removal, some, session.deliver(removal, some));
      }
    }
    try (Session session = stage.open(target)) {
      delivered(stage, session, members.subList(1, 4));
      if (stage.testbed().refusedMember(0).isPresent()) {
        delivered(stage, session, List.of(stage.refused()));
      }
      if (stage.testbed().injectsFaults()) {
        String adds = stage.testbed().callsFor(stage.addKind());
        stage.inject(Fault.answering(503).notApplied().onCalls(adds).times(1));
        delivered(stage, session, stage.members(1));
      }
    }
  }

  private static void oneRefusedSparesTheRest(Stage stage) {
    List<Member> members = new ArrayList<>(stage.members(3));
    Member refused = stage.refused();
    members.add(1, refused);
    try (Session session = stage.open(stage.target())) {
      Answered answered = delivered(stage, session, members);
      answered.is(refused, Outcome.Rejected.class);
      members.remove(refused);
      members.forEach(member -> answered.is(member, Outcome.Delivered.class));
      stage.expect(answered.stop().isEmpty(), "no stop for one refused member", "there was a stop");
    }
  }

  private static void alreadyThereIsDelivered(Stage stage) {
    Target target = stage.target();
    List<Member> members = stage.members(2);
    try (Session session = stage.open(target)) {
      Members.land(stage, session, stage.addKind(), members);
      Members.land(stage, session, stage.addKind(), members);
    }
    Members.expect(stage, target, members);
  }

  private static void alreadyGoneIsDelivered(Stage stage) {
    List<Member> members = stage.members(3);
    List<Member> gone = members.subList(0, 2);
    Target target = stage.target();
    try (Session session = Members.withIn(stage, target, members)) {
      Members.land(stage, session, stage.removeKind(), gone);
      Members.land(stage, session, stage.removeKind(), gone);
    }
    Members.expect(stage, target, members.subList(2, 3));
  }

  private static void deliverDoesNotThrow(Stage stage) {
    Target target = stage.target();
    Session session = stage.openImpatient(target);
    try (session) {
      List<Member> early = stage.members(1);
      Map<Receipt, List<Member>> receipts =
          Receipts.of(early, session.deliver(stage.addKind(), early));
      Receipts.ask(session, stage.addKind(), receipts);
      if (stage.testbed().injectsFaults()) {
        for (Fault fault : Troubles.all()) {
          stage.during(fault.times(1), () -> session.deliver(stage.addKind(), stage.member()));
          if (!receipts.isEmpty()) {
            stage.during(fault.times(1), () -> Receipts.ask(session, stage.addKind(), receipts));
          }
        }
      }
    }
    session.deliver(stage.addKind(), stage.member());
  }

  private static void aForbiddenTargetStops(Stage stage) {
    String calls = stage.testbed().callsFor(stage.addKind());
    try (Session session = stage.open(stage.target())) {
      stage.inject(Fault.answering(403).notApplied().onCalls(calls));
      List<Member> members = stage.members(3);
      Answered answered = session.deliver(stage.addKind(), members);
      answered.stoppedFor(ProblemKind.PERMISSION).all(Outcome.NotAttempted.class);
    }
  }

  private static void problemsTellWhatToDo(Stage stage) {
    try (Session session = stage.openImpatient(stage.target())) {
      if (stage.testbed().refusedMember(0).isPresent()) {
        delivered(stage, session, List.of(stage.refused()));
      }
      session.deliver(stage.addKind(), stage.odd("member with an empty key", ""));
      if (stage.testbed().injectsFaults()) {
        for (int status : new int[] {400, 403, 429, 500}) {
          stage.during(
              Fault.answering(status).notApplied().times(1),
              () -> session.deliver(stage.addKind(), stage.member()));
        }
      }
    }
    stage.check(stage.testbed().impatientConnection(), stage.testbed().missingTarget());
  }

  /** The guard reckons with effects; this makes a change, and then the same that is none. */
  private static void effectsAreTrue(Stage stage) {
    List<Member> members = stage.members(2);
    try (Session session = stage.open(stage.target())) {
      delivered(stage, session, members);
      delivered(stage, session, members);
    }
  }

  private static void acceptedCanBeConfirmed(Stage stage) {
    List<Member> members = stage.members(2);
    try (Session session = stage.open(stage.target())) {
      Members.land(stage, session, stage.addKind(), members);
      Members.land(stage, session, stage.addKind(), members);
    }
  }

  private static void pendingUntilItIsSettled(Stage stage) {
    List<Member> members = stage.members(3);
    try (Session session = stage.open(stage.target())) {
      Answered answered = session.deliver(stage.addKind(), members);
      Receipts.of(members, answered)
          .forEach(
              (receipt, those) ->
                  stage.expect(
                      session.confirm(stage.addKind(), those, receipt).isEmpty(),
                      "pending while the system has settled nothing",
                      "confirm gave outcomes"));
      Receipts.settled(stage, session, stage.addKind(), members, answered)
          .all(Outcome.Delivered.class);
    }
  }

  private static void anotherSessionConfirms(Stage stage) {
    Target target = stage.target();
    List<Member> members = stage.members(3);
    Answered answered;
    try (Session session = stage.open(target)) {
      answered = session.deliver(stage.addKind(), members);
    }
    try (Session later = stage.open(target)) {
      Receipts.settled(stage, later, stage.addKind(), members, answered)
          .all(Outcome.Delivered.class);
    }
  }

  private static void nothingIsClaimedOfAMissingTarget(Stage stage) {
    Target missing = Members.missing(stage);
    for (ChangeKind kind : Members.kinds(stage)) {
      List<Member> members = stage.members(2);
      try (Session session =
          stage.tryOpen(missing, stage.mode(kind), stage.testbed().connection())) {
        Receipts.settled(stage, session, kind, members, session.deliver(kind, members))
            .none(Outcome.Delivered.class)
            .none(Outcome.Rejected.class);
      } catch (ConnectorException e) {
        stage.heard("no session");
      }
    }
  }

  private static Answered delivered(Stage stage, Session session, List<Member> members) {
    return Receipts.settled(
        stage, session, stage.addKind(), members, session.deliver(stage.addKind(), members));
  }
}
