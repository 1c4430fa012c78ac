package dev.landfall.testkit.conformance;

/** How a rule came out. */
public enum Verdict {
  /** Tried, and seen to hold. */
  PASSED,
  /** Seen to be broken. */
  VIOLATED,
  /** Not tried: the connector does not declare what the rule is about. */
  SKIPPED,
  /** Not tried: the place lacks what it takes. Never to be read as passed. */
  UNVERIFIED,
  /** The kit or the sandbox failed; says nothing of the connector. */
  ERRORED
}
