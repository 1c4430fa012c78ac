package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as the build left it in {@code target/landfall}. */
class DistributionIT {

  private static final Path HOME = Landfall.HOME;

  @TempDir private Path elsewhere;

  private Ended run(Path command, Map<String, String> environment, String... arguments) {
    Landfall landfall = new Landfall(elsewhere);
    environment.forEach(landfall::with);
    return landfall.start(command, arguments).end();
  }

  private static Map<String, String> thisJava() {
    return Map.of("JAVA_HOME", System.getProperty("java.home"));
  }

  private Path fakeJavaHome(String version) throws IOException {
    Path java = elsewhere.resolve("jdk " + version + "/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return java.getParent().getParent();
  }

  @Test
  void itTellsItsVersionFromAnotherFolderThroughLinks() throws Exception {
    Path far = Files.createDirectories(elsewhere.resolve("a folder with blanks"));
    Path link = Files.createSymbolicLink(far.resolve("landfall"), HOME.resolve("bin/landfall"));
    Path relative = Files.createSymbolicLink(elsewhere.resolve("lf"), elsewhere.relativize(link));

    Ended ended = run(relative, thisJava(), "--version");

    assertThat(ended).isEqualTo(new Ended(0, "landfall 0.1.0-SNAPSHOT\n", ""));
  }

  @Test
  void optionsForJavaArePassedOn() throws Exception {
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "LANDFALL_JAVA_OPTS",
            "-Dx=* -XshowSettings:properties");

    Ended ended = run(HOME.resolve("bin/landfall"), environment, "--version");

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("x = *").contains("landfall.home = " + HOME);
  }

  @Test
  void classesAreTakenFromWhatTheBuildLeftForThisJava() throws Exception {
    Path log = elsewhere.resolve("classes.log");
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "LANDFALL_JAVA_OPTS",
            "-Xlog:class+load:file=" + log);

    assertThat(run(HOME.resolve("bin/landfall"), environment, "--version").code()).isZero();

    assertThat(log).content().containsPattern("dev.landfall.cli.Main source: shared objects file");
  }

  @Test
  void inAnotherFolderItWorksWithoutThemAndSaysNothing() throws Exception {
    Path moved = elsewhere.resolve("moved");
    Path bin = Files.createDirectories(moved.resolve("bin"));
    Files.copy(HOME.resolve("bin/landfall"), bin.resolve("landfall"));
    Path lib = Files.createDirectories(moved.resolve("lib"));
    try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(lib.resolve(file.getFileName()), file);
      }
    }

    Ended ended = run(bin.resolve("landfall"), thisJava(), "--version");

    assertThat(ended).isEqualTo(new Ended(0, "landfall 0.1.0-SNAPSHOT\n", ""));
  }

  @Test
  void anOlderJavaIsNamed() throws Exception {
    for (String version : new String[] {"1.8.0_402", "11.0.2", "16"}) {
      Path old = fakeJavaHome(version);

      Ended ended =
          run(HOME.resolve("bin/landfall"), Map.of("JAVA_HOME", old.toString()), "--version");

      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).contains("is Java " + version).contains("17 or newer");
    }
  }

  @Test
  void aMissingJavaIsSaid() throws Exception {
    Map<String, String> wrongHome = Map.of("JAVA_HOME", elsewhere.toString());
    assertThat(run(HOME.resolve("bin/landfall"), wrongHome, "--version").err())
        .contains("there is no bin/java in it");

    Path tools = Files.createDirectories(elsewhere.resolve("tools"));
    for (String tool : new String[] {"sh", "dirname", "readlink"}) {
      Files.createSymbolicLink(tools.resolve(tool), which(tool));
    }
    Map<String, String> noJava = Map.of("JAVA_HOME", "", "PATH", tools.toString());
    Ended ended = run(HOME.resolve("bin/landfall"), noJava, "--version");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Java is missing");
  }

  private static Path which(String tool) {
    return List.of("/bin", "/usr/bin").stream()
        .map(folder -> Path.of(folder, tool))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothingOfAConnectorIsOnTheClassPath() throws Exception {
    try (var jars = Files.list(HOME.resolve("lib"))) {
      assertThat(jars.map(j -> j.getFileName().toString()))
          .anyMatch(j -> j.startsWith("connector-host"))
          .noneMatch(j -> j.startsWith("kognitiv") || j.contains("feign"))
          .noneMatch(j -> j.startsWith("postgresql"));
    }
    try (var drivers = Files.list(HOME.resolve("drivers"))) {
      assertThat(drivers.map(j -> j.getFileName().toString()))
          .singleElement(InstanceOfAssertFactories.STRING)
          .matches("postgresql-[0-9.]+\\.jar");
    }
  }

  /** Two copies of DuckDB in one process lose data silently; PostgreSQL's driver is its own. */
  @Test
  void theTableConnectorBringsItsDriverAndNoDuckDb() throws Exception {
    try (var jars = Files.list(HOME.resolve("plugins/table"))) {
      assertThat(jars.map(j -> j.getFileName().toString().replaceAll("-[0-9].*", "")))
          .containsExactlyInAnyOrder("table-connector", "postgresql");
    }
  }

  /** A killed process would leave an unpacked library behind, 72 MB each time. */
  @Test
  void duckDbLoadsItsLibraryFromWhereItLies() throws Exception {
    Path temporary = Files.createDirectories(elsewhere.resolve("tmp"));
    Path program = elsewhere.resolve("Open.java");
    Files.writeString(
        program,
        """
        public class Open {
          public static void main(String[] arguments) throws Exception {
            try (var c = new org.duckdb.DuckDBDriver().connect("jdbc:duckdb:", new java.util.Properties());
                var s = c.createStatement();
                var r = s.executeQuery("select 42")) {
              r.next();
              System.out.println(r.getInt(1));
              try (var files = java.nio.file.Files.list(java.nio.file.Path.of(arguments[0]))) {
                files.forEach(System.out::println);
              }
            }
          }
        }
        """,
        StandardCharsets.UTF_8);

    Ended ended =
        run(
            Path.of(System.getProperty("java.home"), "bin/java"),
            Map.of(),
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            HOME.resolve("lib") + "/*",
            program.toString(),
            temporary.toString());

    assertThat(ended).isEqualTo(new Ended(0, "42\n", ""));
  }
}
