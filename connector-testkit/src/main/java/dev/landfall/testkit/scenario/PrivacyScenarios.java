package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DescribesFields;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import dev.landfall.testkit.stage.Violated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must not be said: D-10. The guard looks in every scenario; these make connectors talk. */
final class PrivacyScenarios {

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-10.1", PrivacyScenarios::talk),
          new Scenario("D-10.2", PrivacyScenarios::talk),
          new Scenario("D-10.3", PrivacyScenarios::talk));

  private PrivacyScenarios() {}

  private static void talk(Stage stage) {
    Target target = stage.target();
    for (SyncMode mode : stage.undeclared()) {
      refused(stage, target, mode);
    }
    try (Session session = stage.openImpatient(target)) {
      List<Member> members = new ArrayList<>(stage.members(3));
      if (stage.testbed().refusedMember(0).isPresent()) {
        session.deliver(stage.addKind(), stage.refused());
        members.add(1, stage.refused());
      }
      Map<Receipt, List<Member>> receipts =
          Receipts.of(members, session.deliver(stage.addKind(), members));
      session.deliver(stage.addKind(), stage.odd("member with an odd key", "odd/../member?"));
      if (stage.testbed().injectsFaults()) {
        Runnable work =
            () -> {
              session.deliver(stage.addKind(), stage.member());
              Receipts.ask(session, stage.addKind(), receipts);
              stage.check(stage.testbed().impatientConnection(), target.settings());
              fields(stage, target.settings());
              opened(stage, target);
            };
        for (Fault fault : Troubles.of(stage, Troubles.all(), work)) {
          stage.during(fault, work);
        }
      }
    }
    stage.check(stage.testbed().impatientConnection(), stage.testbed().missingTarget());
    fields(stage, stage.testbed().missingTarget());
    if (stage.refuseCredentials()) {
      stage.check(stage.testbed().impatientConnection(), target.settings());
      fields(stage, target.settings());
      opened(stage, target);
    }
  }

  private static void refused(Stage stage, Target target, SyncMode mode) {
    try {
      stage.heard(stage.refusal(target, mode).isEmpty() ? "a session" : "no session");
    } catch (Violated e) {
      // The stage has looked at it; whether it may be thrown is for other rules.
      stage.heard("no session");
    }
  }

  private static void fields(Stage stage, Map<String, Object> target) {
    if (stage.destination() instanceof DescribesFields) {
      try {
        int told = stage.fields(stage.testbed().impatientConnection(), target).size();
        stage.heard(told + " fields");
      } catch (ConnectorException | Violated e) {
        // As when a session is refused.
        stage.heard("no fields");
      }
    }
  }

  private static void opened(Stage stage, Target target) {
    try (Session session =
        stage.tryOpen(target, stage.mode(stage.addKind()), stage.testbed().impatientConnection())) {
      session.deliver(stage.addKind(), stage.member());
    } catch (ConnectorException | Violated e) {
      // As when it is refused.
      stage.heard("no session");
    }
  }
}
