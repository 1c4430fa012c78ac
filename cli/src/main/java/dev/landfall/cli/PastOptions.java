package dev.landfall.cli;

import picocli.CommandLine.Option;

/** Which runs to look back at. */
final class PastOptions {

  @Option(
      names = "--sandbox",
      description = "Looks at what was done against the connector's sandbox.")
  private boolean sandbox;

  boolean sandbox() {
    return sandbox;
  }
}
