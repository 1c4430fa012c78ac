package dev.landfall.host.plan;

/**
 * What a run would do, in numbers; the changes themselves stand in a {@link PlanTable}.
 *
 * @param firstRun whether no run was ever made on this ledger; then nobody is removed by a mirror
 * @param rows members that the ledger holds
 * @param adds the adds; of records, what is written
 * @param removes the removes; of records, what is deleted
 * @param removesWithheld whether the removal budget holds the removes back, all of them
 */
public record Plan(boolean firstRun, long rows, Side adds, Side removes, boolean removesWithheld) {

  /**
   * One direction.
   *
   * @param offered changes to send
   * @param quarantined changes held back because of an earlier rejection
   * @param digest of the set of offered changes, whatever their order
   */
  public record Side(long offered, long quarantined, String digest) {
    /** A direction that the sync's mode does not have. */
    public static final Side NONE = new Side(0, 0, "0");

    /** All changes of this direction. */
    public long planned() {
      return offered + quarantined;
    }
  }

  /** Whether there is nothing to send. */
  public boolean isEmpty() {
    return adds.offered() == 0 && (removes.offered() == 0 || removesWithheld);
  }
}
