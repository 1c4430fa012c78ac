package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code landfall certify}, on a copy of the distribution's plugins. */
class CertifyIT {

  @TempDir private Path folder;
  private Path plugin;
  private Landfall landfall;

  @BeforeEach
  void copyThePlugins() throws IOException {
    landfall = new Landfall(folder);
    plugin = Files.createDirectories(folder.resolve("plugins/kognitiv"));
    try (Stream<Path> jars = Files.list(Landfall.HOME.resolve("plugins/kognitiv"))) {
      for (Path jar : jars.filter(p -> p.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, plugin.resolve(jar.getFileName()));
      }
    }
  }

  @Test
  void theKognitivConnectorKeepsEveryRuleAndNoneIsLeftUnverified() throws IOException {
    long begun = System.nanoTime();
    Landfall.Ended ended =
        landfall.run(
            "certify", "kognitiv", "--plugins", "plugins", "--report", "out", "--keep", "--json");
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    assertThat(took).isLessThan(Duration.ofMinutes(2));
    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.json().get("conforms").booleanValue()).isTrue();
    for (JsonNode rule : ended.json().get("rules")) {
      assertThat(rule.get("verdict").stringValue()).as(rule.toString()).isIn("PASSED", "SKIPPED");
    }
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**report.json")
        .isDirectoryContaining("glob:**junit.xml")
        .isDirectoryContaining("glob:**report.html");
    JsonNode certificate =
        JsonMapper.shared().readTree(Files.readString(plugin.resolve("kognitiv.certificate.json")));
    assertThat(certificate.get("conforms").booleanValue()).isTrue();
    assertThat(certificate.get("jars").size()).isGreaterThan(5);
    assertThat(certificate.get("kit").stringValue()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(certificate.get("capabilities").get("REMOVE").stringValue())
        .isEqualTo("DEMONSTRATED");
    assertThat(certificate.get("capabilities").get("CONFIRMS_LATER").stringValue())
        .isEqualTo("ABSENT");
    assertThat(certified()).isEqualTo("CONFORMS");
    Map<String, String> again =
        verdicts(landfall.run("certify", "kognitiv", "--rule", "D-5", "--rule", "D-7", "--json"));
    assertThat(again).hasSizeGreaterThan(10);
    assertThat(verdicts(ended))
        .as("those of another run, the same seed")
        .containsAllEntriesOf(again);

    Path jar;
    try (Stream<Path> jars = Files.list(plugin)) {
      jar = jars.filter(p -> p.toString().contains("caffeine")).findFirst().orElseThrow();
    }
    Files.write(jar, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
    assertThat(certified()).isEqualTo("OTHER_JARS");
  }

  private static Map<String, String> verdicts(Landfall.Ended ended) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (JsonNode rule : ended.json().get("rules")) {
      verdicts.put(rule.get("id").stringValue(), rule.get("verdict").stringValue());
    }
    return verdicts;
  }

  /** As it is installed and started; by every other rule it is tried in its own module. */
  @Test
  void theTableConnectorIsCertifiedAsItIsInstalled() {
    Landfall.Ended ended =
        landfall.run(
            "certify", "table", "--rule", "D-1", "--rule", "D-2", "--rule", "D-4", "--rule", "D-11",
            "--json");

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(verdicts(ended).values()).containsOnly("PASSED", "SKIPPED");
  }

  private String certified() {
    return landfall
        .run("connectors", "--plugins", "plugins", "--json")
        .json()
        .get("connectors")
        .get(0)
        .get("certified")
        .stringValue();
  }

  @Test
  void aConnectorThatWasNeverTriedIsNotCertified() {
    assertThat(certified()).isEqualTo("NONE");
    assertThat(landfall.run("connectors", "--plugins", "plugins").out())
        .containsPattern("not\\s+certified");
  }

  @Test
  void oneRuleIsTriedAlone() {
    Landfall.Ended ended =
        landfall.run("certify", "kognitiv", "--rule", "D-5.6", "--seed", "7", "--json");

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.json().get("rules").size()).isEqualTo(1);
    assertThat(ended.json().get("seed").longValue()).isEqualTo(7);
  }

  @Test
  void aChapterIsTriedAndShownInATable() {
    Landfall.Ended ended = landfall.run("certify", "kognitiv", "--rule", "D-2");

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.out())
        .contains("D-2 settings")
        .contains("7 passed")
        .contains("kognitiv")
        .contains("conforms: 7 rules");
    assertThat(ended.err()).contains("trying D-2");
    assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void aKnownViolationThatNoLongerOccursFails() throws IOException {
    Files.writeString(
        folder.resolve("known.json"), "{\"D-2.3\": \"Two labels are to be written.\"}");

    Landfall.Ended ended =
        landfall.run("certify", "kognitiv", "--rule", "D-2", "--expect", "known.json");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains("D-2.3 is listed as known to be broken, and was not violated.")
        .contains("does not conform");
  }

  @Test
  void whatIsWrongWithTheListIsSaidAtOnce() throws IOException {
    Files.writeString(folder.resolve("known.json"), "{\"D-99.1\": \"x\", \"D-2.3\": \" \"}");

    Landfall.Ended ended = landfall.run("certify", "kognitiv", "--expect", "known.json");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("there is no rule D-99.1").contains("D-2.3 has no reason");
  }

  @Test
  void filesThatCannotBeReadOrWrittenAreUsageBeforeAnythingIsTried() throws IOException {
    Landfall.Ended expect = landfall.run("certify", "kognitiv", "--expect", "nothing.json");
    assertThat(expect.code()).isEqualTo(2);
    assertThat(expect.err()).contains("--expect: nothing.json cannot be read");

    Files.writeString(folder.resolve("taken"), "");
    Landfall.Ended report = landfall.run("certify", "kognitiv", "--report", "taken");
    assertThat(report.code()).isEqualTo(2);
    assertThat(report.err()).contains("--report: taken cannot be made").doesNotContain("trying");
  }

  @Test
  void smallLettersNameARuleToo() {
    Landfall.Ended ended = landfall.run("certify", "kognitiv", "--rule", "d-2.5");

    assertThat(ended.code()).as(ended.out()).isZero();
  }

  @Test
  void aRuleThatIsNoneIsUsage() {
    Landfall.Ended ended = landfall.run("certify", "kognitiv", "--rule", "D-77");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("There is no rule D-77");
  }

  @Test
  void aRuleOfSourcesIsNoneOfADestination() {
    Landfall.Ended ended = landfall.run("certify", "kognitiv", "--rule", "S-3.1");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("kognitiv is one of the destinations");
  }

  @Test
  void aCertificateOfSomeRulesIsUsage() {
    assertThat(landfall.run("certify", "kognitiv", "--rule", "D-2", "--keep").code()).isEqualTo(2);
  }

  @Test
  void aConnectorThatIsNotInstalledIsSaidSo() {
    Landfall.Ended ended = landfall.run("certify", "kognitif");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).contains("kognitiv");
  }
}
