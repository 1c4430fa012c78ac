package dev.landfall.testkit.sandbox;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A sandbox made with the kit, of a system that takes members in batches: {@code POST
 * /join/{group}} with one member a line.
 */
final class Mailbox implements Sandbox {

  private final SandboxServer server;

  Mailbox(SandboxRequest request) {
    server = SandboxServer.start(request, state -> call -> receive(state, call));
    server.state().createGroup("vip");
  }

  private static Operation receive(SandboxState state, Call call) {
    List<String> path = call.segments().orElse(List.of());
    if (path.size() != 2 || !path.get(0).equals("join") || !call.method().equals("POST")) {
      return Operation.answering("other", Answer.of(404));
    }
    List<String> members = call.body().lines().toList();
    return new Operation(
        "join",
        members,
        () -> {
          members.forEach(member -> state.add(path.get(1), member));
          return Answer.json(200, Map.of("joined", members.size()));
        });
  }

  @Override
  public URI address() {
    return server.address();
  }

  @Override
  public Map<String, Object> connection() {
    return Map.of("url", address().toString());
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
  public void close() {
    server.close();
  }
}
