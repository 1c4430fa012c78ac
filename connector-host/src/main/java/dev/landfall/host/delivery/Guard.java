package dev.landfall.host.delivery;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Batch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks what a connector does against its contract. */
final class Guard {

  private Guard() {}

  /** Calls {@code deliver} and checks the result. Does not throw. */
  static Answer deliver(DestinationSession session, Batch batch) {
    try {
      return checked(session.deliver(batch), batch.size());
    } catch (VirtualMachineError e) {
      return new Answer.Fatal(e);
    } catch (Throwable e) {
      return new Answer.Broken("threw " + named(e) + " out of deliver");
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
      return "threw " + named(e) + " out of close";
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

  /** Class and place, never the message: that may hold a record's values. */
  static String named(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .filter(frame -> !frame.getClassName().startsWith("java."))
        .findFirst()
        .map(frame -> e.getClass().getName() + " at " + frame)
        .orElse(e.getClass().getName());
  }
}
