package dev.landfall.testkit.golden;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Application;
import dev.landfall.testkit.sandbox.Call;
import dev.landfall.testkit.sandbox.Operation;
import dev.landfall.testkit.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A system that keeps lists: {@code POST /token}, {@code PUT} and {@code GET /lists/{list}}, {@code
 * POST /lists/{list}/add} and {@code /remove} with up to 500 members, {@code PUT
 * /lists/{list}/members/{id}} for one, and, where changes are applied later, {@code GET
 * /receipts/{receipt}}.
 */
final class ListService implements Application {

  static final String BLOCKED = "blocked-";

  private final SandboxState state;
  private final GoldenAuthority authority;
  private final boolean later;
  private final Map<String, Supplier<List<Map<String, String>>>> pending = new LinkedHashMap<>();
  private final Map<String, List<Map<String, String>>> settled = new LinkedHashMap<>();

  ListService(SandboxState state, GoldenAuthority authority, boolean later) {
    this.state = state;
    this.authority = authority;
    this.later = later;
  }

  static String calls(ChangeKind kind) {
    return kind == ChangeKind.ADD ? "add" : "remove";
  }

  @Override
  public Operation receive(Call call) {
    List<String> path = call.segments().orElse(List.of());
    String route = call.method() + " " + (path.isEmpty() ? "" : path.get(0)) + " " + path.size();
    if (route.equals("POST token 1")) {
      return new Operation(authority.calls(), List.of(), () -> authority.handOut(call));
    }
    String verb = path.isEmpty() ? "" : path.get(path.size() - 1);
    return switch (route) {
      case "GET lists 2" -> guarded("look", call, () -> look(verb));
      case "PUT lists 2" -> guarded("make", call, () -> make(verb));
      case "GET receipts 2" -> guarded("ask", call, () -> ask(verb));
      case "POST lists 3" ->
          verb.equals("add") || verb.equals("remove")
              ? change(verb, call, path.get(1), ids(call))
              : guarded("other", call, () -> Answer.of(404));
      case "PUT lists 4" -> change("add", call, path.get(1), List.of(verb));
      default -> guarded("other", call, () -> Answer.of(404));
    };
  }

  private Operation guarded(String kind, Call call, Supplier<Answer> answer) {
    return authority.takes(call)
        ? new Operation(kind, List.of(), answer)
        : Operation.answering(kind, Answer.of(401));
  }

  private Operation change(String kind, Call call, String list, List<String> ids) {
    if (!authority.takes(call)) {
      return Operation.answering(kind, Answer.of(401));
    } else if (ids.isEmpty()) {
      return Operation.answering(kind, Answer.of(400));
    } else if (ids.size() > GoldenDestination.LARGEST_BATCH) {
      return Operation.answering(kind, Answer.of(413));
    }
    return new Operation(
        kind,
        ids,
        () -> {
          if (!state.hasGroup(list)) {
            return Answer.of(404);
          }
          return later
              ? takeOn(() -> apply(kind, list, ids))
              : Answer.json(200, Map.of("results", apply(kind, list, ids)));
        });
  }

  private static List<String> ids(Call call) {
    List<String> ids = new ArrayList<>();
    try {
      for (JsonNode member : JsonMapper.shared().readTree(call.body()).path("members")) {
        ids.add(member.path("id").asString(""));
      }
    } catch (JacksonException e) {
      return List.of();
    }
    return ids;
  }

  private List<Map<String, String>> apply(String kind, String list, List<String> ids) {
    List<Map<String, String>> results = new ArrayList<>();
    for (String id : ids) {
      String result;
      if (!kind.equals("add")) {
        result = state.remove(list, id) ? "left" : "absent";
      } else if (id.startsWith(BLOCKED)) {
        result = "refused";
      } else {
        result = state.add(list, id) ? "joined" : "already";
      }
      results.add(Map.of("id", id, "result", result));
    }
    return results;
  }

  private synchronized Answer takeOn(Supplier<List<Map<String, String>>> change) {
    String receipt = UUID.randomUUID().toString();
    pending.put(receipt, change);
    return Answer.json(202, Map.of("receipt", receipt));
  }

  synchronized int settle() {
    int before = settled.values().stream().mapToInt(List::size).sum();
    pending.forEach((receipt, change) -> settled.put(receipt, change.get()));
    pending.clear();
    return settled.values().stream().mapToInt(List::size).sum() - before;
  }

  private Answer look(String list) {
    return state.hasGroup(list) ? Answer.json(200, Map.of("list", list)) : Answer.of(404);
  }

  private Answer make(String list) {
    state.createGroup(list);
    return Answer.of(201);
  }

  private synchronized Answer ask(String receipt) {
    if (pending.containsKey(receipt)) {
      return Answer.json(200, Map.of("state", "pending"));
    }
    List<Map<String, String>> results = settled.get(receipt);
    return results == null
        ? Answer.of(404)
        : Answer.json(200, Map.of("state", "done", "results", results));
  }
}
