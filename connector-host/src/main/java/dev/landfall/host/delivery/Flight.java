package dev.landfall.host.delivery;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.sync.Batch;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call on its way: run once in a lane, then read by the thread of the run. */
public final class Flight implements Runnable {

  private final Supplier<Answer> call;
  private final List<Undertaking> undertakings;
  private final long begunNanos;
  private @Nullable Answer answer;

  Flight(DestinationSession session, Batch batch, List<Undertaking> undertakings, long begunNanos) {
    this(() -> Guard.deliver(session, batch), undertakings, begunNanos);
  }

  /** A call that delivers nothing. */
  Flight(Supplier<Answer> call, long begunNanos) {
    this(call, List.of(), begunNanos);
  }

  private Flight(Supplier<Answer> call, List<Undertaking> undertakings, long begunNanos) {
    this.call = call;
    this.undertakings = undertakings;
    this.begunNanos = begunNanos;
  }

  /** Makes the call. Does not throw: whatever the connector throws is part of the answer. */
  @Override
  public void run() {
    answer = call.get();
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
      throw new IllegalStateException("A call was handed back before it ran");
    }
    return answer;
  }
}
