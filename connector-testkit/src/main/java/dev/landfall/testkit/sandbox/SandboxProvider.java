package dev.landfall.testkit.sandbox;

/**
 * Starts the system of one connector on this machine. Found by {@link java.util.ServiceLoader}:
 * public, with a public no-argument constructor that does nothing.
 */
public interface SandboxProvider {
  /**
   * Which connector the sandbox is for.
   *
   * @return the connector's id, {@code kognitiv} for instance
   */
  String connector();

  /**
   * Starts the sandbox. What an earlier sandbox in the same folder was told is still there.
   *
   * @param request where, with which target
   * @return a running sandbox; the caller closes it
   * @throws IllegalStateException if the port is taken, or another sandbox uses the folder
   * @throws IllegalArgumentException if a target setting cannot be used
   * @throws java.io.UncheckedIOException if the folder cannot be read or written
   */
  Sandbox start(SandboxRequest request);
}
