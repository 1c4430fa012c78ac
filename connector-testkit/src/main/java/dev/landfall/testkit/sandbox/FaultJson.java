package dev.landfall.testkit.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads faults from JSON; the form is in {@link SandboxServer}. */
final class FaultJson {

  /** Everything that is wrong with what was sent. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> violations;

    Wrong(List<String> violations) {
      super(String.join(" ", violations), null, false, false);
      this.violations = List.copyOf(violations);
    }

    List<String> violations() {
      return violations;
    }
  }

  private static final Set<String> APPLIED = Set.of("first", "never", "late");

  private final JsonNode node;
  private final String at;
  private final List<String> violations;
  private final Set<String> read = new HashSet<>();

  private FaultJson(JsonNode node, String at, List<String> violations) {
    this.node = node;
    this.at = at;
    this.violations = violations;
  }

  static List<Fault> read(String json) throws Wrong {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw new Wrong(List.of("The body is no JSON."));
    }
    List<String> violations = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    if (root.isArray()) {
      for (int i = 0; i < root.size(); i++) {
        add(faults, new FaultJson(root.get(i), "/" + i, violations).fault());
      }
    } else {
      add(faults, new FaultJson(root, "", violations).fault());
    }
    if (!violations.isEmpty()) {
      throw new Wrong(violations);
    }
    return faults;
  }

  private static void add(List<Fault> faults, @Nullable Fault fault) {
    if (fault != null) {
      faults.add(fault);
    }
  }

  private @Nullable Fault fault() {
    if (!node.isObject()) {
      wrong("", "must be an object.");
      return null;
    }
    int before = violations.size();
    Fault fault = narrowed(base());
    node.propertyNames().stream()
        .filter(name -> !read.contains(name))
        .forEach(name -> wrong("/" + name, "is not known here."));
    return violations.size() == before ? fault : null;
  }

  private @Nullable Fault base() {
    String symptom = text("symptom");
    if ("slow".equals(symptom)) {
      Duration latency = duration("latency");
      return latency == null ? missing("latency") : Fault.slow(latency);
    }
    Fault.Symptom seen = symptom == null ? missing("symptom") : symptom(symptom);
    Fault fault = applied(seen);
    Duration latency = duration("latency");
    return fault == null || latency == null ? fault : fault.after(latency);
  }

  private Fault.@Nullable Symptom symptom(String word) {
    return switch (word) {
      case "answer" -> answer();
      case "html" -> Fault.html();
      case "errors" -> Fault.errorsInside();
      case "truncated" -> Fault.truncated();
      case "redirect" -> redirect();
      case "cut" -> Fault.cut();
      case "broken-body" -> Fault.brokenBody();
      case "silence" -> Fault.silence();
      case "drip" -> drip();
      default -> wrong("/symptom", "is none of those there are.");
    };
  }

  private Fault.@Nullable Symptom answer() {
    Integer status = whole("status");
    String retryAfter = text("retryAfter");
    if (status == null) {
      return missing("status");
    }
    return retryAfter == null ? Fault.answering(status) : Fault.answering(status, retryAfter);
  }

  private Fault.@Nullable Symptom redirect() {
    String location = text("location");
    if (location == null) {
      return missing("location");
    }
    try {
      return Fault.redirect(new URI(location));
    } catch (URISyntaxException e) {
      return wrong("/location", "must be a URL.");
    }
  }

  private Fault.@Nullable Symptom drip() {
    Duration over = duration("over");
    return over == null ? missing("over") : Fault.dripping(over);
  }

  private @Nullable Fault applied(Fault.@Nullable Symptom symptom) {
    Duration lateAfter = duration("lateAfter");
    String applied = text("applied");
    if (applied == null) {
      return missing("applied");
    }
    if (!APPLIED.contains(applied)) {
      return wrong("/applied", "must be first, never or late.");
    }
    if (lateAfter != null && !applied.equals("late")) {
      return wrong("/lateAfter", "has a meaning only where applied is late.");
    }
    if (symptom == null) {
      return null;
    }
    return switch (applied) {
      case "first" -> symptom.applied();
      case "never" -> symptom.notApplied();
      default -> lateAfter == null ? symptom.appliedLate() : symptom.appliedLate(lateAfter);
    };
  }

  private @Nullable Fault narrowed(@Nullable Fault base) {
    List<String> calls = texts("calls");
    List<String> records = texts("records");
    Integer times = whole("times");
    Integer beyond = whole("beyond");
    Double probability = value("probability", JsonNode::isNumber, JsonNode::asDouble, "a number");
    Integer seed = whole("seed");
    if (times != null && times < 1) {
      return wrong("/times", "must be at least 1.");
    }
    if (beyond != null && beyond < 1) {
      return wrong("/beyond", "must be at least 1.");
    }
    if (probability != null && !(probability >= 0 && probability <= 1)) {
      return wrong("/probability", "must lie between 0 and 1.");
    }
    if (base == null) {
      return null;
    }
    Fault fault =
        base.onCalls(calls.toArray(String[]::new)).onRecords(records.toArray(String[]::new));
    fault = times == null ? fault : fault.times(times);
    fault = beyond == null ? fault : fault.beyond(beyond);
    return probability == null
        ? fault
        : fault.withProbability(probability, seed == null ? 0 : seed);
  }

  private @Nullable String text(String name) {
    return value(name, JsonNode::isString, JsonNode::asString, "a text");
  }

  private @Nullable Integer whole(String name) {
    return value(name, JsonNode::isInt, JsonNode::asInt, "a whole number");
  }

  private List<String> texts(String name) {
    List<String> texts = value(name, FaultJson::isTexts, FaultJson::toTexts, "an array of texts");
    return texts == null ? List.of() : texts;
  }

  private static boolean isTexts(JsonNode node) {
    return node.isArray() && node.valueStream().allMatch(JsonNode::isString);
  }

  private static List<String> toTexts(JsonNode node) {
    return node.valueStream().map(JsonNode::asString).toList();
  }

  private @Nullable Duration duration(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      Duration duration = Duration.parse(text);
      return duration.isNegative() ? wrong("/" + name, "must not be negative.") : duration;
    } catch (DateTimeParseException e) {
      return wrong("/" + name, "must be an ISO 8601 duration such as PT0.2S.");
    }
  }

  private <T> @Nullable T value(
      String name, Function<JsonNode, Boolean> fits, Function<JsonNode, T> read, String what) {
    this.read.add(name);
    JsonNode value = node.get(name);
    if (value == null) {
      return null;
    }
    return fits.apply(value) ? read.apply(value) : wrong("/" + name, "must be " + what + ".");
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // always null, which is of every type
  private <T> @Nullable T missing(String name) {
    return wrong("/" + name, "is required.");
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // always null, which is of every type
  private <T> @Nullable T wrong(String pointer, String predicate) {
    violations.add((at + pointer).isEmpty() ? "It " + predicate : at + pointer + " " + predicate);
    return null;
  }
}
