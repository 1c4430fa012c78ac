package dev.landfall.testkit.scenario;

import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.testkit.stage.Reading;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.Stock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** Jars and descriptors: S-1. */
final class SourcePackagingScenarios {

  private static final String SERVICES = "META-INF/services/dev.landfall.connector.";
  private static final String API_ATTRIBUTE = "Landfall-Api";
  private static final String API = "1";

  /** What may follow the numbers is from semantic versioning. */
  private static final Pattern VERSION =
      Pattern.compile("\\d+\\.\\d+\\.\\d+([-+][0-9A-Za-z.+-]+)?");

  private static final Pattern ID = Pattern.compile("[a-z0-9-]+");

  static final List<SourceScenario> ALL =
      List.of(
          new SourceScenario("S-1.1", SourcePackagingScenarios::serviceLoaderFindsIt),
          new SourceScenario("S-1.2", SourcePackagingScenarios::itWorksInALoaderOfItsOwn),
          new SourceScenario("S-1.3", SourcePackagingScenarios::theJarNamesItsApi),
          new SourceScenario("S-1.4", SourcePackagingScenarios::makingItStartsNoThread),
          new SourceScenario("S-1.5", SourcePackagingScenarios::theDescriptorIsStable),
          new SourceScenario("S-1.6", SourcePackagingScenarios::makingItReadsAndWritesNothing),
          new SourceScenario("S-1.7", SourcePackagingScenarios::idAndVersionHaveTheirForm),
          new SourceScenario("S-1.8", SourcePackagingScenarios::streamsHaveNamesOfTheirOwn),
          new SourceScenario("S-1.9", SourcePackagingScenarios::itCanBeMade));

  private SourcePackagingScenarios() {}

  private static Path plugin(SourceStage stage) {
    return Objects.requireNonNull(stage.subject().plugin());
  }

  private static void serviceLoaderFindsIt(SourceStage stage) throws IOException {
    try (PluginLoader loader = PluginLoader.of(plugin(stage))) {
      Source unused = found(stage, loader);
    }
  }

  /** The connector as its jars have it. */
  static Source found(SourceStage stage, PluginLoader loader) {
    String id = stage.descriptor().id();
    stage.note("ServiceLoader looks for " + id + " in " + plugin(stage).getFileName());
    List<Source> all;
    try {
      all = loader.sources();
    } catch (ServiceConfigurationError | LinkageError e) {
      stage.expect(false, "a provider that can be made", "there was a " + e.getClass().getName());
      throw e;
    }
    List<Source> mine = all.stream().filter(s -> s.descriptor().id().equals(id)).toList();
    stage.expect(
        mine.size() == 1,
        "one provider of " + Source.class.getName() + " with the id " + id,
        "there are " + mine.size());
    return mine.get(0);
  }

  private static void itWorksInALoaderOfItsOwn(SourceStage stage) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (PluginLoader loader = PluginLoader.of(plugin(stage))) {
      thread.setContextClassLoader(loader);
      Source source = found(stage, loader);
      for (Stock stock : stage.streams()) {
        stock.add(3);
        try (Reading reading = stage.open(source, stock, null)) {
          Due.rows(stage, "read by classes of the plugin's own", stock.after(0), reading.rest());
        }
      }
    } catch (LinkageError e) {
      stage.expect(
          false,
          "every class in the plugin's jars, in the contracts, SLF4J or the JDK",
          "there was a " + e.getClass().getName());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void theJarNamesItsApi(SourceStage stage) throws IOException {
    for (Path jar : PluginLoader.jars(plugin(stage))) {
      try (JarFile file = new JarFile(jar.toFile())) {
        boolean provides = file.stream().anyMatch(e -> e.getName().startsWith(SERVICES));
        Manifest manifest = file.getManifest();
        String api = manifest == null ? null : manifest.getMainAttributes().getValue(API_ATTRIBUTE);
        stage.expect(
            !provides || (api != null && api.strip().split("\\.", -1)[0].equals(API)),
            API_ATTRIBUTE + ": " + API + " in the manifest of " + jar.getFileName(),
            "it says " + api);
      }
    }
  }

  private static void makingItStartsNoThread(SourceStage stage) throws IOException {
    stage.note("made, and asked for the descriptor of, " + another(stage));
    stage.expect(
        Threads.others().isEmpty(),
        "no thread of a connector that was only made",
        "there is " + Threads.others());
  }

  /** The descriptor of another instance, freshly loaded where there are jars to load it from. */
  private static SourceDescriptor another(SourceStage stage) throws IOException {
    if (stage.subject().plugin() == null) {
      return stage.subject().source().get().descriptor();
    }
    try (PluginLoader loader = PluginLoader.of(plugin(stage))) {
      return found(stage, loader).descriptor();
    }
  }

  private static void theDescriptorIsStable(SourceStage stage) throws IOException {
    if (stage.subject().plugin() == null) {
      stable(stage, stage.source(), stage.subject().source().get());
      return;
    }
    try (PluginLoader loader = PluginLoader.of(plugin(stage))) {
      stable(stage, found(stage, loader), found(stage, loader));
    }
  }

  private static void stable(SourceStage stage, Source one, Source other) {
    SourceDescriptor descriptor = one.descriptor();
    stage.expect(
        descriptor.equals(one.descriptor()),
        "an equal descriptor at every call",
        "the second call gave another");
    stage.expect(
        descriptor.equals(other.descriptor()),
        "an equal descriptor of every instance",
        "another instance has another");
  }

  private static void makingItReadsAndWritesNothing(SourceStage stage) throws Exception {
    stage.note("makes, and asks for the descriptor of, " + stage.descriptor());
    InputOutput.forbidden(
        stage.folder(),
        stage.subject().plugin(),
        stage::expect,
        "by a connector that was only made",
        () -> another(stage));
  }

  /** Whoever cannot be made breaks the rule before any scenario; here it is made once more. */
  private static void itCanBeMade(SourceStage stage) throws IOException {
    stage.note("made, and asked for the descriptor of, " + another(stage));
  }

  private static void idAndVersionHaveTheirForm(SourceStage stage) {
    SourceDescriptor descriptor = stage.descriptor();
    stage.expect(
        ID.matcher(descriptor.id()).matches(),
        "an id of lower case letters, digits and hyphens",
        "it is \"" + descriptor.id() + "\"");
    stage.expect(
        VERSION.matcher(descriptor.version()).matches(),
        "a version of three numbers with dots",
        "it is \"" + descriptor.version() + "\"");
    stage.expect(!descriptor.name().isBlank(), "a name that a person sees", "it is blank");
  }

  private static void streamsHaveNamesOfTheirOwn(SourceStage stage) {
    stage.expect(
        !stage.descriptor().streams().isEmpty(), "at least one stream to read", "there is none");
    Set<String> names = new HashSet<>();
    for (SourceDescriptor.Stream stream : stage.descriptor().streams()) {
      stage.expect(!stream.name().isBlank(), "a name for each stream", "one is blank");
      stage.expect(
          names.add(stream.name()),
          "streams with names of their own",
          "two are named " + stream.name());
    }
  }
}
