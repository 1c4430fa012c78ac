package dev.landfall.testkit.report;

import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Rules;
import dev.landfall.testkit.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Violations that are known, each with a reason: a JSON object of reasons by rule ids. One that is
 * known does not fail a run; one that no longer occurs does, so that the list stays true.
 */
public final class KnownViolations {

  /** Nothing is known to be wrong. */
  public static final KnownViolations NONE = new KnownViolations(Map.of());

  private final Map<String, String> reasons;

  private KnownViolations(Map<String, String> reasons) {
    this.reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  /**
   * Reads a list.
   *
   * @param file a JSON object of reasons by rule ids
   * @return the list
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  public static KnownViolations read(Path file) throws IOException {
    JsonNode document;
    try {
      document = JsonMapper.shared().readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + " is no JSON: " + e.getOriginalMessage(), e);
    }
    List<String> wrong = new ArrayList<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    if (!document.isObject()) {
      wrong.add("it is no JSON object of reasons by rule ids");
    }
    for (Map.Entry<String, JsonNode> entry : document.properties()) {
      if (Rules.find(entry.getKey()).isEmpty()) {
        wrong.add("there is no rule " + entry.getKey());
      } else if (!entry.getValue().isString() || entry.getValue().stringValue().isBlank()) {
        wrong.add(entry.getKey() + " has no reason");
      } else {
        reasons.put(entry.getKey(), entry.getValue().stringValue());
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(file + ": " + String.join("; ", wrong));
    }
    return new KnownViolations(reasons);
  }

  /**
   * Why a rule is known to be broken.
   *
   * @param rule the rule's id
   * @return the reason, or empty if it is not known to be
   */
  public Optional<String> reason(String rule) {
    return Optional.ofNullable(reasons.get(rule));
  }

  /**
   * Known violations that did not occur: their rules were kept, or do not apply any more.
   *
   * @param report what was found
   * @return the ids of their rules
   */
  public List<String> gone(Report report) {
    return report.results().stream()
        .filter(r -> r.verdict() == Verdict.PASSED || r.verdict() == Verdict.SKIPPED)
        .map(r -> r.rule().id())
        .filter(reasons::containsKey)
        .toList();
  }

  /**
   * Whether the connector keeps every MUST and SHOULD but those that are known to be broken, and
   * all of those still are.
   *
   * @param report what was found
   * @return true if it conforms so far
   */
  public boolean conforms(Report report) {
    return gone(report).isEmpty() && report.results().stream().allMatch(this::accepted);
  }

  private boolean accepted(RuleResult result) {
    return switch (result.verdict()) {
      case PASSED, SKIPPED -> true;
      case VIOLATED ->
          result.rule().level() == Rule.Level.MAY || reasons.containsKey(result.rule().id());
      case UNVERIFIED -> result.rule().level() == Rule.Level.MAY;
      case ERRORED -> false;
    };
  }
}
