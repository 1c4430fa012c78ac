package dev.landfall.host.ledger;

/**
 * The books of one direction of a run. Every planned change stands in exactly one other count;
 * {@code unchanged} is the part of {@code delivered} that changed nothing.
 *
 * @param planned changes that the plan holds
 * @param delivered seen to be in the asked state
 * @param unchanged of those, already in it before
 * @param rejected can never be delivered as they are
 * @param retryable certainly not applied, attempts used up
 * @param unknown may or may not have been applied
 * @param accepted taken on by the destination, not yet confirmed
 * @param withheld held back by the removal budget
 * @param quarantined held back because of an earlier rejection
 * @param notAttempted not reached: a stop, a limit, an interruption
 */
public record Tally(
    long planned,
    long delivered,
    long unchanged,
    long rejected,
    long retryable,
    long unknown,
    long accepted,
    long withheld,
    long quarantined,
    long notAttempted) {

  /** Books in which nothing was planned. */
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Whether every planned change stands in exactly one count. */
  public boolean balances() {
    return planned
            == delivered
                + rejected
                + retryable
                + unknown
                + accepted
                + withheld
                + quarantined
                + notAttempted
        && unchanged <= delivered;
  }

  /** Changes that failed in this run: neither delivered nor held back on purpose. */
  public long failed() {
    return rejected + retryable + unknown;
  }

  /** The sums of two books. */
  public Tally plus(Tally other) {
    return new Tally(
        planned + other.planned,
        delivered + other.delivered,
        unchanged + other.unchanged,
        rejected + other.rejected,
        retryable + other.retryable,
        unknown + other.unknown,
        accepted + other.accepted,
        withheld + other.withheld,
        quarantined + other.quarantined,
        notAttempted + other.notAttempted);
  }
}
