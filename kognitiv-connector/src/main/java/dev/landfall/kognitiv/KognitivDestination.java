package dev.landfall.kognitiv;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;

/**
 * Kognitiv Inspire: adds members to a promotional member group, and removes them, over the REST API
 * with OAuth 2.0 client credentials. Sessions bear up to 64 calls at once.
 *
 * <p>Threads: safe for use by several threads; holds nothing but its descriptor.
 */
public final class KognitivDestination implements Destination {

  /** The one field, which names the member. */
  static final String MEMBER_ID = "member_internal_id";

  private static final int LARGEST_BATCH = 1000;

  private final DestinationDescriptor descriptor = describe();

  /** A destination, without I/O and without threads. */
  public KognitivDestination() {}

  @Override
  public DestinationDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public CheckReport check(CheckRequest request) {
    return new KognitivCheck(request).report();
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    if (!descriptor.modes().contains(request.mode())) {
      throw new ConnectorException(KognitivProblem.MODE_NOT_SUPPORTED.problem());
    }
    return new KognitivSession(request);
  }

  private static DestinationDescriptor describe() {
    return DestinationDescriptor.builder("kognitiv", "Kognitiv Inspire", ConnectorVersion.text())
        .connection(KognitivSettings.CONNECTION)
        .target(KognitivSettings.TARGET)
        .identity(
            KognitivSettings.API_BASE_URL,
            KognitivSettings.CLIENT_ID,
            KognitivSettings.OBJECT_TYPE,
            KognitivSettings.GROUP_REFERENCE)
        .modes(AudienceSyncMode.ADD, AudienceSyncMode.REMOVE, AudienceSyncMode.MIRROR)
        .field(
            FieldSpec.of(MEMBER_ID, FieldType.TEXT)
                .asRequired()
                .identifiedBy(FieldIdentity.NUMBER)
                .describedAs(
                    "The Kognitiv internal member identifier used to add or remove members from"
                        + " promotional groups."))
        .defaultFields(MEMBER_ID)
        .keyField(MEMBER_ID)
        // One row a batch, so that a host sees progress, keeps its rate and can stop at any record.
        .batch(1, LARGEST_BATCH)
        .callsInFlight(KognitivCalls.IN_FLIGHT)
        .idempotent(ChangeKind.ADD, ChangeKind.REMOVE)
        .build();
  }
}
