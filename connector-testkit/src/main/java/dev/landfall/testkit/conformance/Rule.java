package dev.landfall.testkit.conformance;

import java.util.List;

/**
 * One promise that a connector makes.
 *
 * @param id a letter for destinations (D) or sources (S), a chapter and a number: {@code D-3.2};
 *     never given to another rule
 * @param level how binding it is (RFC 2119)
 * @param sentence what holds
 * @param intent why, in a sentence
 * @param needs what a connector or its sandbox must have for the rule to be tried
 * @param kind how it is tried
 * @param lookAt if it fails, look at this
 * @param since the version of the kit that it came with
 */
public record Rule(
    String id,
    Level level,
    String sentence,
    String intent,
    List<Capability> needs,
    Kind kind,
    String lookAt,
    String since) {

  /** What sort of connector makes the promise. */
  public enum About {
    /** A connector that a sync writes to; ids begin with D. */
    DESTINATIONS,
    /** A connector that a sync reads from; ids begin with S. */
    SOURCES
  }

  /** How binding a rule is, in the sense of RFC 2119. */
  public enum Level {
    /** A connector that breaks it loses or leaks members. */
    MUST,
    /** A connector that breaks it has a reason that its users know. */
    SHOULD,
    /** A connector is better with it. */
    MAY
  }

  /** How a rule is tried. */
  public enum Kind {
    /** The same at every run with the same seed. */
    DETERMINISTIC,
    /** With threads that race: what is wrong may not show at every run. */
    STOCHASTIC,
    /** No scenario can tell. */
    UNTESTED
  }

  /** Copies the needs. */
  public Rule {
    needs = List.copyOf(needs);
  }

  /**
   * What sort of connector makes the promise.
   *
   * @return what the letter of the id stands for
   */
  public About about() {
    return id.startsWith("S-") ? About.SOURCES : About.DESTINATIONS;
  }
}
