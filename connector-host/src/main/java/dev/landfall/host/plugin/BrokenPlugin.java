package dev.landfall.host.plugin;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A plugin, or a part of one, that cannot be used.
 *
 * @param folder the plugin's folder
 * @param reason one sentence of what was found
 * @param remedy one sentence of what to do
 */
public record BrokenPlugin(Path folder, String reason, String remedy) {
  /** Requires every component. */
  public BrokenPlugin {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(remedy, "remedy");
  }
}
