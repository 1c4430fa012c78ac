package dev.landfall.testkit.scenario;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.testkit.stage.Claims;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Violated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Jars and descriptors: D-1. */
final class PackagingScenarios {

  private static final String SERVICES = "META-INF/services/dev.landfall.connector.";
  private static final String API_ATTRIBUTE = "Landfall-Api";
  private static final String API = "1";

  /** A target that no scenario reckons with. */
  private static final int ASIDE = 900;

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-1.1", PackagingScenarios::serviceLoaderFindsIt),
          new Scenario("D-1.2", PackagingScenarios::itWorksInALoaderOfItsOwn),
          new Scenario("D-1.3", PackagingScenarios::theJarNamesItsApi),
          new Scenario("D-1.4", PackagingScenarios::makingItStartsNoThread),
          new Scenario("D-1.5", PackagingScenarios::theDescriptorIsStable),
          new Scenario("D-1.6", PackagingScenarios::makingItReadsAndWritesNothing),
          new Scenario("D-1.7", PackagingScenarios::itCanBeMade));

  private PackagingScenarios() {}

  private static Path plugin(Stage stage) {
    return Objects.requireNonNull(stage.subject().plugin());
  }

  private static void serviceLoaderFindsIt(Stage stage) throws IOException {
    try (PluginLoader loader = PluginLoader.of(plugin(stage))) {
      Destination unused = found(stage, loader);
    }
  }

  private static Destination found(Stage stage, PluginLoader loader) {
    String id = stage.descriptor().id();
    stage.note("ServiceLoader looks for " + id + " in " + plugin(stage).getFileName());
    List<Destination> all;
    try {
      all = loader.destinations();
    } catch (ServiceConfigurationError | LinkageError e) {
      stage.expect(false, "a provider that can be made", "there was a " + e.getClass().getName());
      throw e;
    }
    List<Destination> mine = all.stream().filter(d -> d.descriptor().id().equals(id)).toList();
    stage.expect(
        mine.size() == 1,
        "one provider of " + Destination.class.getName() + " with the id " + id,
        "there are " + mine.size());
    return mine.get(0);
  }

  private static void itWorksInALoaderOfItsOwn(Stage stage) throws IOException {
    Map<String, Object> target = stage.testbed().makeTarget(ASIDE);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (PluginLoader loader = PluginLoader.of(plugin(stage))) {
      thread.setContextClassLoader(loader);
      Destination destination = found(stage, loader);
      Outcome outcome = delivered(stage, destination, target);
      stage.expect(
          outcome instanceof Outcome.Delivered || outcome instanceof Outcome.Accepted,
          "a member to be delivered by classes of the plugin's own",
          outcome == null ? "there was no outcome" : "the outcome was " + Claims.words(outcome));
    } catch (Violated e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      stage.expect(
          false,
          "every class and file in the plugin's jars, in the contracts, SLF4J or the JDK",
          "there was a " + e.getClass().getName());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static @Nullable Outcome delivered(
      Stage stage, Destination destination, Map<String, Object> target) {
    DestinationDescriptor descriptor = destination.descriptor();
    Member member = stage.member();
    try (DestinationSession session =
        destination.open(
            new SessionRequest(
                descriptor
                    .connection()
                    .connection(stage.testbed().connection(), stage.folder())
                    .orThrow(),
                descriptor.target().target(target, stage.folder()).orThrow(),
                stage.mode(stage.addKind()),
                stage.schema(),
                stage.context()))) {
      BatchResult result =
          session.deliver(
              new Batch(stage.addKind(), stage.schema(), List.of(member.row(stage.schema()))));
      return result == null || result.outcomes().isEmpty() ? null : result.outcomes().get(0);
    }
  }

  private static void theJarNamesItsApi(Stage stage) throws IOException {
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

  /** The descriptor of another instance, freshly loaded where there are jars to load it from. */
  private static DestinationDescriptor another(Stage stage) throws IOException {
    if (stage.subject().plugin() == null) {
      return stage.subject().destination().get().descriptor();
    }
    try (PluginLoader loader = PluginLoader.of(plugin(stage))) {
      return found(stage, loader).descriptor();
    }
  }

  private static void makingItStartsNoThread(Stage stage) throws IOException {
    ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    DestinationDescriptor descriptor = another(stage);
    stage.note("made, and asked for the descriptor of, " + descriptor);
    stage.expect(
        group.activeCount() == 1,
        "no thread of a connector that was only made",
        "there are " + (group.activeCount() - 1));
  }

  private static void makingItReadsAndWritesNothing(Stage stage) throws Exception {
    stage.note("makes, and asks for the descriptor of, " + stage.descriptor());
    InputOutput.forbidden(
        stage.folder(),
        stage.subject().plugin(),
        stage::expect,
        "by a connector that was only made",
        () -> another(stage));
  }

  /** Whoever cannot be made breaks the rule before any scenario; here it is made once more. */
  private static void itCanBeMade(Stage stage) throws IOException {
    DestinationDescriptor descriptor = another(stage);
    stage.note("made, and asked for the descriptor of, " + descriptor);
    stage.expect(!descriptor.name().isBlank(), "a name that a person sees", "it is blank");
  }

  private static void theDescriptorIsStable(Stage stage) throws IOException {
    if (stage.subject().plugin() == null) {
      Destination other = stage.subject().destination().get();
      stable(stage, stage.destination(), other);
      return;
    }
    try (PluginLoader loader = PluginLoader.of(plugin(stage))) {
      stable(stage, found(stage, loader), found(stage, loader));
    }
  }

  private static void stable(Stage stage, Destination one, Destination other) {
    DestinationDescriptor descriptor = one.descriptor();
    stage.expect(
        descriptor.equals(one.descriptor()),
        "an equal descriptor at every call",
        "the second call gave another");
    stage.expect(
        descriptor.equals(other.descriptor()),
        "an equal descriptor of every instance",
        "another instance has another");
  }
}
