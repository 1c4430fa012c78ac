package dev.landfall.host.delivery;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.sync.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One batch on its way: run once in a lane, then read by the thread of the run. */
public final class Flight implements Runnable {

  private final DestinationSession session;
  private final Batch batch;
  private final List<Undertaking> undertakings;
  private final long begunNanos;
  private @Nullable Answer answer;

  Flight(DestinationSession session, Batch batch, List<Undertaking> undertakings, long begunNanos) {
    this.session = session;
    this.batch = batch;
    this.undertakings = undertakings;
    this.begunNanos = begunNanos;
  }

  /** Delivers the batch. Does not throw: whatever the connector throws is part of the answer. */
  @Override
  public void run() {
    answer = Guard.deliver(session, batch);
  }

  /** The changes, in the order of the rows. */
  List<Undertaking> undertakings() {
    return undertakings;
  }

  long begunNanos() {
    return begunNanos;
  }

  /** What became of it, once it has run. */
  Answer answer() {
    if (answer == null) {
      throw new IllegalStateException("A batch was handed back before it ran");
    }
    return answer;
  }
}
