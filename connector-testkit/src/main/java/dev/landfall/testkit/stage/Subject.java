package dev.landfall.testkit.stage;

import dev.landfall.connector.Destination;
import dev.landfall.testkit.sandbox.SandboxProvider;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is tried.
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
    @Nullable Logs logs) {}
