package dev.landfall.testkit.scenario;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members that were taken on, by the receipts they were answered with. */
final class Receipts {

  private Receipts() {}

  static Map<Receipt, List<Member>> of(List<Member> members, Answered answered) {
    Map<Receipt, List<Member>> receipts = new LinkedHashMap<>();
    for (Member member : members) {
      if (answered.of(member) instanceof Outcome.Accepted accepted) {
        receipts.computeIfAbsent(accepted.receipt(), r -> new ArrayList<>()).add(member);
      }
    }
    return receipts;
  }

  /** Asks what became of members, and leaves alone what is settled. */
  static void ask(Session session, ChangeKind kind, Map<Receipt, List<Member>> receipts) {
    if (session.confirmsLater()) {
      receipts
          .entrySet()
          .removeIf(entry -> session.confirm(kind, entry.getValue(), entry.getKey()).isPresent());
    }
  }

  /** The final outcomes: those that were taken on are settled by the system, and asked for. */
  static Answered settled(
      Stage stage, Session session, ChangeKind kind, List<Member> members, Answered answered) {
    Map<Receipt, List<Member>> receipts = of(members, answered);
    if (receipts.isEmpty() || !session.confirmsLater()) {
      return answered;
    }
    int applied = stage.testbed().settleAccepted();
    stage.note("the system settles " + applied + " changes");
    Answered all = answered;
    for (Map.Entry<Receipt, List<Member>> entry : receipts.entrySet()) {
      var confirmed = session.confirm(kind, entry.getValue(), entry.getKey());
      stage.expect(
          confirmed.isPresent(),
          "an answer for what the system has settled",
          "confirm said that it is pending");
      all = all.with(confirmed.orElseThrow());
    }
    return all;
  }
}
