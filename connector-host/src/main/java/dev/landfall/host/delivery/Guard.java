package dev.landfall.host.delivery;

import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.host.HostException;
import org.jspecify.annotations.Nullable;

/** Checks what a connector does against its contract. */
final class Guard {

  private Guard() {}

  /** Calls {@code deliver} and checks the result. Does not throw. */
  static Answer deliver(DestinationSession session, Batch batch) {
    try {
      Answer answer = checked(session.deliver(batch), batch.size());
      return answer instanceof Answer.Kept kept
              && accepts(kept.result())
              && !(session instanceof ConfirmsLater)
          ? new Answer.Broken("accepted records, and has no way to confirm them later")
          : answer;
    } catch (VirtualMachineError e) {
      return new Answer.Fatal(e);
    } catch (Throwable e) {
      return new Answer.Broken("threw " + HostException.named(e) + " out of deliver");
    }
  }

  /** Calls {@code confirm} and checks what it says. Does not throw. */
  static Answer confirm(ConfirmsLater session, Receipt receipt, Batch batch) {
    try {
      return checked(session.confirm(receipt, batch), batch);
    } catch (VirtualMachineError e) {
      return new Answer.Fatal(e);
    } catch (Throwable e) {
      return new Answer.Broken("threw " + HostException.named(e) + " out of confirm");
    }
  }

  /**
   * Closes a session.
   *
   * @return what was wrong, or null
   */
  static @Nullable String close(DestinationSession session) {
    try {
      session.close();
      return null;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      return "threw " + HostException.named(e) + " out of close";
    }
  }

  /** What is said of a connector that broke its contract. */
  static Problem broken(Object connector, String what) {
    return new Problem(
        ProblemKind.INTERNAL,
        "delivery.contract-broken",
        "The connector %s %s.".formatted(connector, what),
        "Report this to whoever maintains the connector; nothing in the sync can mend it.");
  }

  // The null check is for connectors that are compiled without one.
  private static Answer checked(@Nullable BatchResult result, int rows) {
    if (result == null) {
      return new Answer.Broken("returned null for a batch of " + rows);
    }
    if (result.outcomes().size() != rows) {
      return new Answer.Broken(
          "returned " + result.outcomes().size() + " outcomes for a batch of " + rows);
    }
    return new Answer.Kept(result);
  }

  private static Answer checked(@Nullable Confirmation confirmation, Batch batch) {
    if (confirmation == null) {
      return new Answer.Broken("returned null for a receipt");
    }
    if (confirmation instanceof Confirmation.Pending pending
        && pending.askAgainAfter().isNegative()) {
      return new Answer.Broken("wants to be asked for a receipt before now");
    }
    if (confirmation instanceof Confirmation.Settled settled) {
      if (settled.result().outcomes().size() != batch.size()) {
        return new Answer.Broken(
            "returned %d outcomes for a receipt of %d records"
                .formatted(settled.result().outcomes().size(), batch.size()));
      }
      if (accepts(settled.result())) {
        return new Answer.Broken("accepted records again that it was to confirm");
      }
    }
    return new Answer.Confirmed(confirmation);
  }

  private static boolean accepts(BatchResult result) {
    return result.outcomes().stream().anyMatch(Outcome.Accepted.class::isInstance);
  }
}
