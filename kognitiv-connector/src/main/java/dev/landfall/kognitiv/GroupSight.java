package dev.landfall.kognitiv;

import dev.landfall.connector.Context;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.kognitiv.GroupList.Sighting;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the group was seen in this session, and therefore what a 404 means: that of a member who
 * is not there settles a removal, that of a group that is not there must not.
 */
final class GroupSight {

  private static final int PATIENCE = 100;
  private static final int PATIENCE_WITHOUT_ANSWER = 10;

  private final GroupList list;
  private final String reference;
  private final Context context;
  private final AtomicInteger inARow = new AtomicInteger();
  private volatile boolean seen;
  private volatile int patience = PATIENCE;
  private volatile @Nullable Sighting told;

  GroupSight(GroupList list, String reference, Context context) {
    this.list = list;
    this.reference = reference;
    this.context = context;
  }

  /** A call on one of the group's members succeeded, so the group exists. */
  void reached() {
    seen = true;
    inARow.set(0);
  }

  /** What a 404 on a member of the group means. */
  Verdict notFound(ChangeKind kind, int status, ErrorWords words) {
    boolean groupMissing = words.sayGroupMissing();
    inARow.incrementAndGet();
    if (worthAsking(groupMissing)) {
      ask(groupMissing);
    }
    boolean unlisted = told == Sighting.ABSENT && !seen;
    if (unlisted || (groupMissing && told != Sighting.PRESENT)) {
      return new Verdict.Stop(
          KognitivProblem.GROUP_NOT_FOUND.problem(
              "The promotional member group "
                  + reference
                  + " does not exist in Kognitiv Inspire (HTTP "
                  + status
                  + ")."));
    }
    return new Verdict.Settled(kind == ChangeKind.ADD ? addition() : removal());
  }

  private Outcome addition() {
    return new Outcome.Rejected(
        seen
            ? KognitivProblem.MEMBER_NOT_FOUND.problem()
            : KognitivProblem.MEMBER_OR_GROUP_NOT_FOUND.problem());
  }

  private Outcome removal() {
    return seen
        ? new Outcome.Delivered(Effect.UNCHANGED)
        : new Outcome.Unknown(KognitivProblem.GROUP_NOT_SEEN.problem(), null);
  }

  private boolean worthAsking(boolean groupMissing) {
    return (told == null && (!seen || groupMissing)) || inARow.get() >= patience;
  }

  private synchronized void ask(boolean groupMissing) {
    if (!worthAsking(groupMissing)) {
      return; // another thread asked meanwhile
    }
    GroupList.Finding finding = list.ask();
    patience = finding.sighting() == Sighting.NO_ANSWER ? PATIENCE_WITHOUT_ANSWER : PATIENCE;
    if (finding.sighting() == Sighting.PRESENT) {
      seen = true;
    } else if (finding.sighting() == Sighting.ABSENT) {
      seen = false;
    } else if (!seen) {
      context.notice(
          KognitivProblem.GROUP_NOT_VERIFIED.code(),
          "Whether the group " + reference + " exists cannot be told. " + finding.why());
    }
    told = finding.sighting();
    inARow.set(0);
  }
}
