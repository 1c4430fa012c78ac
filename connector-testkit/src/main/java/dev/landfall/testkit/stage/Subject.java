package dev.landfall.testkit.stage;

import dev.landfall.connector.Destination;
import dev.landfall.testkit.sandbox.SandboxProvider;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A destination that is tried.
 *
 * @param destination makes the connector as a host would; asked for another one for each scenario
 * @param sandbox starts the connector's system; its sandboxes are {@link
 *     dev.landfall.testkit.sandbox.Testbed}s
 * @param plugin the folder of the plugin's jars, or null if there is none
 * @param logs hears what is logged, or null if that cannot be heard
 */
public record Subject(
    Supplier<Destination> destination,
    SandboxProvider sandbox,
    @Nullable Path plugin,
    @Nullable Logs logs)
    implements Candidate {

  /**
   * A connector on the class path, without the jars of a plugin; what is logged is not heard.
   *
   * @param destination makes the connector
   * @param sandbox starts its system
   * @return a subject
   */
  public static Subject of(Supplier<Destination> destination, SandboxProvider sandbox) {
    return new Subject(destination, sandbox, null, null);
  }

  /**
   * The same connector, with its plugin's jars.
   *
   * @param folder the folder of the jars
   * @return a changed copy
   */
  public Subject withPlugin(Path folder) {
    return new Subject(destination, sandbox, folder, logs);
  }

  /**
   * The same connector, with an ear for what is logged.
   *
   * @param hearing hears what is logged
   * @return a changed copy
   */
  public Subject withLogs(Logs hearing) {
    return new Subject(destination, sandbox, plugin, hearing);
  }
}
