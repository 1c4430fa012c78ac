package dev.landfall.host.delivery;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.ledger.Journal;
import dev.landfall.host.ledger.Rules;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a delivery needs.
 *
 * @param descriptor the connector
 * @param session its open session; the caller closes it, except that a hard cancel closes it too
 * @param schema the fields of the rows
 * @param kinds the directions, each begun once the one before is through; copied; none to do
 *     nothing but ask for confirmations
 * @param policy how fast, how often and how much
 * @param confirmWithin how long to wait for the destination to confirm what it only accepted; it is
 *     asked once in any case
 * @param changes the plan
 * @param journal where intents and settlements are committed
 * @param rules how the attempts on a change fold
 * @param clock the time that stands in settlements
 * @param lanes where batches are run; the delivery closes them
 * @param random spreads retries
 * @param cancellation ends the run early
 * @param listener hears what happens
 */
public record DeliveryRequest(
    DestinationDescriptor descriptor,
    DestinationSession session,
    RowSchema schema,
    List<ChangeKind> kinds,
    DeliveryPolicy policy,
    Duration confirmWithin,
    Changes changes,
    Journal journal,
    Rules rules,
    Clock clock,
    Lanes lanes,
    RandomGenerator random,
    Cancellation cancellation,
    DeliveryListener listener) {

  /**
   * Checks the policy against the connector.
   *
   * @throws IllegalArgumentException if the policy asks for more than the connector bears, or a
   *     kind stands twice
   */
  public DeliveryRequest {
    kinds = List.copyOf(kinds);
    if (kinds.stream().distinct().count() != kinds.size()) {
      throw new IllegalArgumentException("A direction stands twice in " + kinds);
    }
    if (policy.batchSize() > descriptor.largestBatch()) {
      throw new IllegalArgumentException(
          descriptor + " takes batches of at most " + descriptor.largestBatch());
    }
    if (policy.maxInFlight() > descriptor.callsInFlight()) {
      throw new IllegalArgumentException(
          descriptor + " bears at most " + descriptor.callsInFlight() + " calls in flight");
    }
  }
}
