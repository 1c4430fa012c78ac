package dev.landfall.testkit.scenario;

import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.settings.Violation;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Settings: D-2. */
final class SettingsScenarios {

  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(secret|password|passphrase|apikey|privatekey)");

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-2.1", SettingsScenarios::everyViolationAtOnce),
          new Scenario("D-2.2", SettingsScenarios::validationAsksNobody),
          new Scenario("D-2.3", SettingsScenarios::settingsAreDescribed),
          new Scenario("D-2.4", SettingsScenarios::secretsAreDeclared),
          new Scenario("D-2.5", SettingsScenarios::identityIsDeclared),
          new Scenario("D-2.6", SettingsScenarios::whatIsReadStaysAsItIs),
          new Scenario("D-2.7", SettingsScenarios::patternsAreCommon));

  private SettingsScenarios() {}

  private static void everyViolationAtOnce(Stage stage) {
    for (SettingsSpec spec : specs(stage).toList()) {
      Set<String> pointers = new HashSet<>();
      for (Violation violation : violations(stage, spec, Map.of())) {
        pointers.add(violation.pointer());
      }
      for (Setting<?> setting : spec.settings()) {
        String pointer = Violation.pointerTo(setting.name());
        stage.expect(
            !setting.isRequired() || pointers.contains(pointer),
            "a violation at " + pointer + ", which is required",
            "the violations of an empty section were at " + pointers);
      }
    }
    pointed(stage, stage.descriptor().connection(), stage.testbed().connection());
    pointed(stage, stage.descriptor().target(), stage.target().settings());
  }

  /** Rules over several settings are asked once each setting is right by itself. */
  private static void pointed(Stage stage, SettingsSpec spec, Map<String, Object> good) {
    List<Violation> none = violations(stage, spec, good);
    stage.expect(none.isEmpty(), "the sandbox's own settings to be right", "wrong were " + none);
    for (Setting<?> setting : spec.settings()) {
      Map<String, Object> wrong = new LinkedHashMap<>(good);
      for (Object value : SettingForms.odd(setting)) {
        wrong.put(setting.name(), value);
        for (Violation violation : violations(stage, spec, wrong)) {
          stage.expect(
              spec.settings().stream()
                  .anyMatch(s -> violation.pointer().equals(Violation.pointerTo(s.name()))),
              "a pointer to a setting there is",
              "a violation points to " + violation.pointer());
        }
      }
    }
  }

  private static List<Violation> violations(
      Stage stage, SettingsSpec spec, Map<String, Object> values) {
    stage.note("settings are read: " + SettingForms.words(values));
    try {
      return spec.connection(values, stage.folder()).violations();
    } catch (RuntimeException e) {
      stage.expect(false, "violations", "validation threw " + e.getClass().getName());
      throw e;
    }
  }

  private static void validationAsksNobody(Stage stage) {
    long before = stage.calls();
    violations(stage, stage.descriptor().connection(), stage.testbed().connection());
    violations(stage, stage.descriptor().connection(), Map.of());
    violations(stage, stage.descriptor().target(), stage.target().settings());
    stage.expect(
        stage.calls() == before,
        "no call while settings are read",
        "the system saw " + (stage.calls() - before));
  }

  private static void settingsAreDescribed(Stage stage) {
    specs(stage)
        .flatMap(spec -> spec.settings().stream())
        .forEach(setting -> described(stage, setting));
  }

  private static void described(Stage stage, Setting<?> setting) {
    stage.expect(
        SettingForms.isName(setting.name()),
        "a name in camel case",
        "one is \"" + setting.name() + "\"");
    stage.expect(
        !setting.label().isBlank() && !setting.description().isBlank(),
        "a label and a description for " + setting.name(),
        "one of them is blank");
  }

  private static void whatIsReadStaysAsItIs(Stage stage) {
    stays(stage, stage.descriptor().connection(), stage.testbed().connection());
    stays(stage, stage.descriptor().target(), stage.target().settings());
  }

  private static void stays(Stage stage, SettingsSpec spec, Map<String, Object> good) {
    for (Setting<?> setting : spec.settings()) {
      List<Object> values = new ArrayList<>(SettingForms.odd(setting));
      Optional.ofNullable(good.get(setting.name())).ifPresent(values::add);
      for (Object value : values) {
        stage.expect(
            SettingForms.stays(setting, value, stage.folder()),
            "a value of " + setting.name() + " that was read to be read again as the same",
            "it became another");
      }
    }
  }

  private static void patternsAreCommon(Stage stage) {
    specs(stage)
        .flatMap(spec -> spec.settings().stream())
        .forEach(
            setting ->
                stage.expect(
                    setting.pattern().map(SettingForms::isCommon).orElse(true),
                    "a pattern of " + setting.name() + " that editors read as Java does",
                    "it is " + setting.pattern().orElse("")));
  }

  private static void secretsAreDeclared(Stage stage) {
    specs(stage)
        .flatMap(spec -> spec.settings().stream())
        .filter(setting -> SECRET_NAME.matcher(setting.name()).matches())
        .forEach(
            setting ->
                stage.expect(
                    setting.kind() == Setting.Kind.SECRET,
                    setting.name() + " to be declared as a secret",
                    "it is declared as " + setting.kind()));
  }

  private static void identityIsDeclared(Stage stage) {
    stage.expect(
        !stage.descriptor().identity().isEmpty(),
        "the settings that say which target this is",
        "the identity is empty, so that two syncs with two targets would share a ledger");
    stage.expect(
        !identity(stage, stage.target()).equals(identity(stage, stage.target())),
        "two targets to differ in what says which target this is",
        "they do not, so that two syncs would share a ledger");
  }

  private static List<Object> identity(Stage stage, Target target) {
    ConnectionSettings connection = stage.connection(stage.testbed().connection());
    TargetSettings settings = stage.targetSettings(target.settings());
    List<Object> values = new ArrayList<>();
    for (Setting<?> setting : stage.descriptor().identity()) {
      boolean ofTarget = stage.descriptor().target().settings().contains(setting);
      values.add(ofTarget ? settings.get(setting) : connection.get(setting));
    }
    return values;
  }

  private static Stream<SettingsSpec> specs(Stage stage) {
    return Stream.of(stage.descriptor().connection(), stage.descriptor().target());
  }
}
