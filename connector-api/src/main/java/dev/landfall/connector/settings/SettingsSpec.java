package dev.landfall.connector.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one section, in the order they were declared, and rules over several of them.
 *
 * <p>Raw values are what JSON gives: String, Long, Integer, Boolean; a {@link Secret} where a
 * reference was resolved; a Map with the single key {@code env} or {@code file} where it was not.
 * Reading does no I/O and gives every violation at once. Immutable.
 */
public final class SettingsSpec {

  /** A rule over several settings; asked only once each of them is right by itself. */
  @FunctionalInterface
  public interface Rule {
    /**
     * Checks the rule.
     *
     * @param settings the values, each right by itself
     * @return what is wrong, or empty; the pointer names the setting to change
     */
    Optional<Violation> check(Settings settings);
  }

  private static final Set<String> REFERENCES = Set.of("env", "file");

  private final List<Setting<?>> settings;
  private final List<Rule> rules;

  private SettingsSpec(List<Setting<?>> settings, List<Rule> rules) {
    this.settings = List.copyOf(settings);
    this.rules = List.copyOf(rules);
    Set<String> names = new LinkedHashSet<>();
    for (Setting<?> setting : this.settings) {
      if (!names.add(setting.name())) {
        throw new IllegalArgumentException("Two settings are named " + setting.name());
      }
    }
  }

  /**
   * A spec without rules.
   *
   * @param settings the settings, in the order they are shown
   * @return the spec
   * @throws IllegalArgumentException if two settings have one name
   */
  public static SettingsSpec of(Setting<?>... settings) {
    return new SettingsSpec(Arrays.asList(settings), List.of());
  }

  /**
   * The same settings with one rule more.
   *
   * @param rule a rule over several settings; pure
   * @return a changed copy
   */
  public SettingsSpec withRule(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new SettingsSpec(settings, more);
  }

  /**
   * The settings in the order they were declared.
   *
   * @return the settings
   */
  public List<Setting<?>> settings() {
    return settings;
  }

  /**
   * Finds a setting by its name.
   *
   * @param name the name in JSON
   * @return the setting, or empty
   */
  public Optional<Setting<?>> find(String name) {
    return settings.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /**
   * Everything that can be told to be wrong while references are not resolved: a reference counts
   * as given and right.
   *
   * @param values raw values by name
   * @param base the folder that paths are relative to
   * @return all violations; empty if there are none
   */
  public List<Violation> violations(Map<String, ?> values, Path base) {
    return new Reader(values, base, true).read(Settings::new).violations();
  }

  /**
   * Reads a section that is nobody's connection or target.
   *
   * @param values raw values by name, references resolved
   * @param base the folder that paths are relative to
   * @return the settings, or all violations
   */
  public Parsed<Settings> settings(Map<String, ?> values, Path base) {
    return new Reader(values, base, false).read(Settings::new);
  }

  /**
   * Reads the settings of a connection.
   *
   * @param values raw values by name, references resolved
   * @param base the folder that paths are relative to
   * @return the settings, or all violations
   */
  public Parsed<ConnectionSettings> connection(Map<String, ?> values, Path base) {
    return new Reader(values, base, false).read(ConnectionSettings::new);
  }

  /**
   * Reads the settings of a target.
   *
   * @param values raw values by name, references resolved
   * @param base the folder that paths are relative to
   * @return the settings, or all violations
   */
  public Parsed<TargetSettings> target(Map<String, ?> values, Path base) {
    return new Reader(values, base, false).read(TargetSettings::new);
  }

  /**
   * Whether a raw value is a reference to a value kept elsewhere.
   *
   * @param raw a raw value
   * @return true for a Map with the single key {@code env} or {@code file} and a text
   */
  public static boolean isReference(@Nullable Object raw) {
    return raw instanceof Map<?, ?> map
        && map.size() == 1
        && map.keySet().stream().allMatch(REFERENCES::contains)
        && map.values().stream().allMatch(v -> v instanceof String s && !s.isBlank());
  }

  private final class Reader {
    private final Map<String, ?> values;
    private final Path base;
    private final boolean referencesCount;
    private final List<Violation> violations = new ArrayList<>();
    private boolean complete = true;

    Reader(Map<String, ?> values, Path base, boolean referencesCount) {
      this.values = values;
      this.base = base;
      this.referencesCount = referencesCount;
    }

    <S extends Settings> Parsed<S> read(Function<Map<Setting<?>, Object>, S> make) {
      Map<Setting<?>, Object> read = new LinkedHashMap<>();
      for (Setting<?> setting : settings) {
        readOne(setting, read);
      }
      values.keySet().stream().filter(n -> find(n).isEmpty()).sorted().forEach(this::unknown);
      S made = make.apply(read);
      if (violations.isEmpty() && complete) {
        rules.forEach(rule -> rule.check(made).ifPresent(violations::add));
      }
      return violations.isEmpty() ? Parsed.of(made) : Parsed.wrong(violations);
    }

    private void readOne(Setting<?> setting, Map<Setting<?>, Object> read) {
      Object raw = values.get(setting.name());
      if (raw == null && setting.isRequired()) {
        wrong(setting, "setting.missing", "is required.");
      } else if (referencesCount && setting.kind().mayBeReference() && isReference(raw)) {
        complete = false;
      } else {
        try {
          read.put(setting, setting.read(raw, base));
        } catch (SettingValues.Wrong e) {
          wrong(setting, e.code(), e.getMessage());
        }
      }
    }

    private void wrong(Setting<?> setting, String code, @Nullable String predicate) {
      violations.add(
          new Violation(
              Violation.pointerTo(setting.name()),
              code,
              setting.label() + " (" + setting.name() + ") " + predicate));
    }

    private void unknown(String name) {
      violations.add(
          new Violation(
              Violation.pointerTo(name),
              "setting.unknown",
              "There is no setting \""
                  + name
                  + "\" here."
                  + Nearest.question(name, settings.stream().map(Setting::name).toList())));
    }
  }
}
