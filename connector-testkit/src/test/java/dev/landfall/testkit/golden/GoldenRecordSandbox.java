package dev.landfall.testkit.golden;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.sandbox.Authority;
import dev.landfall.testkit.sandbox.Faults;
import dev.landfall.testkit.sandbox.RecordTestbed;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.sandbox.SandboxServer;
import dev.landfall.testkit.sandbox.SandboxState;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The record service on this machine. */
final class GoldenRecordSandbox implements RecordTestbed {

  private final GoldenAuthority authority = new GoldenAuthority();
  private final RecordService service;
  private final SandboxServer server;

  GoldenRecordSandbox(SandboxRequest request) {
    RecordService[] made = new RecordService[1];
    server = SandboxServer.start(request, state -> made[0] = new RecordService(state, authority));
    service = made[0];
  }

  @Override
  public URI address() {
    return server.address();
  }

  @Override
  public Map<String, Object> connection() {
    Map<String, Object> connection = new LinkedHashMap<>();
    connection.put("address", address().toString());
    connection.put("clientId", GoldenAuthority.CLIENT_ID);
    connection.put("clientSecret", authority.secret());
    return connection;
  }

  @Override
  public Map<String, Object> impatientConnection() {
    Map<String, Object> connection = connection();
    connection.put("timeLimit", "PT0.5S");
    return connection;
  }

  @Override
  public SandboxState state() {
    return server.state();
  }

  @Override
  public Faults faults() {
    return server.faults();
  }

  @Override
  public Optional<Set<String>> callers() {
    return Optional.of(server.callers());
  }

  @Override
  public Optional<Authority> authority() {
    return Optional.of(authority);
  }

  @Override
  public String callsFor(ChangeKind kind) {
    return kind.word();
  }

  @Override
  public RowSchema schema() {
    return MadeUp.SCHEMA;
  }

  @Override
  public Optional<RowSchema> compositeSchema() {
    return Optional.empty();
  }

  @Override
  public Map<String, Object> makeTarget(int number, RowSchema schema) {
    state().createGroup("people " + number);
    return Map.of("list", "people " + number);
  }

  @Override
  public Map<String, Object> missingTarget() {
    return Map.of("list", "nowhere");
  }

  @Override
  public int targets() {
    return state().groups().size();
  }

  @Override
  public Map<String, Object> record(RowSchema schema, int number) {
    return MadeUp.record(schema, number);
  }

  @Override
  public Optional<Map<String, Object>> refusedRecord(int number) {
    Map<String, Object> record = record(schema(), number);
    record.put("city", "far too long ".repeat(RecordService.LONGEST_TEXT / 10));
    return Optional.of(record);
  }

  @Override
  public boolean holds(FieldSpec field, Object value) {
    return !(value instanceof String text) || text.length() <= RecordService.LONGEST_TEXT;
  }

  @Override
  public void put(Map<String, Object> target, Map<String, Object> record) {
    synchronized (service) {
      service.list(list(target)).put(String.valueOf(record.get("id")), record);
    }
  }

  @Override
  public List<Map<String, Object>> records(Map<String, Object> target) {
    synchronized (service) {
      return List.copyOf(service.list(list(target)).values());
    }
  }

  private static String list(Map<String, Object> target) {
    return String.valueOf(target.get("list"));
  }

  @Override
  public void close() {
    server.close();
  }
}
