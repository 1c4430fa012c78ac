package dev.landfall.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A manifest, and whether its connector's sandbox stands in for its connection. */
final class ManifestOptions {

  @Parameters(paramLabel = "MANIFEST", description = "The sync's manifest, a JSON file.")
  private Path manifest = Path.of("");

  @Option(
      names = "--sandbox",
      description =
          "Runs against the connector's sandbox, started for this command, in place of the"
              + " manifest's connection.")
  private boolean sandbox;

  Path manifest() {
    return manifest;
  }

  /** What the sync is called where the manifest cannot be read: the file's name. */
  String name() {
    Path file = manifest.getFileName();
    return file == null ? "" : file.toString().replaceFirst("\\.json$", "");
  }

  boolean sandbox() {
    return sandbox;
  }
}
