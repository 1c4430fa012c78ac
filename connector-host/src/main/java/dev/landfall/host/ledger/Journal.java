package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * Where a delivery writes before and after it sends. What writes returns only once what it was
 * given is durable, and all methods throw {@link dev.landfall.host.HostException} if that cannot
 * be: then nothing more may be sent. Not safe for use by several threads.
 */
public interface Journal {

  /** Commits changes as about to be sent, so that a crash leaves them UNKNOWN. */
  void intend(List<Change> window);

  /** Commits what became of changes that were intended, and the receipts among it. */
  void record(List<Settlement> settlements);

  /** The numbers of the receipts that are not settled and whose rows have a shape, oldest first. */
  List<Long> outstanding(RowShape shape);

  /** A receipt with the rows that were answered with it; empty if it is settled or given up. */
  Optional<Outstanding> outstanding(long id);

  /**
   * Commits what became of rows that were only accepted, and forgets the receipt.
   *
   * @param outcomes one for each row, none of them Accepted
   * @return what that comes to for each row that is live
   */
  List<Settlement> confirm(Outstanding receipt, List<Outcome> outcomes);
}
