package dev.landfall.host.delivery;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Change;
import java.util.List;

/**
 * The planned changes of a run, to be read page by page; those of a stream come in portions, each
 * of which has to be settled before the next begins. Called by the thread of the run alone; throws
 * {@link dev.landfall.host.HostException} if the plan cannot be read.
 */
public interface Changes {

  /** A plan of nothing. */
  Changes NONE =
      new Changes() {
        @Override
        public long count(ChangeKind kind) {
          return 0;
        }

        @Override
        public List<Change> page(ChangeKind kind, long afterSeq, int max) {
          return List.of();
        }
      };

  /**
   * How many changes of a kind are planned.
   *
   * @param kind the direction
   * @return the number, the same at every call within a portion
   */
  long count(ChangeKind kind);

  /**
   * Whether portions follow of which nobody knows yet how large they are.
   *
   * @return false for a plan, which is one portion
   */
  default boolean isOpenEnded() {
    return false;
  }

  /**
   * Ends the portion, whose changes are all settled or will not be sent, and begins the next.
   *
   * @param wanted whether another is wanted
   * @return whether there is another; a plan is one portion
   */
  default boolean next(boolean wanted) {
    return false;
  }

  /**
   * The next changes of a kind, in the order of the plan.
   *
   * @param kind the direction
   * @param afterSeq the place in the plan after which to begin; 0 for the beginning
   * @param max how many to give at the most
   * @return changes by ascending {@link Change#seq}; empty only if there are no more
   */
  List<Change> page(ChangeKind kind, long afterSeq, int max);
}
