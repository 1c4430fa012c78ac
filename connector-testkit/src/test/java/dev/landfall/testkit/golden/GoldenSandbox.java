package dev.landfall.testkit.golden;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.sandbox.Authority;
import dev.landfall.testkit.sandbox.Faults;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.sandbox.SandboxServer;
import dev.landfall.testkit.sandbox.SandboxState;
import dev.landfall.testkit.sandbox.Testbed;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The list service on this machine. */
public class GoldenSandbox implements Testbed {

  private final GoldenAuthority authority = new GoldenAuthority();
  private final ListService service;
  private final SandboxServer server;

  /** Starts it; with {@code later}, changes are taken on, and applied when they are settled. */
  public GoldenSandbox(SandboxRequest request, boolean later) {
    ListService[] made = new ListService[1];
    server =
        SandboxServer.start(request, state -> made[0] = new ListService(state, authority, later));
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
  public Map<String, Object> makeTarget(int number) {
    state().createGroup("vip " + number);
    return Map.of("list", "vip " + number);
  }

  @Override
  public Map<String, Object> missingTarget() {
    return Map.of("list", "nowhere");
  }

  @Override
  public Map<String, Object> member(int number) {
    return values("customer-%06d".formatted(number), number);
  }

  @Override
  public Optional<Map<String, Object>> refusedMember(int number) {
    return Optional.of(values(ListService.BLOCKED + "%06d".formatted(number), number));
  }

  private static Map<String, Object> values(String id, int number) {
    return Map.of("id", id, "email", "person%06d@people.example".formatted(number));
  }

  @Override
  public String nameOf(String key) {
    return key;
  }

  @Override
  public Set<String> members(Map<String, Object> target) {
    return state().members(String.valueOf(target.get("list")));
  }

  @Override
  public String callsFor(ChangeKind kind) {
    return ListService.calls(kind);
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
  public int settleAccepted() {
    return service.settle();
  }

  @Override
  public void close() {
    server.close();
  }
}
