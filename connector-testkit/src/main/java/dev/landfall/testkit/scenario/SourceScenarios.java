package dev.landfall.testkit.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every scenario of sources there is. */
public final class SourceScenarios {

  private static final Map<String, SourceScenario> ALL = new LinkedHashMap<>();

  static {
    List.of(
            SourcePackagingScenarios.ALL,
            SourceSettingsScenarios.ALL,
            SourceRowScenarios.ALL,
            CursorScenarios.ALL,
            MalformedScenarios.ALL,
            ReaderScenarios.ALL,
            SourceCheckScenarios.ALL,
            SourcePrivacyScenarios.ALL)
        .forEach(chapter -> chapter.forEach(scenario -> ALL.put(scenario.rule(), scenario)));
  }

  private SourceScenarios() {}

  /**
   * The scenario of a rule.
   *
   * @param rule the rule's id
   * @return the scenario
   * @throws IllegalArgumentException if no scenario tries it
   */
  public static SourceScenario of(String rule) {
    SourceScenario scenario = ALL.get(rule);
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
