package dev.landfall.host;

import dev.landfall.host.delivery.DeliveryListener;
import dev.landfall.host.history.RunReport;

/**
 * Hears how a run goes on, on the thread of the run. What it throws ends the run, so it had better
 * not.
 */
public interface RunListener extends DeliveryListener {

  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** The source is about to be read. */
  default void reading() {}

  /**
   * The plan is made, and delivery begins.
   *
   * @param planned the books as they stand before anything was sent
   */
  default void planned(RunReport planned) {}

  /**
   * The run has ended, and its books are kept.
   *
   * @param report what was done
   */
  default void ended(RunReport report) {}
}
