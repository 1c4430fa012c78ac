package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.host.ledger.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes batches of changes: those due for another attempt first, then new ones. */
final class Loader {

  /**
   * What was loaded.
   *
   * @param flight a batch, or null if nothing that is due can be sent
   * @param unfit changes that cannot be made a row, answered as rejected; they are not sent
   */
  record Loaded(@Nullable Flight flight, List<Undertaking> unfit) {}

  private final DeliveryRequest request;
  private final ChangeKind kind;
  private final Rows rows;
  private long batches;

  Loader(DeliveryRequest request, ChangeKind kind) {
    this.request = request;
    this.kind = kind;
    this.rows = new Rows(request.schema(), kind);
  }

  /**
   * The next batch.
   *
   * @param fresh changes not sent yet, in their order; the batch's are taken out
   * @param waiting changes that wait for another attempt, by when they are due; likewise
   * @param now the time of the lanes
   * @return what was taken out of the two
   */
  Loaded load(Deque<Undertaking> fresh, Queue<Undertaking> waiting, long now) {
    List<Undertaking> taken = new ArrayList<>();
    List<Row> made = new ArrayList<>();
    List<Undertaking> unfit = new ArrayList<>();
    List<Undertaking> twice = new ArrayList<>();
    Set<List<@Nullable Object>> keys = new HashSet<>();
    Instant at = request.clock().instant();
    while (taken.size() < request.policy().batchSize()) {
      boolean due = !waiting.isEmpty() && waiting.element().dueNanos() <= now;
      Undertaking next = due ? waiting.remove() : fresh.poll();
      if (next == null) {
        break;
      }
      try {
        Row row = rows.row(next.change());
        if (keys.add(row.key())) {
          taken.add(next);
          made.add(row);
        } else {
          // Two members whose texts are one value of the key's type: one batch each.
          twice.add(next);
        }
      } catch (Rows.UnfitValueException e) {
        next.answered(request.rules(), new Outcome.Rejected(e.problem()), false, at);
        unfit.add(next);
      }
    }
    waiting.addAll(twice);
    if (taken.isEmpty()) {
      return new Loaded(null, unfit);
    }
    batches++;
    for (int i = 0; i < taken.size(); i++) {
      taken.get(i).sent(at, new Settlement.Place(batches, i));
    }
    Batch batch = new Batch(kind, rows.schema(), made);
    return new Loaded(new Flight(request.session(), batch, taken, now), unfit);
  }
}
