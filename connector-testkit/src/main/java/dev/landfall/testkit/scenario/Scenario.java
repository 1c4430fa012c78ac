package dev.landfall.testkit.scenario;

import dev.landfall.testkit.stage.Stage;

/**
 * How one rule is tried.
 *
 * @param rule the rule's id
 * @param play what is done; ends with an exception if the rule is broken
 */
public record Scenario(String rule, Play play) {

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
    void on(Stage stage) throws Exception;
  }
}
