package dev.landfall.testkit.conformance;

import java.util.Objects;

/** The kit itself. */
final class Kit {

  private Kit() {}

  /** The version in the jar's manifest; "development" where the classes lie in a folder. */
  static String version() {
    return Objects.requireNonNullElse(
        Kit.class.getPackage().getImplementationVersion(), "development");
  }
}
