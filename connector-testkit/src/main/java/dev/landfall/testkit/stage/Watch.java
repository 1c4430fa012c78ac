package dev.landfall.testkit.stage;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what happens on a stage, and what is found to be wrong whatever the scenario is
 * about. Safe for use by several threads.
 */
final class Watch {

  /** How a line ends that says that a session was closed. */
  static final String CLOSE = ".close()";

  private static final int LONGEST_TRACE = 40;

  private final List<String> trace = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  synchronized void saw(String line) {
    trace.add(line);
  }

  /** Notes a broken rule; the first time counts, what follows is often its consequence. */
  synchronized void found(String rule, String expected, String actual) {
    if (findings.stream().noneMatch(f -> f.rule().equals(rule))) {
      findings.add(new Finding(rule, given(), expected, actual, trace()));
    }
  }

  /** What was asked last: neither an answer, nor the close on the way out of a scenario. */
  synchronized String given() {
    for (int i = trace.size() - 1; i >= 0; i--) {
      if (!trace.get(i).startsWith(" ") && !trace.get(i).endsWith(CLOSE)) {
        return trace.get(i);
      }
    }
    return "nothing was asked of the connector yet";
  }

  synchronized List<String> trace() {
    int from = Math.max(0, trace.size() - LONGEST_TRACE);
    return List.copyOf(trace.subList(from, trace.size()));
  }

  synchronized List<Finding> findings() {
    return List.copyOf(findings);
  }
}
