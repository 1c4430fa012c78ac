package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;

/** What a call of {@code deliver} or {@code confirm} came to. */
sealed interface Answer {

  /** A result that keeps the contract: one outcome for each row. */
  record Kept(BatchResult result) implements Answer {}

  /** A confirmation that keeps the contract: pending, or one final outcome for each row. */
  record Confirmed(Confirmation confirmation) implements Answer {}

  /**
   * The connector broke its contract.
   *
   * @param what what was wrong, to follow the words "The connector"; without record values
   */
  record Broken(String what) implements Answer {}

  /** The virtual machine itself is in trouble: the run ends as if it had been killed. */
  record Fatal(VirtualMachineError error) implements Answer {}
}
