package dev.landfall.kognitiv.sandbox;

import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Call;
import dev.landfall.testkit.sandbox.Operation;
import dev.landfall.testkit.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The API itself: which call means what, and what it does to a group. */
final class Inspire {

  private static final List<String> GROUPS = List.of("api", "groups", "promotionalMember");
  private static final String SCHEME = "bearer ";

  private final SandboxState state;
  private final Tokens tokens;
  private final Switches switches;
  private final Directory directory;
  private final TokenEndpoint tokenEndpoint;

  Inspire(SandboxState state, Tokens tokens, Switches switches, Directory directory) {
    this.state = state;
    this.tokens = tokens;
    this.switches = switches;
    this.directory = directory;
    tokenEndpoint = new TokenEndpoint(tokens);
  }

  Operation receive(Call call) {
    if (call.path().equals(tokens.path())) {
      return new Operation(KognitivSandbox.TOKEN, List.of(), () -> tokenEndpoint.answer(call));
    }
    Optional<List<String>> path = call.segments();
    if (path.isEmpty()) {
      return Operation.answering(KognitivSandbox.OTHER, Errors.UNDECODABLE);
    }
    List<String> segments = path.get();
    // A server on the way resolves dots, encoded or not, before the API sees them.
    if (!startsWithGroups(segments) || segments.contains(".") || segments.contains("..")) {
      return Operation.answering(KognitivSandbox.OTHER, Errors.NO_ROUTE);
    }
    if (segments.size() == 3) {
      return list(call);
    }
    if (segments.size() == 6
        && segments.get(4).equals("members")
        && !segments.get(3).isEmpty()
        && !segments.get(5).isEmpty()) {
      return membership(call, segments.get(3), segments.get(5));
    }
    return Operation.answering(KognitivSandbox.OTHER, Errors.NO_ROUTE);
  }

  private static boolean startsWithGroups(List<String> segments) {
    return segments.size() >= 3 && segments.subList(0, 3).equals(GROUPS);
  }

  private Operation list(Call call) {
    if (!call.method().equals("GET")) {
      return Operation.answering(KognitivSandbox.OTHER, Errors.methodNotAllowed("GET"));
    }
    Optional<Answer> refusal = refusal(KognitivSandbox.LIST, call);
    return refusal.isPresent()
        ? Operation.answering(KognitivSandbox.LIST, refusal.get())
        : new Operation(KognitivSandbox.LIST, List.of(), this::groups);
  }

  private Operation membership(Call call, String reference, String sentId) {
    String kind =
        switch (call.method()) {
          case "PUT" -> KognitivSandbox.ADD;
          case "DELETE" -> KognitivSandbox.REMOVE;
          default -> KognitivSandbox.OTHER;
        };
    if (kind.equals(KognitivSandbox.OTHER)) {
      return Operation.answering(kind, Errors.methodNotAllowed("PUT, DELETE"));
    }
    String id = Directory.canonical(sentId);
    Optional<Answer> refusal = refusal(kind, call);
    return Operation.on(
        kind,
        id,
        () ->
            refusal.orElseGet(
                () ->
                    kind.equals(KognitivSandbox.ADD) ? add(reference, id) : remove(reference, id)));
  }

  /** What is checked on arrival, whatever becomes of the call later. */
  private Optional<Answer> refusal(String kind, Call call) {
    String header = call.header("Authorization").orElse("");
    boolean bearer = header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    if (!bearer || !tokens.use(header.substring(SCHEME.length()))) {
      return Optional.of(Errors.unauthorized(bearer));
    }
    if (switches.overCapacity()) {
      return Optional.of(Errors.TOO_MANY);
    }
    if (switches.forbids(kind)) {
      return Optional.of(Errors.FORBIDDEN);
    }
    if (!call.body().isEmpty()) {
      return Optional.of(Errors.BODY);
    }
    return call.query() == null ? Optional.empty() : Optional.of(Errors.QUERY);
  }

  private Answer add(String reference, String id) {
    // One lock over look and change: the group may be taken away in between.
    synchronized (state) {
      if (!state.hasGroup(reference)) {
        return notFound(Errors.GROUP_NOT_FOUND);
      }
      return switch (directory.standing(id)) {
        case INVALID -> Errors.INVALID_ID;
        case MISSING -> notFound(Errors.MEMBER_NOT_FOUND);
        case SUSPENDED -> Errors.SUSPENDED;
        case ACTIVE ->
            state.add(reference, id) || !switches.repeatedAddConflicts()
                ? success()
                : Errors.ALREADY_A_MEMBER;
      };
    }
  }

  private Answer remove(String reference, String id) {
    synchronized (state) {
      if (!state.hasGroup(reference)) {
        return notFound(Errors.GROUP_NOT_FOUND);
      }
      return switch (directory.standing(id)) {
        case INVALID -> Errors.INVALID_ID;
        case MISSING -> notFound(Errors.MEMBER_NOT_FOUND);
        case SUSPENDED -> switches.suspendedStay() ? Errors.SUSPENDED : leave(reference, id);
        case ACTIVE -> leave(reference, id);
      };
    }
  }

  private Answer leave(String reference, String id) {
    return state.remove(reference, id) || switches.removeOfNonMemberSucceeds()
        ? success()
        : notFound(Errors.NOT_IN_GROUP);
  }

  private Answer notFound(Answer telling) {
    return switches.notFoundAlike() ? Errors.NOT_FOUND : telling;
  }

  private Answer success() {
    return switches.bodies() ? envelope(List.of()) : Answer.of(204);
  }

  private Answer groups() {
    List<Map<String, Object>> data = new ArrayList<>();
    for (String reference : state.groups()) {
      Map<String, Object> group = new LinkedHashMap<>();
      group.put("id", data.size() + 1);
      group.put("name", reference);
      if (!switches.referencesHidden()) {
        group.put("externalReference", reference);
      }
      group.put("status", "active");
      group.put("rebuildFrequency", "manual");
      data.add(group);
    }
    return envelope(data);
  }

  private static Answer envelope(List<Map<String, Object>> data) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("data", data);
    envelope.put("links", Map.of("self", "/api/groups/promotionalMember"));
    envelope.put("meta", Map.of("count", data.size()));
    return Answer.json(200, envelope);
  }
}
