package dev.landfall.cli;

import dev.landfall.host.HostException;
import dev.landfall.host.plugin.PluginFolders;
import dev.landfall.host.plugin.Provided;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.sandbox.SourceTestbedProvider;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sandboxes that are installed. */
final class Sandboxes implements AutoCloseable {

  /** What a sandbox shares with this command besides what every plugin does. */
  private static final String KIT = "dev.landfall.testkit.";

  private final Path root;
  private final Path state;
  private final PluginFolders folders;
  private final Path plugins;
  private @Nullable PluginFolders beside;

  /** The sandboxes in a folder, and those that ride in the connectors' own jars. */
  Sandboxes(Path root, Path plugins, Path state) {
    this.root = root;
    this.state = state;
    folders = PluginFolders.open(root, KIT);
    this.plugins = plugins;
  }

  /** Where a connector's sandbox keeps what it holds. */
  Path folder(String connector) {
    return state.resolve("sandbox").resolve("system").resolve(connector);
  }

  /** What starts the sandbox of a connector. */
  SandboxProvider provider(String connector) {
    Optional<SandboxProvider> own = find(folders, connector);
    if (own.isPresent()) {
      return own.get();
    }
    return find(besideConnectors(), connector).orElseThrow(() -> missing(connector));
  }

  /** What starts the system that a source reads from, for the conformance kit. */
  SourceTestbedProvider testbed(String connector) {
    Optional<SourceTestbedProvider> own = testbed(folders, connector);
    if (own.isPresent()) {
      return own.get();
    }
    return testbed(besideConnectors(), connector).orElseThrow(() -> missing(connector));
  }

  private static Optional<SourceTestbedProvider> testbed(PluginFolders in, String connector) {
    return in.find(SourceTestbedProvider.class).stream()
        .map(Provided::provider)
        .filter(p -> p.connector().equals(connector))
        .findFirst();
  }

  /** Opened only when it is needed: few sandboxes ride in their connector's jars. */
  private PluginFolders besideConnectors() {
    if (beside == null) {
      beside = PluginFolders.open(plugins, KIT);
    }
    return beside;
  }

  private static Optional<SandboxProvider> find(PluginFolders in, String connector) {
    return providers(in).filter(p -> p.connector().equals(connector)).findFirst();
  }

  private static Stream<SandboxProvider> providers(PluginFolders in) {
    return in.find(SandboxProvider.class).stream().map(Provided::provider);
  }

  Sandbox start(String connector, Map<String, ?> target, int port) {
    SandboxProvider provider = provider(connector);
    try {
      return provider.start(SandboxRequest.in(folder(connector)).withTarget(target).withPort(port));
    } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
      // What a sandbox throws on purpose is made for people; see SandboxProvider.
      throw new HostException(
          HostException.unavailable(
                  "cli.sandbox-not-started",
                  "The sandbox of " + connector + " cannot be started: " + e.getMessage() + ".",
                  "End the other one, or choose another --port or another --state.")
              .problem(),
          e);
    }
  }

  private HostException missing(String connector) {
    String installed =
        providers(folders).map(SandboxProvider::connector).collect(Collectors.joining(", "));
    String broken =
        folders.broken().stream()
            .map(b -> " " + b.folder() + ": " + b.reason())
            .collect(Collectors.joining());
    return HostException.configuration(
        "cli.sandbox-missing",
        "There is no sandbox for the connector "
            + connector
            + " in "
            + root
            + (installed.isEmpty() ? "" : " (installed: " + installed + ")")
            + ", nor in the jars of a connector."
            + broken,
        "Choose an installed one, put the sandbox's jars into a folder of their own there, or let"
            + " the connector's jar provide it in META-INF/services.");
  }

  @Override
  public void close() {
    folders.close();
    if (beside != null) {
      beside.close();
    }
  }
}
