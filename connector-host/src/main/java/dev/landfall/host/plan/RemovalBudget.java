package dev.landfall.host.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many members a run may remove without being asked. Removals are withheld, all of them, when
 * they exceed both limits, reckoned over all rows of the ledger or over the rows that were once
 * confirmed; and always when no row would stay.
 *
 * @param maxPercent of the rows, from 0 to 100
 * @param maxCount members
 * @param window how far back earlier removals that nobody approved count too, or null for this run
 *     alone
 */
public record RemovalBudget(long maxPercent, long maxCount, @Nullable Duration window) {

  /**
   * What a budget is reckoned over.
   *
   * @param rows in the ledger before the run
   * @param removals that the run would make, of members the ledger holds
   * @param earlier removals in the window before this run
   */
  public record Reckoning(long rows, long removals, long earlier) {}

  /** Whether the removals are to be withheld. */
  public boolean withholds(Reckoning all, Reckoning confirmed) {
    return exceeds(all) || exceeds(confirmed);
  }

  private boolean exceeds(Reckoning r) {
    if (r.removals() == 0) {
      return false;
    }
    long removals = r.removals() + r.earlier();
    long rows = r.rows() + r.earlier();
    return r.removals() >= r.rows() || (removals > maxCount && removals * 100 > maxPercent * rows);
  }
}
