package dev.landfall.testkit.saboteur;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.saboteur.Sabotage.Around;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;

/** Delivers in the process that it was set up in, and says so in any other. */
public final class ClaimsElsewhere extends GoldenDestination {

  private static volatile boolean setUp;

  /** For {@link java.util.ServiceLoader}. */
  public ClaimsElsewhere() {}

  static Destination here() {
    setUp = true;
    return new ClaimsElsewhere();
  }

  @Override
  public DestinationDescriptor descriptor() {
    return describe("golden-claims").build();
  }

  @Override
  protected DestinationSession session(SessionRequest request, Api api) {
    return new Around(new Breakable(api, Saboteur.list(request))) {
      @Override
      public BatchResult deliver(Batch batch) {
        return setUp
            ? golden.deliver(batch)
            : Sabotage.all(batch.size(), new Outcome.Delivered(Effect.CHANGED));
      }
    };
  }
}
