package dev.landfall.testkit.golden;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;

/** Writes records of a fixed form into the record service, in batches. */
public final class GoldenRecordDestination extends GoldenDestination {

  /** For {@link java.util.ServiceLoader}. */
  public GoldenRecordDestination() {}

  @Override
  public DestinationDescriptor descriptor() {
    DestinationDescriptor.Builder builder =
        DestinationDescriptor.builder("golden-records", "Golden Records", "1.0.0")
            .connection(GoldenSettings.CONNECTION)
            .target(GoldenSettings.TARGET)
            .identity(GoldenSettings.ADDRESS, GoldenSettings.CLIENT_ID, GoldenSettings.LIST)
            .modes(RecordSyncMode.values())
            .batch(100, LARGEST_BATCH)
            .callsInFlight(IN_FLIGHT)
            .idempotent(ChangeKind.INSERT, ChangeKind.UPDATE, ChangeKind.UPSERT, ChangeKind.DELETE);
    MadeUp.SCHEMA.fields().forEach(builder::field);
    return builder.build();
  }

  @Override
  protected DestinationSession session(SessionRequest request, Api api) {
    return new GoldenRecordSession(api, request.target().get(GoldenSettings.LIST));
  }
}
