package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Tally;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery did. Its counts are of what stands in the journal: a change whose settlement
 * could not be committed counts as unknown, as the ledger has it.
 *
 * @param tallies the books of each direction, in the order of the request; {@code planned} is what
 *     was offered to the delivery, withheld and quarantined are 0
 * @param stops why the run or a direction ended early, in the order seen; empty if none did
 * @param problems the problems of single records, by code, the most frequent first
 * @param calls how the destination answered
 * @param confirmed what became of changes that earlier runs had sent, and that were only accepted
 *     then
 * @param cancelled whether the run ended early because it was cancelled
 */
public record DeliveryReport(
    Map<ChangeKind, Tally> tallies,
    List<Stop> stops,
    List<ProblemCount> problems,
    Calls calls,
    Tally confirmed,
    boolean cancelled) {

  /**
   * The calls of a delivery.
   *
   * @param count batches that came back, again and again ones too
   * @param meanMillis how long one took on the average, in milliseconds
   * @param perSecond how many came back in a second of the whole delivery, pauses included
   */
  public record Calls(long count, double meanMillis, double perSecond) {
    /** Nothing was sent. */
    public static final Calls NONE = new Calls(0, 0, 0);
  }

  /**
   * An end before everything was sent.
   *
   * @param problem why, and what to do
   * @param direction the direction that ended, or null if the whole run did
   */
  public record Stop(Problem problem, @Nullable ChangeKind direction) {}

  /**
   * How many records have one problem.
   *
   * @param problem the problem as it was first seen
   * @param count how many records ended with its code
   */
  public record ProblemCount(Problem problem, long count) {}

  /** Whether the run as a whole was stopped by a problem. */
  public boolean failed() {
    return stops.stream().anyMatch(stop -> stop.direction() == null);
  }

  /** Whether records were sent and the destination did not answer a single one. */
  public boolean unreachable() {
    return !problems.isEmpty()
        && problems.stream().allMatch(p -> p.problem().kind() == ProblemKind.UNAVAILABLE)
        && tallies.values().stream().allMatch(t -> t.delivered() + t.accepted() == 0);
  }
}
