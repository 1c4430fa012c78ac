package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.ChangeKind;
import java.time.Instant;
import java.util.List;

/**
 * A receipt that is not settled, and everything that was answered with it.
 *
 * @param id the receipt's number in this ledger
 * @param receipt the destination's word
 * @param kind what was asked for
 * @param run the run that sent it
 * @param ofThisRun whether that is the run under way
 * @param basis what a rejection would depend on, as it was when it was sent
 * @param rows the rows of the batch that were answered with this receipt, in their order
 */
public record Outstanding(
    long id,
    Receipt receipt,
    ChangeKind kind,
    String run,
    boolean ofThisRun,
    String basis,
    List<Accepted> rows) {

  /** Copies the rows. */
  public Outstanding {
    rows = List.copyOf(rows);
  }

  /**
   * A row that was answered with the receipt.
   *
   * @param change what was sent, and what stood before it
   * @param sentAt when
   * @param live whether the answer still says something of the member; false once a later change of
   *     it has settled: the row is then asked for because the receipt is for it too
   */
  public record Accepted(Change change, Instant sentAt, boolean live) {}

  /** Without what the destination said. */
  @Override
  public String toString() {
    return "Outstanding[" + id + " " + kind + ", " + rows.size() + " rows]";
  }
}
