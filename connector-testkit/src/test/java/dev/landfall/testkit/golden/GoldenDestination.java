package dev.landfall.testkit.golden;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Context;
import dev.landfall.connector.DescribesFields;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import java.util.List;

/** Puts members into lists of the list service, and takes them out, in batches. */
public class GoldenDestination implements Destination, DescribesFields {

  static final String ID = "id";
  static final String EMAIL = "email";
  static final int IN_FLIGHT = 8;
  static final int LARGEST_BATCH = 500;

  /** For {@link java.util.ServiceLoader}. */
  public GoldenDestination() {}

  @Override
  public DestinationDescriptor descriptor() {
    return describe("golden").build();
  }

  protected DestinationDescriptor.Builder describe(String id) {
    return DestinationDescriptor.builder(id, name(), "1.0.0")
        .connection(GoldenSettings.CONNECTION)
        .target(GoldenSettings.TARGET)
        .identity(GoldenSettings.ADDRESS, GoldenSettings.CLIENT_ID, GoldenSettings.LIST)
        .modes(AudienceSyncMode.ADD, AudienceSyncMode.REMOVE, AudienceSyncMode.MIRROR)
        .field(idField())
        .field(FieldSpec.of(EMAIL, FieldType.TEXT).describedAs("Where mail goes."))
        .keyField(ID)
        .defaultFields(ID)
        .batch(100, LARGEST_BATCH)
        .callsInFlight(IN_FLIGHT)
        .idempotent(ChangeKind.ADD, ChangeKind.REMOVE);
  }

  protected String name() {
    return "Golden";
  }

  protected FieldSpec idField() {
    return FieldSpec.of(ID, FieldType.TEXT).asRequired().describedAs("Who it is.");
  }

  /** The same for every list that there is. */
  @Override
  public List<FieldSpec> fields(CheckRequest request) {
    try (Api api = api(request.connection(), request.context())) {
      String list = Api.segment(request.target().get(GoldenSettings.LIST));
      Reply reply = api.call("GET", "/lists/" + list, null);
      if (reply instanceof Reply.Answer answer && answer.status() == 200) {
        return descriptor().fields();
      }
      throw new ConnectorException(
          reply instanceof Reply.Answer answer && answer.status() == 404
              ? Problems.NO_LIST
              : Problems.UNAVAILABLE);
    }
  }

  @Override
  public CheckReport check(CheckRequest request) {
    try (Api api = api(request.connection(), request.context())) {
      return GoldenCheck.of(api, request.target().get(GoldenSettings.LIST));
    }
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    if (!descriptor().modes().contains(request.mode())) {
      throw new ConnectorException(Problems.MODE);
    }
    return session(request, api(request.connection(), request.context()));
  }

  protected Api api(ConnectionSettings connection, Context context) {
    return new Api(connection, context, Api.client(connection, context));
  }

  protected DestinationSession session(SessionRequest request, Api api) {
    return new GoldenSession(api, request.target().get(GoldenSettings.LIST));
  }
}
