package dev.landfall.kognitiv.sandbox.casesync;

import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.sandbox.SourceTestbedProvider;
import java.nio.file.Path;

/** Makes a folder for Kognitiv's Case Sync files. */
public final class CaseSyncTestbedProvider implements SourceTestbedProvider {

  /** For {@link java.util.ServiceLoader}. */
  public CaseSyncTestbedProvider() {}

  @Override
  public String connector() {
    return "kognitiv-case-sync";
  }

  @Override
  public SourceTestbed start(Path folder) {
    return new CaseSyncDrop(folder);
  }
}
