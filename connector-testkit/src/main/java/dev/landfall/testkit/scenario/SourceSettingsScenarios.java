package dev.landfall.testkit.scenario;

import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.testkit.stage.SourceStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings: S-2. */
final class SourceSettingsScenarios {

  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(secret|password|passphrase|apikey|privatekey|token)");

  static final List<SourceScenario> ALL =
      List.of(
          new SourceScenario("S-2.1", SourceSettingsScenarios::everyViolationAtOnce),
          new SourceScenario("S-2.2", SourceSettingsScenarios::validationReadsAndWritesNothing),
          new SourceScenario("S-2.3", SourceSettingsScenarios::settingsAreDescribed),
          new SourceScenario("S-2.4", SourceSettingsScenarios::secretsAreDeclared),
          new SourceScenario("S-2.5", SourceSettingsScenarios::whatIsReadStaysAsItIs),
          new SourceScenario("S-2.6", SourceSettingsScenarios::patternsAreCommon));

  private SourceSettingsScenarios() {}

  private static SettingsSpec spec(SourceStage stage) {
    return stage.descriptor().settings();
  }

  private static void everyViolationAtOnce(SourceStage stage) {
    Set<String> pointers = new HashSet<>();
    violations(stage, Map.of()).forEach(violation -> pointers.add(violation.pointer()));
    for (Setting<?> setting : spec(stage).settings()) {
      String pointer = Violation.pointerTo(setting.name());
      stage.expect(
          !setting.isRequired() || pointers.contains(pointer),
          "a violation at " + pointer + ", which is required",
          "the violations of an empty section were at " + pointers);
    }
    Map<String, Object> good = stage.testbed().settings();
    for (Map<String, Object> right : List.of(good, stage.testbed().missingSettings())) {
      List<Violation> none = violations(stage, right);
      stage.expect(none.isEmpty(), "the test bed's own settings to be right", "wrong were " + none);
    }
    // Rules over several settings are asked once each setting is right by itself.
    for (Setting<?> setting : spec(stage).settings()) {
      Map<String, Object> wrong = new LinkedHashMap<>(good);
      for (Object value : SettingForms.odd(setting)) {
        wrong.put(setting.name(), value);
        pointed(stage, wrong);
      }
      Map<String, Object> without = new LinkedHashMap<>(good);
      without.remove(setting.name());
      pointed(stage, without);
    }
  }

  private static void pointed(SourceStage stage, Map<String, Object> values) {
    for (Violation violation : violations(stage, values)) {
      stage.expect(
          spec(stage).settings().stream()
              .anyMatch(s -> violation.pointer().equals(Violation.pointerTo(s.name()))),
          "a pointer to a setting there is",
          "a violation points to " + violation.pointer());
    }
  }

  private static List<Violation> violations(SourceStage stage, Map<String, Object> values) {
    stage.note("settings are read: " + SettingForms.words(values));
    try {
      return spec(stage).settings(values, stage.folder()).violations();
    } catch (RuntimeException e) {
      stage.expect(false, "violations", "validation threw " + e.getClass().getName());
      throw e;
    }
  }

  private static void validationReadsAndWritesNothing(SourceStage stage) throws Exception {
    InputOutput.forbidden(
        stage.folder(),
        stage.subject().plugin(),
        stage::expect,
        "while settings are read",
        () -> {
          violations(stage, stage.testbed().settings());
          violations(stage, stage.testbed().missingSettings());
          violations(stage, Map.of());
          return stage;
        });
  }

  private static void settingsAreDescribed(SourceStage stage) {
    for (Setting<?> setting : spec(stage).settings()) {
      stage.expect(
          SettingForms.isName(setting.name()),
          "a name in camel case",
          "one is \"" + setting.name() + "\"");
      stage.expect(
          !setting.label().isBlank() && !setting.description().isBlank(),
          "a label and a description for " + setting.name(),
          "one of them is blank");
    }
  }

  private static void secretsAreDeclared(SourceStage stage) {
    for (Setting<?> setting : spec(stage).settings()) {
      stage.expect(
          setting.kind() == Setting.Kind.SECRET || !SECRET_NAME.matcher(setting.name()).matches(),
          setting.name() + " to be declared as a secret",
          "it is declared as " + setting.kind());
    }
  }

  private static void whatIsReadStaysAsItIs(SourceStage stage) {
    for (Setting<?> setting : spec(stage).settings()) {
      List<Object> values = new ArrayList<>(SettingForms.odd(setting));
      Optional.ofNullable(stage.testbed().settings().get(setting.name())).ifPresent(values::add);
      for (Object value : values) {
        stage.expect(
            SettingForms.stays(setting, value, stage.folder()),
            "a value of " + setting.name() + " that was read to be read again as the same",
            "it became another");
      }
    }
  }

  private static void patternsAreCommon(SourceStage stage) {
    for (Setting<?> setting : spec(stage).settings()) {
      stage.expect(
          setting.pattern().map(SettingForms::isCommon).orElse(true),
          "a pattern of " + setting.name() + " that editors read as Java does",
          "it is " + setting.pattern().orElse(""));
    }
  }
}
