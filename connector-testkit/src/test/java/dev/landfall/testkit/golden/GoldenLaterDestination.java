package dev.landfall.testkit.golden;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;

/** The same for a list service that takes changes on and applies them later. */
public class GoldenLaterDestination extends GoldenDestination {

  /** For {@link java.util.ServiceLoader}. */
  public GoldenLaterDestination() {}

  @Override
  public DestinationDescriptor descriptor() {
    return describe("golden-later").build();
  }

  @Override
  protected DestinationSession session(SessionRequest request, Api api) {
    return new GoldenLaterSession(api, request.target().get(GoldenSettings.LIST));
  }
}
