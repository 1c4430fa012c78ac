package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small moves with raw values and violations. */
final class Plain {

  private Plain() {}

  /** A copy in the same order that nobody changes. */
  static Map<String, Object> copy(Map<String, ?> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A JSON object; its names are texts, which generics cannot know. */
  @SuppressWarnings("unchecked") // JsonText makes maps with texts as keys only
  static Map<String, Object> object(Map<?, ?> raw) {
    return (Map<String, Object>) raw;
  }

  static List<Violation> under(String prefix, List<Violation> violations) {
    return violations.stream().map(v -> v.under(prefix)).toList();
  }

  static <T> Parsed<T> under(String prefix, Parsed<T> parsed) {
    return parsed.violations().isEmpty()
        ? parsed
        : Parsed.wrong(under(prefix, parsed.violations()));
  }
}
