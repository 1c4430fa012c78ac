package dev.landfall.host.incremental;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Journal;
import dev.landfall.host.ledger.Outstanding;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.ledger.Settlement;
import java.util.List;
import java.util.Optional;

/**
 * A journal that tells windows what is recorded.
 *
 * @param journal where all is recorded
 * @param windows the windows
 */
public record Passing(Journal journal, Windows windows) implements Journal {

  @Override
  public void intend(List<Change> window) {
    journal.intend(window);
  }

  @Override
  public void record(List<Settlement> settlements) {
    journal.record(settlements);
    windows.settled(settlements);
  }

  @Override
  public List<Long> outstanding(RowShape shape) {
    return journal.outstanding(shape);
  }

  @Override
  public Optional<Outstanding> outstanding(long id) {
    return journal.outstanding(id);
  }

  @Override
  public List<Settlement> confirm(Outstanding receipt, List<Outcome> outcomes) {
    return journal.confirm(receipt, outcomes);
  }
}
