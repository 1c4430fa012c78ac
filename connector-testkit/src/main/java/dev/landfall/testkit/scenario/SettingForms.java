package dev.landfall.testkit.scenario;

import dev.landfall.connector.settings.Choice;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.SettingsSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Forms of settings that destinations and sources share. */
final class SettingForms {

  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-zA-Z0-9]*");

  /** A letter is an escape of its own; anything else that is escaped stands for itself. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\[^a-zA-Z]");

  /**
   * What ECMAScript does not know, or reads otherwise: possessive quantifiers, groups with flags or
   * without a way back, intersections, and escapes of Java's own.
   */
  private static final Pattern JAVA_ALONE =
      Pattern.compile(
          "[*+?}]\\+|\\(\\?(?![:=!]|<[=!a-zA-Z])|&&|\\\\[AZzGhHRXQEe]|\\\\[pP](?!\\{[A-Z][a-z]?})|\\\\x\\{");

  private SettingForms() {}

  /** Whether a name is one for JSON. */
  static boolean isName(String name) {
    return CAMEL_CASE.matcher(name).matches();
  }

  /** Whether a regular expression means the same in Java and in ECMAScript. */
  static boolean isCommon(String regex) {
    return !JAVA_ALONE.matcher(ESCAPED.matcher(regex).replaceAll("x")).find();
  }

  /** Which settings there are, without what they hold. */
  static String words(Map<String, Object> values) {
    return values.isEmpty() ? "none" : String.join(", ", new TreeSet<>(values.keySet()));
  }

  /** A value of the wrong type, and values of the right one that few people would write. */
  static List<Object> odd(Setting<?> setting) {
    List<Object> odd = new ArrayList<>(List.of(List.of("no setting is a list")));
    odd.addAll(
        switch (setting.kind()) {
          case TEXT -> List.of("x", "a/b?c#d", "-1", "\u00fc \ud83d\ude00", "x".repeat(5_000));
          case URL -> List.of("http://127.0.0.1", "http://localhost:1/a/b/", "https://x");
          case SECRET -> List.of(Secret.of("x"), Secret.of("\u00fc/+= "));
          case SELECT -> setting.choices().stream().map(Choice::id).toList();
          case INTEGER -> List.of(0L, -1L, 1L, Long.MAX_VALUE);
          case DURATION -> List.of("PT0S", "PT0.001S", "PT1H", "P36500D");
          case FLAG -> List.of(true, false);
          case PATH -> List.of("x", "../x", "/");
        });
    return odd;
  }

  /**
   * Whether a value that was read is read again as the same: it is in the one form that stands for
   * all of its spellings. What cannot be read at all is in no form.
   */
  static boolean stays(Setting<?> setting, Object raw, Path folder) {
    Optional<Object> once = read(setting, raw, folder);
    return once.isEmpty() || once.equals(read(setting, written(once.get()), folder));
  }

  private static Optional<Object> read(Setting<?> setting, Object raw, Path folder) {
    Parsed<Settings> parsed;
    try {
      parsed = SettingsSpec.of(setting).settings(Map.of(setting.name(), raw), folder);
    } catch (RuntimeException e) {
      // That validation throws is blamed by the rule on violations.
      return Optional.empty();
    }
    if (!parsed.violations().isEmpty()) {
      return Optional.empty();
    }
    Object value = parsed.orThrow().get(setting);
    return value instanceof Optional<?> optional
        ? optional.map(Object.class::cast)
        : Optional.of(value);
  }

  private static Object written(Object value) {
    if (value instanceof Choice choice) {
      return choice.id();
    }
    return value instanceof Long || value instanceof Boolean || value instanceof Secret
        ? value
        : value.toString();
  }
}
