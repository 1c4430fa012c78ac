package dev.landfall.testkit.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every scenario there is. */
public final class Scenarios {

  private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

  static {
    List.of(
            PackagingScenarios.ALL,
            SettingsScenarios.ALL,
            RowScenarios.ALL,
            ModeScenarios.ALL,
            TargetScenarios.ALL,
            OutcomeScenarios.ALL,
            ConfirmationScenarios.ALL,
            TokenScenarios.ALL,
            FaultScenarios.ALL,
            LifecycleScenarios.ALL,
            CheckScenarios.ALL,
            PrivacyScenarios.ALL,
            ProcessScenarios.ALL,
            ValueScenarios.ALL,
            RecordScenarios.ALL,
            KeyScenarios.ALL)
        .forEach(chapter -> chapter.forEach(scenario -> ALL.put(scenario.rule(), scenario)));
  }

  private Scenarios() {}

  /**
   * The scenario of a rule.
   *
   * @param rule the rule's id
   * @return the scenario
   * @throws IllegalArgumentException if no scenario tries it
   */
  public static Scenario of(String rule) {
    Scenario scenario = ALL.get(rule);
    if (scenario == null) {
      throw new IllegalArgumentException("No scenario tries " + rule);
    }
    return scenario;
  }

  /**
   * The rules that a scenario tries.
   *
   * @return their ids
   */
  public static Set<String> rules() {
    return Set.copyOf(ALL.keySet());
  }
}
