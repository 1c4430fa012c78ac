package dev.landfall.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Destination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every test has a healthy neighbour, which must load whatever is wrong beside it. */
class BrokenPluginsTest {

  @TempDir Path folder;

  @BeforeEach
  void aHealthyNeighbour() throws IOException {
    SamplePlugin.healthy(folder, "m-healthy", "healthy");
  }

  @AfterEach
  void theHealthyNeighbourLoads() {
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.destination("healthy")).isPresent();
    }
  }

  @Test
  void aConstructorThatThrowsIsReportedWithoutWhatItSaid() throws IOException {
    plugin("a-throws", "throw new IllegalStateException(\"hunter2\");");
    BrokenPlugin broken = onlyReport();
    assertThat(broken.folder()).isEqualTo(folder.resolve("a-throws"));
    assertThat(broken.reason())
        .contains("sample.Broken", "IllegalStateException")
        .doesNotContain("hunter2");
    assertThat(broken.remedy()).contains("version 1 of the API");
  }

  @Test
  void aConstructorThatEndsInAnErrorIsReported() throws IOException {
    plugin("z-error", "throw new AssertionError();");
    assertThat(onlyReport().reason()).contains("sample.Broken", "AssertionError");
  }

  @Test
  void aMissingClassIsReportedByItsName() throws IOException {
    Path library =
        new Compiled()
            .with("acme.Gone", "package acme; public class Gone { public static void use() {} }")
            .into(folder.resolve("a-missing").resolve("library.jar"));
    plugin("a-missing", "acme.Gone.use();", library);
    Files.delete(library);
    assertThat(onlyReport().reason()).contains("acme").contains("Gone");
  }

  @Test
  void aMissingSuperclassIsReported() throws IOException {
    Path library =
        new Compiled()
            .with("acme.Base", "package acme; public class Base {}")
            .into(folder.resolve("a-base").resolve("library.jar"));
    new Compiled()
        .with(
            "sample.Broken",
            SamplePlugin.destination("sample.Broken", "broken", "\"Broken\"")
                .replace("class Broken", "class Broken extends acme.Base"))
        .service(SamplePlugin.DESTINATION, "sample.Broken")
        .attribute("Landfall-Api", "1")
        .against(library)
        .into(folder.resolve("a-base/broken.jar"));
    Files.delete(library);
    assertThat(onlyReport().reason()).contains("ClassNotFoundException: acme.Base");
  }

  @Test
  void anotherVersionOfTheApiIsReportedBeforeAnyClassLoads() throws IOException {
    new Compiled()
        .with(
            "sample.Future",
            SamplePlugin.destination("sample.Future", "future", "\"Future\"")
                .replace(
                    "private static final String CREATED_UNDER = seen();",
                    """
                    private static final String CREATED_UNDER =
                        System.setProperty("sample.future.loaded", "yes");"""))
        .service(SamplePlugin.DESTINATION, "sample.Future")
        .attribute("Landfall-Api", "2.1")
        .into(folder.resolve("a-future/future.jar"));
    BrokenPlugin broken = onlyReport();
    assertThat(broken.reason())
        .isEqualTo("future.jar was built for version 2.1 of the API; this host speaks version 1.");
    assertThat(System.getProperty("sample.future.loaded")).isNull();
  }

  @Test
  void aJarThatNamesNoVersionOfTheApiIsReported() throws IOException {
    new Compiled()
        .with("sample.Silent", SamplePlugin.destination("sample.Silent", "silent", "\"Silent\""))
        .service(SamplePlugin.DESTINATION, "sample.Silent")
        .into(folder.resolve("a-silent/silent.jar"));
    assertThat(onlyReport().reason())
        .contains("silent.jar does not say which version", "Landfall-Api");
  }

  @Test
  void aVersionThatIsNoneIsReported() throws IOException {
    new Compiled()
        .service(SamplePlugin.DESTINATION, "sample.Absent")
        .attribute("Landfall-Api", "latest")
        .into(folder.resolve("a-latest/latest.jar"));
    assertThat(onlyReport().reason()).contains("latest.jar names a version", "\"latest\"");
  }

  @Test
  void aCorruptJarIsReported() throws IOException {
    Files.createDirectories(folder.resolve("z-corrupt"));
    Files.write(
        folder.resolve("z-corrupt/half.jar"),
        "this was never a jar".getBytes(StandardCharsets.UTF_8));
    assertThat(onlyReport().reason()).isEqualTo("half.jar cannot be read as a jar.");
  }

  @Test
  void aServiceFileThatNamesAnAbsentClassIsReportedAndItsOtherConnectorLoads() throws IOException {
    new Compiled()
        .with(
            "sample.Present", SamplePlugin.destination("sample.Present", "present", "\"Present\""))
        .service(SamplePlugin.DESTINATION, "sample.Absent", "sample.Present")
        .attribute("Landfall-Api", "1")
        .into(folder.resolve("a-absent/absent.jar"));
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.broken()).hasSize(1);
      assertThat(plugins.broken().get(0).reason()).contains("sample.Absent not found");
      assertThat(plugins.destination("present")).isPresent();
    }
  }

  @Test
  void aServiceFileThatNamesSomethingElseIsReported() throws IOException {
    new Compiled()
        .with("sample.Other", "package sample; public class Other {}")
        .service(SamplePlugin.DESTINATION, "sample.Other")
        .attribute("Landfall-Api", "1")
        .into(folder.resolve("a-other/other.jar"));
    assertThat(onlyReport().reason()).contains("sample.Other not a subtype");
  }

  @Test
  void aDescriptorThatFailsOrIsNullIsReported() throws IOException {
    descriptor("a-null", "return null;");
    descriptor("b-fails", "throw new UnsupportedOperationException();");
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.broken())
          .extracting(BrokenPlugin::folder)
          .containsExactly(folder.resolve("a-null"), folder.resolve("b-fails"));
      assertThat(plugins.broken().get(0).reason()).startsWith("Its descriptor could not be loaded");
    }
  }

  @Test
  void anEmptyFolderAndAFolderOfLibrariesAreReportedAndLooseFilesAreNot() throws IOException {
    Files.createDirectories(folder.resolve("a-empty"));
    Files.createDirectories(folder.resolve(".hidden"));
    Files.createFile(folder.resolve("README.txt"));
    new Compiled()
        .with("acme.Library", "package acme; public class Library {}")
        .into(folder.resolve("b-library/library.jar"));
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.broken())
          .extracting(BrokenPlugin::reason)
          .containsExactly(
              "The folder holds no jar.",
              "None of its jars names a service of Landfall (META-INF/services).");
    }
  }

  @Test
  void anIdThatTwoPluginsProvideIsReportedForBothAndUsedFromNeither() throws IOException {
    SamplePlugin.healthy(folder, "a-twin", "twin");
    SamplePlugin.healthy(folder, "z-twin", "twin");
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.destination("twin")).isEmpty();
      assertThat(plugins.broken())
          .extracting(BrokenPlugin::folder)
          .containsExactly(folder.resolve("a-twin"), folder.resolve("z-twin"));
      assertThat(plugins.broken())
          .allSatisfy(
              broken ->
                  assertThat(broken.reason())
                      .contains("\"twin\" is provided 2 times (in a-twin, z-twin)"));
    }
  }

  @Test
  void aFolderOfPluginsThatDoesNotExistIsReported() {
    try (Plugins plugins = Plugins.load(folder.resolve("nowhere"))) {
      assertThat(plugins.destinations()).isEmpty();
      assertThat(plugins.broken())
          .extracting(BrokenPlugin::folder)
          .containsExactly(folder.resolve("nowhere"));
    }
  }

  @Test
  void anUnknownIdIsAnsweredWithTheNearestOneAndWithWhatIsBroken() throws IOException {
    Files.createDirectories(folder.resolve("a-empty"));
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.describe("healthy").orThrow().id()).isEqualTo("healthy");
      assertThat(plugins.describe("helthy").violations())
          .singleElement()
          .satisfies(
              v ->
                  assertThat(v.message())
                      .isEqualTo(
                          "There is no destination connector \"helthy\". Did you mean \"healthy\"?"
                              + " Installed: healthy. Could not be loaded: a-empty."));
    }
  }

  @Test
  void anotherServiceIsFoundWithItsOwnSharedPackages() throws IOException {
    new Compiled()
        .with(
            "sample.Greets",
            """
            package sample;
            public class Greets implements dev.landfall.host.plugin.ServiceForTest {
              public ClassLoader seen() {
                return Thread.currentThread().getContextClassLoader();
              }
            }
            """)
        .service(ServiceForTest.class.getName(), "sample.Greets")
        .attribute("Landfall-Api", "1")
        .into(folder.resolve("a-greets/greets.jar"));
    try (PluginFolders folders = PluginFolders.open(folder, "dev.landfall.host.plugin.")) {
      List<Provided<ServiceForTest>> found = folders.find(ServiceForTest.class);
      assertThat(found).hasSize(1);
      assertThat(found.get(0).folder()).isEqualTo(folder.resolve("a-greets"));
      assertThat(found.get(0).provider().seen()).isInstanceOf(PluginClassLoader.class);
      assertThat(folders.broken()).isEmpty();
    }
  }

  @Test
  void afterClosingNoClassComesFromTheJarsAnyMore() {
    PluginFolders folders = PluginFolders.open(folder);
    folders.close();
    assertThat(folders.find(Destination.class)).isEmpty();
  }

  private BrokenPlugin onlyReport() {
    try (Plugins plugins = Plugins.load(folder)) {
      assertThat(plugins.broken()).hasSize(1);
      return plugins.broken().get(0);
    }
  }

  private void plugin(String name, String constructor, Path... libraries) throws IOException {
    new Compiled()
        .with(
            "sample.Broken",
            SamplePlugin.destination("sample.Broken", "broken", "\"Broken\"")
                .replace(
                    "  @Override\n  public CheckReport",
                    "  public Broken() { "
                        + constructor
                        + " }\n\n  @Override\n  public CheckReport"))
        .service(SamplePlugin.DESTINATION, "sample.Broken")
        .attribute("Landfall-Api", "1")
        .against(libraries)
        .into(folder.resolve(name).resolve("broken.jar"));
  }

  private void descriptor(String name, String body) throws IOException {
    String source = SamplePlugin.destination("sample.Broken", "broken", "\"Broken\"");
    int from = source.indexOf("return DestinationDescriptor");
    int to = source.indexOf(".build();") + ".build();".length();
    new Compiled()
        .with("sample.Broken", source.substring(0, from) + body + source.substring(to))
        .service(SamplePlugin.DESTINATION, "sample.Broken")
        .attribute("Landfall-Api", "1")
        .into(folder.resolve(name).resolve("broken.jar"));
  }
}
