package dev.landfall.testkit.sandbox;

import java.net.URI;
import java.util.Map;

/** A running sandbox. Safe for use by several threads. */
public interface Sandbox extends AutoCloseable {
  /**
   * Where it listens.
   *
   * @return an http URL on loopback, without a trailing slash; of a system in the connector's own
   *     process, where its data lie
   */
  URI address();

  /**
   * What points a connector at it.
   *
   * @return raw connection settings by name, in the order to show them; secrets as {@code
   *     dev.landfall.connector.settings.Secret}
   */
  Map<String, Object> connection();

  /**
   * What it holds and what it was asked.
   *
   * @return the same object for the sandbox's life
   */
  SandboxState state();

  /**
   * What goes wrong in it.
   *
   * @return the same object for the sandbox's life
   */
  Faults faults();

  /**
   * Stops listening and lets go of the folder. Calls that are held are cut; what was to be applied
   * late and was not yet is dropped. Closing twice does nothing.
   */
  @Override
  void close();
}
