package dev.landfall.testkit.sandbox;

import java.nio.file.Path;

/**
 * Starts the system that one source connector reads from, on this machine. Found by {@link
 * java.util.ServiceLoader}: public, with a public no-argument constructor that does nothing.
 */
public interface SourceTestbedProvider {
  /**
   * Which connector the system is for.
   *
   * @return the connector's id
   */
  String connector();

  /**
   * Starts a system that holds nothing: every stream of the connector is there, and empty.
   *
   * @param folder an empty folder for whatever the system keeps
   * @return a running system; the caller closes it
   * @throws java.io.UncheckedIOException if the folder cannot be written
   */
  SourceTestbed start(Path folder);
}
