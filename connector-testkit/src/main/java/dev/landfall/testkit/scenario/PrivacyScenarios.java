package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import dev.landfall.testkit.stage.Violated;
import java.util.ArrayList;
import java.util.List;

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
      stage.heard(stage.refusal(target, mode).isEmpty() ? "a session" : "no session");
    }
    try (Session session = stage.openImpatient(target)) {
      List<Member> members = new ArrayList<>(stage.members(3));
      if (stage.testbed().refusedMember(0).isPresent()) {
        session.deliver(stage.addKind(), stage.refused());
        members.add(1, stage.refused());
      }
      session.deliver(stage.addKind(), members);
      session.deliver(stage.addKind(), stage.odd("member with an odd key", "odd/../member?"));
      if (stage.testbed().injectsFaults()) {
        Runnable work =
            () -> {
              session.deliver(stage.addKind(), stage.member());
              stage.check(stage.testbed().impatientConnection(), target.settings());
              opened(stage, target);
            };
        for (Fault fault : Troubles.of(stage, Troubles.all(), work)) {
          stage.during(fault, work);
        }
      }
    }
    if (stage.refuseCredentials()) {
      stage.check(stage.testbed().impatientConnection(), target.settings());
      opened(stage, target);
    }
  }

  private static void opened(Stage stage, Target target) {
    try (Session session =
        stage.tryOpen(target, stage.mode(stage.addKind()), stage.testbed().impatientConnection())) {
      session.deliver(stage.addKind(), stage.member());
    } catch (ConnectorException | Violated e) {
      // The stage has looked at it; whether it may be thrown is for other rules.
      stage.heard("no session");
    }
  }
}
