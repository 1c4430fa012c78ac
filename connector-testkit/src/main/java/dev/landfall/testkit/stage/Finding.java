package dev.landfall.testkit.stage;

import java.util.List;

/**
 * A rule that was seen to be broken.
 *
 * @param rule the rule's id
 * @param given what had been done, in one sentence
 * @param expected what should have been seen
 * @param actual what was seen
 * @param trace what the connector was asked and what it answered before that, the last thing last
 */
public record Finding(
    String rule, String given, String expected, String actual, List<String> trace) {

  /** Copies the trace. */
  public Finding {
    trace = List.copyOf(trace);
  }
}
