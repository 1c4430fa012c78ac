package dev.landfall.testkit.scenario;

import dev.landfall.testkit.stage.SourceStage;

/**
 * How one rule of sources is tried.
 *
 * @param rule the rule's id
 * @param play what is done; ends with an exception if the rule is broken
 */
public record SourceScenario(String rule, Play play) {

  /** What is done on a stage. */
  @FunctionalInterface
  public interface Play {
    /**
     * Tries the rule.
     *
     * @param stage a stage of its own
     * @throws dev.landfall.testkit.stage.Violated if the rule is broken
     * @throws Exception if the kit fails
     */
    void on(SourceStage stage) throws Exception;
  }
}
