package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Choice;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON Schema (draft 2020-12) of settings. Not stricter than the reader, but for spellings that
 * nobody writes ({@code PT+5M}); where a rule has no words in JSON Schema, the reader alone knows
 * it.
 */
final class Schemas {

  /** Where a document that embeds these schemas defines a reference. */
  static final String REFERENCE = "#/$defs/reference";

  private static final String DURATION =
      "^[Pp](?=[0-9Tt])([0-9]+[Dd])?([Tt](?=[0-9])([0-9]+[Hh])?([0-9]+[Mm])?"
          + "([0-9]+([.,][0-9]{0,9})?[Ss])?)?$";
  private static final String URL =
      "^\\s*[Hh][Tt][Tt][Pp]([Ss]://[^/?#@]+"
          + "|://([Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]|127\\.[0-9.]+|\\[::1\\])(:[0-9]*)?)"
          + "(/[^?#]*)?$";

  private Schemas() {}

  /** What stands for a value that is kept elsewhere. */
  static Map<String, Object> reference() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("title", "Reference");
    schema.put(
        "description",
        "A value kept elsewhere: in an environment variable, or in a file whose path is relative to"
            + " the manifest.");
    schema.put("type", "object");
    schema.put(
        "properties",
        inOrder(
            "env",
            inOrder(
                "description", "The name of an environment variable.",
                "type", "string",
                "pattern", "^[A-Za-z_][A-Za-z0-9_.]*$",
                "examples", List.of("CLIENT_SECRET")),
            "file",
            inOrder(
                "description", "A file with the value alone, relative to the manifest.",
                "type", "string",
                "pattern", "\\S",
                "examples", List.of("secret.txt"))));
    schema.put("minProperties", 1);
    schema.put("maxProperties", 1);
    schema.put("additionalProperties", false);
    schema.put("examples", List.of(Map.of("env", "CLIENT_SECRET"), Map.of("file", "secret.txt")));
    return schema;
  }

  /**
   * A section.
   *
   * @param references whether its texts may be references
   */
  static Map<String, Object> object(SettingsSpec spec, boolean references) {
    Map<String, Object> properties = new LinkedHashMap<>();
    spec.settings().forEach(s -> properties.put(s.name(), property(s, references)));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    List<String> required =
        spec.settings().stream().filter(Setting::isRequired).map(Setting::name).toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  /** One setting; what a form needs beyond JSON Schema stands under names that begin with x-. */
  static Map<String, Object> property(Setting<?> setting, boolean references) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("title", setting.label());
    if (!setting.description().isEmpty()) {
      schema.put("description", setting.description());
    }
    if (setting.kind() == Setting.Kind.SECRET) {
      schema.put("$ref", REFERENCE);
    } else if (references && setting.kind().mayBeReference()) {
      schema.put("anyOf", List.of(value(setting), Map.of("$ref", REFERENCE)));
    } else {
      schema.putAll(value(setting));
    }
    setting.defaultValue().ifPresent(d -> schema.put("default", readable(setting, d)));
    List<Object> examples = Examples.of(setting);
    if (!examples.isEmpty()) {
      schema.put("examples", examples);
    }
    if (!setting.group().isEmpty()) {
      schema.put("x-group", setting.group());
    }
    if (setting.advanced()) {
      schema.put("x-advanced", true);
    }
    return schema;
  }

  private static Map<String, Object> value(Setting<?> setting) {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (setting.kind()) {
      case TEXT, PATH, SECRET -> {
        schema.put("type", "string");
        schema.put("pattern", setting.pattern().map(p -> "^(?:" + p + ")$").orElse("\\S"));
      }
      case URL -> {
        schema.put("type", "string");
        schema.put("format", "uri");
        schema.put("pattern", URL);
      }
      case SELECT -> {
        List<? extends Choice> choices = setting.choices();
        schema.put("enum", choices.stream().map(Choice::id).toList());
        schema.put("enumDescriptions", choices.stream().map(Choice::label).toList());
      }
      case INTEGER -> {
        schema.put("type", "integer");
        setting.least().ifPresent(least -> schema.put("minimum", least));
        setting.greatest().ifPresent(greatest -> schema.put("maximum", greatest));
      }
      case DURATION -> {
        schema.put("type", "string");
        schema.put("pattern", DURATION);
      }
      case FLAG -> schema.put("type", "boolean");
    }
    return schema;
  }

  /** Whole days as a person writes them: {@code P1D}, where Java writes {@code PT24H}. */
  private static Object readable(Setting<?> setting, Object defaultValue) {
    if (setting.kind() == Setting.Kind.DURATION) {
      Duration duration = Duration.parse((String) defaultValue);
      if (!duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()))) {
        return "P" + duration.toDays() + "D";
      }
    }
    return defaultValue;
  }

  /** A map that keeps the order of its pairs. */
  static Map<String, Object> inOrder(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
