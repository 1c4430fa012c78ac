package ${package};

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Batch;
import java.util.Collections;
import java.util.List;

/** Delivers batches to one group, and claims what was observed. */
final class ${name}Session implements DestinationSession {
  private static final Problem NOT_WRITTEN =
      new Problem(
          ProblemKind.INTERNAL,
          "${artifactId}.not-written",
          "This connector does not deliver yet.",
          "Write ${name}Session.deliver.");

  private final String group;
  private volatile boolean closed;

  ${name}Session(SessionRequest request) {
    group = request.target().get(${name}Destination.GROUP);
  }

  /** Sends the batch, and says of each row what was seen. Nothing was sent, so nothing is said. */
  @Override
  public BatchResult deliver(Batch batch) {
    if (closed || batch.size() == 0) {
      return BatchResult.of(Collections.nCopies(batch.size(), new Outcome.NotAttempted()));
    }
    return BatchResult.stopped(List.of(), batch.size(), NOT_WRITTEN);
  }

  /** Cuts what is under way: this comes from another thread while deliver waits. */
  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "${name}Session[" + group + "]";
  }
}
