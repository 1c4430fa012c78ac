package dev.landfall.testkit.golden;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Application;
import dev.landfall.testkit.sandbox.Call;
import dev.landfall.testkit.sandbox.Operation;
import dev.landfall.testkit.sandbox.SandboxState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A system that keeps records by their id: {@code POST /token}, {@code GET /lists/{list}}, and
 * {@code POST /lists/{list}/insert}, {@code /update}, {@code /upsert} and {@code /delete} with up
 * to 500 records.
 */
final class RecordService implements Application {

  static final int LONGEST_TEXT = 2_000;

  private final SandboxState state;
  private final GoldenAuthority authority;
  private final Map<String, Map<String, Map<String, Object>>> lists = new ConcurrentHashMap<>();

  RecordService(SandboxState state, GoldenAuthority authority) {
    this.state = state;
    this.authority = authority;
  }

  /** The records of a list by their ids, to be looked at and changed under this object's lock. */
  Map<String, Map<String, Object>> list(String name) {
    return lists.computeIfAbsent(name, n -> new LinkedHashMap<>());
  }

  @Override
  public Operation receive(Call call) {
    List<String> path = call.segments().orElse(List.of());
    String route = call.method() + " " + (path.isEmpty() ? "" : path.get(0)) + " " + path.size();
    return switch (route) {
      case "POST token 1" ->
          new Operation(authority.calls(), List.of(), () -> authority.handOut(call));
      case "GET lists 2" -> guarded("look", call, () -> look(path.get(1)));
      case "POST lists 3" -> change(path.get(2), call, path.get(1));
      default -> guarded("other", call, () -> Answer.of(404));
    };
  }

  private Operation guarded(String kind, Call call, Supplier<Answer> answer) {
    return authority.takes(call)
        ? new Operation(kind, List.of(), answer)
        : Operation.answering(kind, Answer.of(401));
  }

  private Answer look(String list) {
    return state.hasGroup(list) ? Answer.json(200, Map.of("list", list)) : Answer.of(404);
  }

  private Operation change(String kind, Call call, String list) {
    List<JsonNode> records = records(call);
    if (!authority.takes(call)) {
      return Operation.answering(kind, Answer.of(401));
    } else if (records.isEmpty()) {
      return Operation.answering(kind, Answer.of(400));
    } else if (records.size() > GoldenDestination.LARGEST_BATCH) {
      return Operation.answering(kind, Answer.of(413));
    }
    return new Operation(
        kind,
        records.stream().map(record -> record.path("id").asString("")).toList(),
        () ->
            state.hasGroup(list)
                ? Answer.json(200, Map.of("results", apply(kind, list, records)))
                : Answer.of(404));
  }

  private static List<JsonNode> records(Call call) {
    try {
      List<JsonNode> records = new ArrayList<>();
      JsonMapper.shared().readTree(call.body()).path("members").forEach(records::add);
      return records;
    } catch (JacksonException e) {
      return List.of();
    }
  }

  private synchronized List<Map<String, String>> apply(
      String kind, String list, List<JsonNode> records) {
    List<Map<String, String>> results = new ArrayList<>();
    for (JsonNode record : records) {
      String id = record.path("id").asString("");
      results.add(Map.of("id", id, "result", apply(kind, list(list), id, record)));
    }
    return results;
  }

  private static String apply(
      String kind, Map<String, Map<String, Object>> list, String id, JsonNode record) {
    Map<String, Object> there = list.get(id);
    if (kind.equals("delete")) {
      return list.remove(id) == null ? "absent" : "left";
    } else if (there != null && kind.equals("insert")) {
      return "already";
    } else if (there == null && kind.equals("update")) {
      return "missing";
    }
    Map<String, Object> after = new LinkedHashMap<>(there == null ? Map.of() : there);
    for (FieldSpec field : MadeUp.SCHEMA.fields()) {
      JsonNode value = record.get(field.name());
      if (value != null && value.isNull()) {
        after.remove(field.name());
      } else if (value != null && value.asString().length() > LONGEST_TEXT) {
        return "refused";
      } else if (value != null) {
        after.put(field.name(), read(field.type(), value.asString()));
      }
    }
    return after.equals(list.put(id, after)) ? "already" : "joined";
  }

  private static Object read(FieldType type, String text) {
    return switch (type) {
      case TEXT -> text;
      case INTEGER -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case FLAG -> Boolean.valueOf(text);
      case DATE -> LocalDate.parse(text);
      case DATE_TIME -> LocalDateTime.parse(text);
      case INSTANT -> Instant.parse(text);
    };
  }
}
