package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import dev.landfall.testkit.sandbox.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that refuses more than it bears; how much of it is used, the benchmarks measure. */
class AdaptiveIT {

  private static final int MEMBERS = 8_000;
  private static final int CAPACITY = 12;

  @TempDir private Path folder;

  @Test
  void theCapacityOfTheSystemIsFoundAndFewCallsAreRefused() {
    try (Scene scene = new Scene(folder)) {
      scene
          .audience(Scene.members(1, MEMBERS))
          .also(
              """
              , "delivery": {"maxInFlight": "adaptive"}""");
      Fault tooMany = Fault.answering(429).notApplied().beyond(CAPACITY);
      scene.sandbox.faults().inject(tooMany);
      scene.sandbox.faults().inject(Fault.slow(Duration.ofMillis(20)));

      Ended ended = scene.landfall.run("sync", "vip.json", "--json");

      assertThat(ended.code()).as(ended.out()).isZero();
      assertThat(scene.group()).hasSize(MEMBERS);
      long calls = scene.sandbox.state().calls("add");
      assertThat(calls - MEMBERS).as("refused").isPositive().isLessThan(MEMBERS / 100);
    }
  }
}
