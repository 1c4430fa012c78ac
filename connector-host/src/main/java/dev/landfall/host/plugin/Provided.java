package dev.landfall.host.plugin;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Something that a plugin provides. Every call on it, and on what it gives, runs with the plugin's
 * class loader as the thread's context class loader.
 *
 * @param folder the plugin's folder
 * @param provider what it provides; a mix-in interface of the contracts that the plugin's class
 *     implements can be seen on it with {@code instanceof}
 * @param <T> the service
 */
public record Provided<T>(Path folder, T provider) {
  /** Requires both. */
  public Provided {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(provider, "provider");
  }
}
