package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Outcome;
import java.util.List;
import java.util.function.LongSupplier;

/** Remembers rejections, and forgets those of members that were delivered since. */
final class Rejections {

  private Rejections() {}

  /** Those of some settlements that say something of rejections. */
  static List<Settlement> among(List<Settlement> settlements) {
    return settlements.stream()
        .filter(
            s ->
                s.outcome() instanceof Outcome.Rejected
                    || (s.outcome() instanceof Outcome.Delivered && s.change().rejectedBefore()))
        .toList();
  }

  static void append(
      LedgerTables tables,
      LongSupplier sequence,
      String run,
      String basis,
      List<Settlement> settlements) {
    tables
        .database()
        .append(
            tables.catalog(),
            "rejection_journal",
            settlements,
            (row, settlement) -> {
              row.append(sequence.getAsLong()).append(settlement.change().member());
              row.append(LedgerTables.code(settlement.change().kind()));
              if (settlement.outcome() instanceof Outcome.Rejected rejected) {
                row.append(rejected.problem().code());
              } else {
                row.appendNull();
              }
              row.append(basis).append(run).append(settlement.at().toEpochMilli());
            });
  }
}
