package dev.landfall.testkit.stage;

import dev.landfall.connector.Source;
import dev.landfall.testkit.sandbox.SourceTestbedProvider;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source that is tried.
 *
 * @param source makes the connector as a host would; asked for another one for each scenario
 * @param system starts the system that it reads from
 * @param plugin the folder of the plugin's jars, or null if there is none
 * @param logs hears what is logged, or null if that cannot be heard
 */
public record SourceSubject(
    Supplier<Source> source,
    SourceTestbedProvider system,
    @Nullable Path plugin,
    @Nullable Logs logs)
    implements Candidate {

  /**
   * A connector on the class path, without the jars of a plugin; what is logged is not heard.
   *
   * @param source makes the connector
   * @param system starts its system
   * @return a subject
   */
  public static SourceSubject of(Supplier<Source> source, SourceTestbedProvider system) {
    return new SourceSubject(source, system, null, null);
  }

  /**
   * The same connector, with its plugin's jars.
   *
   * @param folder the folder of the jars
   * @return a changed copy
   */
  public SourceSubject withPlugin(Path folder) {
    return new SourceSubject(source, system, folder, logs);
  }

  /**
   * The same connector, with an ear for what is logged.
   *
   * @param hearing hears what is logged
   * @return a changed copy
   */
  public SourceSubject withLogs(Logs hearing) {
    return new SourceSubject(source, system, plugin, hearing);
  }
}
