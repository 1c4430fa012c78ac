package dev.landfall.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.Context;
import dev.landfall.connector.DescribesFields;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginIsolationTest {

  private static final RowSchema SCHEMA =
      new RowSchema(List.of(FieldSpec.of("id", FieldType.TEXT)), List.of("id"));

  @TempDir Path folder;

  @Test
  void twoPluginsWithDifferentMajorsOfOneLibrarySeeEachTheirOwn() throws IOException {
    pluginWithLibrary("first", "1");
    pluginWithLibrary("second", "2");
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.broken()).isEmpty();
      assertThat(plugins.destinations())
          .extracting(DestinationDescriptor::name)
          .containsExactly("library 1 says one", "library 2 says two");
    }
  }

  @Test
  void anotherInstanceOfAConnectorIsAnotherAndLivesInItsPluginToo() throws IOException {
    pluginWithLibrary("first", "1");
    try (Plugins plugins = Plugins.load(folder)) {
      String id = plugins.destinations().get(0).id();
      Destination one = plugins.destination(id).orElseThrow();
      Destination other = plugins.anotherDestination(id).orElseThrow();

      assertThat(other).isNotEqualTo(one);
      assertThat(other.descriptor().name()).isEqualTo("library 1 says one");
      assertThat(plugins.anotherDestination("nobody")).isEmpty();
      assertThat(plugins.anotherSource(id)).isEmpty();
    }
  }

  @Test
  void theHostSeesNothingOfAPluginsLibrary() throws IOException {
    pluginWithLibrary("first", "1");
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.destinations()).hasSize(1);
      assertThatThrownBy(() -> Class.forName("acme.Library"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThat(getClass().getClassLoader().getResource("acme/library.txt")).isNull();
    }
  }

  @Test
  void aPluginSeesNothingOfTheHostsLibraries() throws IOException {
    String probe =
        """
        "host: " + visible("dev.landfall.host.plugin.Plugins")
            + ", jackson: " + visible("tools.jackson.core.JsonParser")
            + ", assertj: " + visible("org.assertj.core.api.Assertions")
            + ", contracts: " + visible("dev.landfall.connector.Destination")
            + ", jdk: " + visible("java.sql.Driver")
            + ", resources: " + resources()
        """;
    String source =
        SamplePlugin.destination("sample.Probe", "probe", probe)
            .replace(
                "public class Probe",
                """
                class Sight {
                  static boolean visible(String name) {
                    try {
                      Class.forName(name, false, Sight.class.getClassLoader());
                      return true;
                    } catch (ClassNotFoundException e) {
                      return false;
                    }
                  }
                  static int resources() {
                    try {
                      return Collections.list(Sight.class.getClassLoader()
                          .getResources("META-INF/MANIFEST.MF")).size();
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }
                }

                public class Probe""")
            .replace("visible(", "Sight.visible(")
            .replace("resources()", "Sight.resources()")
            .replace("static boolean Sight.", "static boolean ")
            .replace("static int Sight.", "static int ");
    new Compiled()
        .with("sample.Probe", source)
        .service(SamplePlugin.DESTINATION, "sample.Probe")
        .attribute("Landfall-Api", "1.0")
        .into(folder.resolve("probe/probe.jar"));
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.broken()).isEmpty();
      assertThat(plugins.destinations())
          .extracting(DestinationDescriptor::name)
          .containsExactly(
              "host: false, jackson: false, assertj: false, contracts: true, jdk: true,"
                  + " resources: 1");
    }
  }

  @Test
  void aCopyOfTheContractsInAPluginIsNotLoaded() throws IOException {
    new Compiled()
        .with(
            "dev.landfall.connector.outcome.Effect",
            "package dev.landfall.connector.outcome; public class Effect {}")
        .into(folder.resolve("healthy/contracts.jar"));
    SamplePlugin.healthy(folder, "healthy", "healthy");
    try (Plugins plugins = Plugins.load(folder)) {
      Outcome outcome = deliver(plugins.destination("healthy").orElseThrow());
      assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    }
  }

  @Test
  void everyCallRunsWithThePluginsClassLoaderAsTheContextClassLoader() throws IOException {
    SamplePlugin.healthy(folder, "healthy", "healthy");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (Plugins plugins = Plugins.load(folder)) {
      Destination destination = plugins.destination("healthy").orElseThrow();
      assertThat(destination.check(check()).items())
          .extracting(CheckReport.Item::message)
          .containsExactly("own", "own");
      assertThat(deliver(destination)).isEqualTo(new Outcome.Accepted(new Receipt("own")));
      destination.open(session()).close();
      assertThat(System.getProperty("sample.closed.under")).isEqualTo("own");
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    } finally {
      System.clearProperty("sample.closed.under");
    }
  }

  @Test
  void mixInsOfADestinationAndOfItsSessionStayVisible() throws IOException {
    SamplePlugin.healthy(folder, "healthy", "healthy");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (Plugins plugins = Plugins.load(folder)) {
      Destination destination = plugins.destination("healthy").orElseThrow();
      assertThat(destination).isInstanceOf(DescribesFields.class);
      assertThat(((DescribesFields) destination).fields(check()))
          .extracting(FieldSpec::name)
          .containsExactly("own");
      try (DestinationSession session = destination.open(session())) {
        assertThat(session).isInstanceOf(ConfirmsLater.class);
        assertThatThrownBy(() -> ((ConfirmsLater) session).confirm(new Receipt("r"), batch()))
            .as("an exception of the plugin's comes through as it is")
            .isExactlyInstanceOf(IllegalStateException.class)
            .hasMessage("own");
      }
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
  }

  @Test
  void aDestinationEqualsItselfAndNoOther() throws IOException {
    SamplePlugin.healthy(folder, "one", "one");
    SamplePlugin.healthy(folder, "two", "two");
    try (Plugins plugins = Plugins.load(folder)) {
      Destination one = plugins.destination("one").orElseThrow();
      assertThat(one).isEqualTo(plugins.destination("one").orElseThrow());
      assertThat(one).isNotEqualTo(plugins.destination("two").orElseThrow());
      assertThat(one.hashCode()).isEqualTo(plugins.destination("one").orElseThrow().hashCode());
    }
  }

  private void pluginWithLibrary(String name, String major) throws IOException {
    Path library =
        new Compiled()
            .with(
                "acme.Library",
                """
                package acme;
                public class Library {
                  public static String %s() { return "%s"; }
                }
                """
                    .formatted(
                        major.equals("1") ? "speak" : "say", major.equals("1") ? "one" : "two"))
            .file("acme/library.txt", major)
            .into(folder.resolve(name).resolve("library-" + major + ".jar"));
    String expression =
        """
        "library " + read() + " says " + acme.Library.%s()"""
            .formatted(major.equals("1") ? "speak" : "say");
    String className = "sample." + name + ".Connector";
    new Compiled()
        .with(
            className,
            SamplePlugin.destination(className, name, expression)
                .replace(
                    "  @Override\n  public DestinationDescriptor",
                    """
                      static String read() {
                        try (var in = Connector.class.getResourceAsStream("/acme/library.txt")) {
                          return new String(in.readAllBytes());
                        } catch (java.io.IOException e) {
                          throw new java.io.UncheckedIOException(e);
                        }
                      }

                      @Override
                      public DestinationDescriptor"""))
        .service(SamplePlugin.DESTINATION, className)
        .attribute("Landfall-Api", "1")
        .against(library)
        .into(folder.resolve(name).resolve("connector.jar"));
  }

  private static Outcome deliver(Destination destination) {
    try (DestinationSession session = destination.open(session())) {
      BatchResult result = session.deliver(batch());
      return result.outcomes().get(0);
    }
  }

  private static Batch batch() {
    return new Batch(ChangeKind.ADD, SCHEMA, List.of(Row.of(SCHEMA, "1")));
  }

  private static CheckRequest check() {
    return new CheckRequest(connection(), target(), Context.builder().build());
  }

  private static SessionRequest session() {
    return new SessionRequest(
        connection(), target(), AudienceSyncMode.ADD, SCHEMA, Context.builder().build());
  }

  private static ConnectionSettings connection() {
    return SettingsSpec.of().connection(Map.of(), Path.of("")).orThrow();
  }

  private static TargetSettings target() {
    return SettingsSpec.of().target(Map.of(), Path.of("")).orThrow();
  }
}
