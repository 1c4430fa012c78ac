package dev.landfall.host.plugin;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connectors that are installed. Safe for use by several threads.
 *
 * <p>Every call on a connector, and on a session or reader of its, runs with its plugin's class
 * loader as the thread's context class loader.
 */
public final class Plugins implements AutoCloseable {

  /** The attribute of a jar's manifest that says which version of the API it was built for. */
  public static final String API_ATTRIBUTE = "Landfall-Api";

  /** The version of the API that this host speaks: a plugin's major version must equal it. */
  public static final int API = 1;

  private record Connector<C, D>(Path folder, C connector, D descriptor) {}

  private final PluginFolders folders;
  private final Map<String, Connector<Destination, DestinationDescriptor>> destinations;
  private final Map<String, Connector<Source, SourceDescriptor>> sources;

  private Plugins(PluginFolders folders) {
    this.folders = folders;
    destinations =
        byId("destination", Destination.class, Destination::descriptor, DestinationDescriptor::id);
    sources = byId("source", Source.class, Source::descriptor, SourceDescriptor::id);
  }

  /**
   * Loads the connectors in a folder's sub-folders.
   *
   * @param pluginsFolder the folder that holds one sub-folder of jars for each plugin
   * @return the connectors that work, and a report for each that does not; close it to close the
   *     class loaders
   */
  public static Plugins load(Path pluginsFolder) {
    return new Plugins(PluginFolders.open(pluginsFolder));
  }

  /**
   * The descriptors of the destinations that are installed.
   *
   * @return the descriptors, in the order of their ids
   */
  public List<DestinationDescriptor> destinations() {
    return destinations.values().stream().map(Connector::descriptor).toList();
  }

  /**
   * The descriptors of the sources that are installed.
   *
   * @return the descriptors, in the order of their ids
   */
  public List<SourceDescriptor> sources() {
    return sources.values().stream().map(Connector::descriptor).toList();
  }

  /**
   * Finds a destination.
   *
   * @param id the connector's word in a manifest
   * @return the destination, or empty if it is not installed or broken
   */
  public Optional<Destination> destination(String id) {
    return Optional.ofNullable(destinations.get(id)).map(Connector::connector);
  }

  /**
   * Where a destination's jars are.
   *
   * @param id the connector's word in a manifest
   * @return the folder, or empty if it is not installed or broken
   */
  public Optional<Path> folder(String id) {
    return Optional.ofNullable(destinations.get(id)).map(Connector::folder);
  }

  /**
   * Finds a source.
   *
   * @param id the connector's word in a manifest
   * @return the source, or empty if it is not installed or broken
   */
  public Optional<Source> source(String id) {
    return Optional.ofNullable(sources.get(id)).map(Connector::connector);
  }

  /**
   * Where a source's jars are.
   *
   * @param id the connector's word in a manifest
   * @return the folder, or empty if it is not installed or broken
   */
  public Optional<Path> sourceFolder(String id) {
    return Optional.ofNullable(sources.get(id)).map(Connector::folder);
  }

  /**
   * Makes a destination that shares nothing with the one that syncs use.
   *
   * @param id the connector's word in a manifest
   * @return another instance, or empty if it is not installed or broken
   * @throws IllegalStateException if it cannot be made again
   */
  public Optional<Destination> anotherDestination(String id) {
    return destination(id).map(first -> InPlugin.another(Destination.class, first));
  }

  /**
   * Makes a source that shares nothing with the one that syncs use.
   *
   * @param id the connector's word in a manifest
   * @return another instance, or empty if it is not installed or broken
   * @throws IllegalStateException if it cannot be made again
   */
  public Optional<Source> anotherSource(String id) {
    return source(id).map(first -> InPlugin.another(Source.class, first));
  }

  /**
   * Looks up what a manifest names.
   *
   * @param id the connector's word in the manifest
   * @return the destination's descriptor, or a violation that says which ids there are and which
   *     plugins are broken
   */
  public Parsed<DestinationDescriptor> describe(String id) {
    return describe("destination", id, destinations);
  }

  /**
   * Looks up the source that a manifest names.
   *
   * @param id the connector's word in the manifest
   * @return the source's descriptor, or a violation as for destinations
   */
  public Parsed<SourceDescriptor> describeSource(String id) {
    return describe("source", id, sources);
  }

  private <C, D> Parsed<D> describe(String what, String id, Map<String, Connector<C, D>> all) {
    Connector<C, D> found = all.get(id);
    return found != null
        ? Parsed.of(found.descriptor())
        : Parsed.wrong(List.of(unknown(what + " connector", id, all.keySet())));
  }

  /**
   * What is said of an id that neither a destination nor a source has.
   *
   * @param id what was taken for a connector's word
   */
  public Violation unknown(String id) {
    Set<String> ids = new TreeSet<>(destinations.keySet());
    ids.addAll(sources.keySet());
    return unknown("connector", id, ids);
  }

  private Violation unknown(String what, String id, Set<String> ids) {
    StringBuilder message =
        new StringBuilder("There is no ")
            .append(what)
            .append(" \"")
            .append(id)
            .append("\".")
            .append(Nearest.question(id, ids));
    message
        .append(" Installed: ")
        .append(ids.isEmpty() ? "none" : String.join(", ", ids))
        .append(".");
    if (!broken().isEmpty()) {
      message.append(" Could not be loaded: ");
      message.append(
          String.join(
              ", ",
              broken().stream()
                  .map(b -> String.valueOf(b.folder().getFileName()))
                  .distinct()
                  .toList()));
      message.append(".");
    }
    return new Violation("", "connector.unknown", message.toString());
  }

  /**
   * The plugins, or parts of them, that cannot be used.
   *
   * @return the reports
   */
  public List<BrokenPlugin> broken() {
    return folders.broken();
  }

  /** Closes every class loader. The connectors must not be used any more. */
  @Override
  public void close() {
    folders.close();
  }

  private <C, D> Map<String, Connector<C, D>> byId(
      String what, Class<C> service, Function<C, @Nullable D> describe, Function<D, String> id) {
    Map<String, List<Connector<C, D>>> all = new TreeMap<>();
    for (Provided<C> provided : folders.find(service)) {
      C connector = provided.provider();
      D descriptor =
          folders.attempt(
              provided.folder(),
              "Its descriptor",
              () -> Objects.requireNonNull(describe.apply(connector), "descriptor"));
      if (descriptor != null) {
        all.computeIfAbsent(id.apply(descriptor), unused -> new ArrayList<>())
            .add(new Connector<>(provided.folder(), connector, descriptor));
      }
    }
    Map<String, Connector<C, D>> unique = new TreeMap<>();
    all.forEach(
        (word, connectors) -> {
          if (connectors.size() == 1) {
            unique.put(word, connectors.get(0));
          } else {
            connectors.forEach(c -> reportClash(what, word, c, connectors));
          }
        });
    return unique;
  }

  /** Neither of the two is taken: which one a sync got would hang on the order of folders. */
  private <C, D> void reportClash(
      String what, String id, Connector<C, D> one, List<Connector<C, D>> all) {
    List<String> names =
        all.stream().map(c -> String.valueOf(c.folder().getFileName())).distinct().toList();
    folders.report(
        one.folder(),
        "Its "
            + what
            + " connector \""
            + id
            + "\" is provided "
            + all.size()
            + " times (in "
            + String.join(", ", names)
            + "), and none of them is used.",
        "Keep one plugin that provides \"" + id + "\" and remove the others.");
  }
}
