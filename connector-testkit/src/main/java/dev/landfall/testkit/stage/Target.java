package dev.landfall.testkit.stage;

import java.util.Map;

/**
 * A target of its own, empty when the scenario begins.
 *
 * @param number which one, from 0; below 0 for one that does not exist
 * @param settings its raw settings
 */
public record Target(int number, Map<String, Object> settings) {
  /** Copies the settings. */
  public Target {
    settings = Map.copyOf(settings);
  }

  @Override
  public String toString() {
    return number < 0 ? "a target that does not exist" : "target " + number;
  }
}
