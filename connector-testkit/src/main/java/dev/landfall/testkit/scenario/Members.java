package dev.landfall.testkit.scenario;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What several scenarios begin with. */
final class Members {

  private Members() {}

  /** Delivers members and sees them land, at once or by confirmation. */
  static void land(Stage stage, Session session, ChangeKind kind, List<Member> members) {
    Receipts.settled(stage, session, kind, members, session.deliver(kind, members))
        .all(Outcome.Delivered.class);
  }

  /** Ends the scenario unless exactly these are in the target. */
  static void expect(Stage stage, Target target, List<Member> expected) {
    Set<String> in = stage.testbed().members(target.settings());
    stage.expect(
        in.equals(expected.stream().map(Member::name).collect(Collectors.toSet())),
        "exactly " + expected + " in " + target,
        "there are " + in.size() + ", or others");
  }

  /** A session whose target holds some members. */
  static Session withIn(Stage stage, Target target, List<Member> members) {
    Session session =
        stage.open(target, stage.mode(stage.removeKind()), stage.testbed().connection());
    if (session.handles(stage.addKind())) {
      land(stage, session, stage.addKind(), members);
      return session;
    }
    putIn(stage, target, members);
    return session;
  }

  /** A session with short time limits, to whose target a change of these members is due. */
  static Session impatient(Stage stage, Target target, ChangeKind kind, List<Member> members) {
    if (kind == stage.removeKind()) {
      putIn(stage, target, members);
    }
    return stage.open(target, stage.mode(kind), stage.testbed().impatientConnection());
  }

  /**
   * Puts members into a target in a session of its own, if the connector adds at all; records past
   * the connector.
   */
  static void putIn(Stage stage, Target target, List<Member> members) {
    if (stage.holdsRecords()) {
      members.forEach(record -> stage.put(target, record));
    } else if (stage.delivers(stage.addKind())) {
      try (Session adding = stage.open(target)) {
        land(stage, adding, stage.addKind(), members);
      }
    }
  }

  /** A target that nobody reckons with, because it does not exist. */
  static Target missing(Stage stage) {
    return new Target(-1, stage.testbed().missingTarget());
  }

  /** The changes that the connector makes, both directions if it has both. */
  static List<ChangeKind> kinds(Stage stage) {
    return Stream.of(stage.addKind(), stage.removeKind()).filter(stage::delivers).toList();
  }
}
