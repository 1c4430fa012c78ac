package dev.landfall.testkit.scenario;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.List;

/** What several scenarios begin with. */
final class Members {

  private Members() {}

  /** Delivers members and sees them land, at once or by confirmation. */
  static void land(Stage stage, Session session, ChangeKind kind, List<Member> members) {
    Receipts.settled(stage, session, kind, members, session.deliver(kind, members))
        .all(Outcome.Delivered.class);
  }

  /** A session whose target holds some members. */
  static Session withIn(Stage stage, Target target, List<Member> members) {
    Session session =
        stage.open(target, stage.mode(ChangeKind.REMOVE), stage.testbed().connection());
    if (session.handles(ChangeKind.ADD)) {
      land(stage, session, ChangeKind.ADD, members);
      return session;
    }
    try (Session adding = stage.open(target)) {
      land(stage, adding, ChangeKind.ADD, members);
    }
    return session;
  }
}
