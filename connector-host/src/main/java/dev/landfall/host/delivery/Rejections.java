package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Settlement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches whether the first records of a direction are all rejected for one reason. */
final class Rejections {

  private static final int FIRST = 100;

  private final ChangeKind kind;
  private int count;
  private boolean over;
  private @Nullable String code;

  Rejections(ChangeKind kind) {
    this.kind = kind;
  }

  /** Takes the next settlement, and says why going on is pointless, if it is. */
  Optional<Problem> saw(Settlement settlement) {
    Outcome outcome = settlement.outcome();
    if (over || outcome instanceof Outcome.NotAttempted) {
      return Optional.empty();
    }
    if (!(outcome instanceof Outcome.Rejected rejected)) {
      over = !settlement.change().rejectedBefore() || outcome instanceof Outcome.Delivered;
      return Optional.empty();
    }
    if (settlement.change().rejectedBefore()) {
      return Optional.empty();
    }
    Problem problem = rejected.problem();
    over = code != null && !code.equals(problem.code());
    code = problem.code();
    count++;
    if (over || count < FIRST) {
      return Optional.empty();
    }
    over = true;
    return Optional.of(
        new Problem(
            ProblemKind.CONFIGURATION,
            "delivery.all-rejected",
            "The first %d records to %s were all rejected with %s: %s"
                .formatted(FIRST, kind.word(), problem.code(), problem.message()),
            "Check the target's settings and the column that is mapped to the id. If the ids are"
                + " right, run the sync again: these records do not count a second time."));
  }
}
