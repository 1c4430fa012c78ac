package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import dev.landfall.cli.Landfall.Running;
import dev.landfall.kognitiv.sandbox.KognitivSandbox;
import dev.landfall.testkit.sandbox.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process killed at random moments while everything else goes wrong too. */
class KillIT {

  private static final int KILLS = 8;
  private static final int MEMBERS = 400;
  private static final Duration SETTLE = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @Test
  void afterKillsUnderFaultsOneCleanRunMakesTheGroupEqualToTheAudience() {
    Random random = new Random(20_261_123);
    try (Scene scene = new Scene(folder)) {
      scene
          .connection(
              """
              , "totalTimeLimit": "PT0.8S", "responseTimeLimit": "PT0.5S", "connectTimeLimit": "PT0.5S\"""")
          .also(
              """
              , "delivery": {"settle": "%s", "maxInFlight": 4, "window": 50},
              "removals": {"maxPercent": 100, "maxCount": 100000}"""
                  .formatted(SETTLE));
      Set<String> audience = new TreeSet<>(Scene.members(1, MEMBERS));
      for (int i = 0; i < KILLS; i++) {
        change(audience, random);
        scene.audience(audience);
        faults(scene, random);
        runAndKill(scene, random);
      }
      scene.sandbox.faults().clear();
      scene.sandbox.faults().applyLate();
      assertThat(scene.group()).as("something was sent before the kills").isNotEmpty();

      // Closes the books of the last kill and sends nothing; what it stamped has to settle.
      Ended recovered = scene.landfall.run("sync", "vip.json", "--json", "--limit", "0");
      assertThat(recovered.out()).contains("run.earlier-killed");
      Awaitility.await().pollDelay(SETTLE.plusMillis(100)).until(() -> true);
      Ended clean = scene.landfall.run("sync", "vip.json", "--json", "--retry-rejected");

      assertThat(clean.code()).as(clean.out()).isZero();
      assertBalanced(clean.json().get("adds"));
      assertBalanced(clean.json().get("removes"));
      assertThat(scene.group()).isEqualTo(audience);
      assertThat(scene.landfall.run("sync", "vip.json", "--json").json().get("adds").get("planned"))
          .hasToString("0");
    }
  }

  private static void change(Set<String> audience, Random random) {
    for (int i = 1; i <= MEMBERS; i++) {
      String member = String.valueOf(i);
      if (random.nextInt(4) == 0 && !audience.remove(member)) {
        audience.add(member);
      }
    }
  }

  private static void faults(Scene scene, Random random) {
    long seed = random.nextLong();
    String[] members = {KognitivSandbox.ADD, KognitivSandbox.REMOVE};
    scene.sandbox.faults().clear();
    for (Fault fault :
        new Fault[] {
          Fault.cut().notApplied(),
          Fault.cut().applied(),
          Fault.answering(503).applied(),
          Fault.answering(500).notApplied(),
          Fault.answering(429).notApplied(),
          Fault.cut().appliedLate(Duration.ofMillis(700)),
          Fault.html().appliedLate(Duration.ofMillis(300))
        }) {
      scene.sandbox.faults().inject(fault.onCalls(members).withProbability(0.04, seed++));
    }
    scene.sandbox.faults().inject(Fault.slow(Duration.ofMillis(5)).onCalls(members));
  }

  private static void runAndKill(Scene scene, Random random) {
    long before = calls(scene);
    long moment = random.nextInt(120);
    Running run = scene.landfall.start("sync", "vip.json", "--json", "--no-progress");
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> calls(scene) >= before + moment || !run.process().isAlive());
    run.process().destroyForcibly();
    Ended ended = run.end();
    assertThat(ended.code()).as(ended.out()).isNotEqualTo(ExitCode.USAGE);
  }

  private static long calls(Scene scene) {
    return scene.sandbox.state().calls().values().stream().mapToLong(n -> n).sum();
  }

  private static void assertBalanced(JsonNode books) {
    long parts = 0;
    for (String name : books.propertyNames()) {
      if (!name.equals("planned") && !name.equals("unchanged")) {
        parts += books.get(name).asLong();
      }
    }
    assertThat(parts).isEqualTo(books.get("planned").asLong());
  }
}
