package dev.landfall.testkit.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sandbox's own addresses, for a test in another process; see {@link SandboxServer}. */
final class Control {

  static final String ROOT = "/__sandbox/";

  private final SandboxState state;
  private final Faults faults;

  Control(SandboxState state, Faults faults) {
    this.state = state;
    this.faults = faults;
  }

  Answer answer(Call call) {
    return switch (call.method() + " " + call.path().substring(ROOT.length())) {
      case "GET state" -> state(!"members=no".equals(call.query()));
      case "POST faults" -> inject(call.body());
      case "DELETE faults" -> {
        faults.clear();
        yield Answer.of(204);
      }
      case "POST late" -> Answer.json(200, Map.of("applied", faults.applyLate()));
      default -> wrong(404, List.of("The sandbox has no such control."));
    };
  }

  private Answer state(boolean withMembers) {
    Map<String, Object> groups = new LinkedHashMap<>();
    for (String group : state.groups()) {
      Map<String, Object> held = new LinkedHashMap<>();
      held.put("size", state.size(group));
      if (withMembers) {
        held.put("members", state.members(group));
      }
      groups.put(group, held);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("groups", groups);
    all.put("calls", state.calls());
    all.put("mostInFlight", state.mostInFlight());
    all.put("struck", faults.struck());
    all.put("pendingLate", faults.pendingLate());
    return Answer.json(200, all);
  }

  private Answer inject(String body) {
    try {
      FaultJson.read(body).forEach(faults::inject);
      return Answer.of(204);
    } catch (FaultJson.Wrong e) {
      return wrong(400, e.violations());
    }
  }

  private static Answer wrong(int status, List<String> violations) {
    return Answer.json(status, Map.of("errors", violations));
  }
}
