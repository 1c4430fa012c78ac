package dev.landfall.testkit.saboteur;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.golden.GoldenDestination;

/** Opens sessions in the process where it was set up, and in no other. */
public final class KnowsItsProcess extends GoldenDestination {

  private static volatile boolean setUp;

  /** For {@link java.util.ServiceLoader}. */
  public KnowsItsProcess() {}

  static Destination here() {
    setUp = true;
    return new KnowsItsProcess();
  }

  @Override
  public DestinationDescriptor descriptor() {
    return describe("golden-process").build();
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    if (!setUp) {
      throw new ConnectorException(
          Sabotage.problem(ProblemKind.CONFIGURATION, "The connector was not set up."));
    }
    return super.open(request);
  }
}
