package dev.landfall.cli;

import dev.landfall.connector.settings.Parsed;
import dev.landfall.host.manifest.ManifestReader;
import dev.landfall.host.manifest.SyncManifest;
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

  /** What the sync is called; where the manifest does not tell, what its file is called. */
  String name() {
    Parsed<SyncManifest> read = ManifestReader.read(manifest);
    return read.violations().isEmpty() ? read.orThrow().name() : fileName();
  }

  private String fileName() {
    Path file = manifest.getFileName();
    return file == null ? "" : file.toString().replaceFirst("\\.json$", "");
  }

  boolean sandbox() {
    return sandbox;
  }
}
