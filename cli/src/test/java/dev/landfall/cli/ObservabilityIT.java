package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import dev.landfall.kognitiv.sandbox.KognitivSandbox;
import dev.landfall.testkit.sandbox.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is left for who looks later: the log, the metrics, the history. */
class ObservabilityIT {

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void start() {
    scene = new Scene(folder).audience(Scene.members(1, 5));
    scene.file("hourly.json", scene.manifest("gold"));
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private static List<JsonNode> log(Ended ended) {
    return ended.err().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  private Ended sync(String... options) {
    String[] command = new String[options.length + 6];
    System.arraycopy(
        new String[] {"sync", "hourly.json", "--metrics", "gold.prom", "--log-format", "json"},
        0,
        command,
        0,
        6);
    System.arraycopy(options, 0, command, 6, options.length);
    return scene.landfall.run(command);
  }

  private JsonNode lastRun() {
    return scene.landfall.run("history", "gold", "--json").json().at("/runs/0");
  }

  private List<String> metrics() throws IOException {
    return Files.readAllLines(folder.resolve("gold.prom"));
  }

  @Test
  void everyLineOfTheLogIsJsonAndNamesTheRun() throws IOException {
    Ended ended = sync("--json");

    assertThat(ended.code()).as(ended.out()).isZero();
    String run = ended.json().get("run").asString();
    assertThat(log(ended))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.get("run").asString()).isEqualTo(run);
              assertThat(line.get("sync").asString()).isEqualTo("gold");
            });
    assertThat(log(ended))
        .extracting(line -> line.get("message").asString())
        .anyMatch(m -> m.startsWith("Ended COMPLETED"));
    assertThat(metrics()).contains("landfall_run_status{sync=\"gold\",status=\"COMPLETED\"} 1");
  }

  @Test
  void whatHappensStandsInTheLogOnceThoughTheReportHoldsItToo() {
    scene
        .sandbox
        .faults()
        .inject(Fault.answering(429, "1").notApplied().onCalls(KognitivSandbox.ADD).times(1));

    Ended ended = sync("--json");

    assertThat(ended.json().at("/notices/0/code").asString()).isEqualTo("delivery.paused");
    assertThat(log(ended))
        .extracting(line -> line.get("message").asString())
        .filteredOn(m -> m.startsWith("delivery.paused"))
        .hasSize(1);
  }

  @Test
  void aRunThatFailsBeforeItHasAPlanIsFoundInLogMetricsAndHistory() throws IOException {
    Files.delete(folder.resolve("audience.csv"));

    Ended ended = sync();

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    JsonNode run = lastRun();
    assertThat(run.get("status").asString()).isEqualTo("FAILED");
    assertThat(run.at("/problems/0/code").asString()).isEqualTo("source.missing");
    assertThat(log(ended))
        .filteredOn(line -> line.get("level").asString().equals("ERROR"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("message").asString()).startsWith("source.missing: ");
              assertThat(line.get("run").asString()).isEqualTo(run.get("run").asString());
            });
    assertThat(metrics()).contains("landfall_run_status{sync=\"gold\",status=\"FAILED\"} 1");
    assertThat(scene.landfall.run("history").out())
        .contains("failed", "landfall failures " + run.get("run").asString());
    assertThat(scene.landfall.run("failures", "gold").out())
        .contains("failed as a whole", "The run: source.missing", "> Correct the path");
    assertThat(scene.landfall.run("failures", "gold", "--json").json().at("/problems/0/code"))
        .hasToString("\"source.missing\"");
  }

  @Test
  void aSecretThatIsNotThereIsToldLogAndMetrics() throws IOException {
    scene.landfall.with("KOGNITIV_CLIENT_SECRET", "");

    Ended ended = sync();

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(log(ended))
        .extracting(line -> line.get("message").asString())
        .anyMatch(m -> m.startsWith("reference.env-empty /destination/connection/clientSecret"));
    assertThat(metrics()).contains("landfall_run_status{sync=\"gold\",status=\"FAILED\"} 1");
  }

  @Test
  void aTableOfFailuresHoldsNoSentenceOfItsOwn() {
    Ended ended = scene.landfall.run("failures", "nobody", "--csv");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("history.unknown-run");
  }
}
