package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.lines.LinesSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code landfall certify}, on a source. */
class CertifySourceIT {

  private static final String PACKAGE = "dev/landfall/cli/lines";

  @TempDir private Path folder;
  private Landfall landfall;

  @BeforeEach
  void packThePlugin() throws IOException {
    landfall = new Landfall(folder);
    Path plugin = Files.createDirectories(folder.resolve("plugins/lines"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Landfall-Api", "1");
    try (OutputStream file = Files.newOutputStream(plugin.resolve("lines.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      put(
          jar,
          "META-INF/services/dev.landfall.connector.Source",
          LinesSource.class.getName().getBytes(StandardCharsets.UTF_8));
      put(
          jar,
          "META-INF/services/dev.landfall.testkit.sandbox.SourceTestbedProvider",
          "dev.landfall.cli.lines.LinesTestbed$Provider".getBytes(StandardCharsets.UTF_8));
      for (Path type : classes()) {
        put(jar, PACKAGE + "/" + type.getFileName(), Files.readAllBytes(type));
      }
    }
  }

  private static List<Path> classes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target/test-classes", PACKAGE))) {
      return files.sorted().toList();
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  @Test
  void aSourceIsTriedByTheRulesOfSourcesAndCertified() {
    Landfall.Ended ended = landfall.run("certify", "lines", "--plugins", "plugins", "--keep");

    assertThat(ended.code()).as(ended.out()).isEqualTo(1);
    assertThat(ended.out())
        .contains("S-1 packaging")
        .contains("S-4 cursors")
        .contains("S-3.9 unverified")
        .contains("Without FAILURE.")
        .doesNotContain("violated")
        .doesNotContain("D-");
    assertThat(folder.resolve("plugins/lines/lines.certificate.json")).exists();
  }

  @Test
  void theCaseSyncSourceKeepsEveryRuleAndNoneIsLeftUnverified() {
    long begun = System.nanoTime();
    Landfall.Ended ended = landfall.run("certify", "kognitiv-case-sync", "--json");
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    assertThat(took).isLessThan(Duration.ofMinutes(2));
    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.json().get("conforms").booleanValue()).isTrue();
    for (JsonNode rule : ended.json().get("rules")) {
      // Nobody ever waits for a file on this machine.
      String verdict = rule.get("id").stringValue().equals("S-6.3") ? "SKIPPED" : "PASSED";
      assertThat(rule.get("verdict").stringValue()).as(rule.toString()).isEqualTo(verdict);
    }
  }

  @Test
  void oneOfItsRulesIsTriedAlone() {
    Landfall.Ended ended =
        landfall.run("certify", "lines", "--plugins", "plugins", "--rule", "S-4.1");

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.out()).contains("lines 1.0.0 conforms: 1 rule");
  }

  @Test
  void aRuleOfDestinationsIsNoneOfASource() {
    Landfall.Ended ended =
        landfall.run("certify", "lines", "--plugins", "plugins", "--rule", "D-4.1");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("lines is one of the sources");
  }
}
