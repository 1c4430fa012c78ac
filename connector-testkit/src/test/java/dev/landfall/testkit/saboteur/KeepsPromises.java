package dev.landfall.testkit.saboteur;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenLaterDestination;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows its receipts in the process that was given them, and in no other. */
public final class KeepsPromises extends GoldenLaterDestination {

  private static final Set<Receipt> GIVEN = ConcurrentHashMap.newKeySet();

  /** For {@link java.util.ServiceLoader}. */
  public KeepsPromises() {}

  @Override
  public DestinationDescriptor descriptor() {
    return describe("golden-promises").build();
  }

  @Override
  protected DestinationSession session(SessionRequest request, Api api) {
    return new ConfirmationSaboteurs.Later(api, Saboteur.list(request)) {
      @Override
      public BatchResult deliver(Batch batch) {
        BatchResult result = super.deliver(batch);
        result.outcomes().stream()
            .filter(Outcome.Accepted.class::isInstance)
            .forEach(outcome -> GIVEN.add(((Outcome.Accepted) outcome).receipt()));
        return result;
      }

      @Override
      public Confirmation confirm(Receipt receipt, Batch batch) {
        return GIVEN.contains(receipt)
            ? super.confirm(receipt, batch)
            : new Confirmation.Pending(Duration.ofSeconds(1));
      }
    };
  }
}
