package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.CaseStory.Kind;
import dev.landfall.cli.Landfall.Ended;
import dev.landfall.cli.Landfall.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that load case updates, killed at random moments of their writing. */
class CaseSyncKillIT {

  private static final int KILLS = 10;
  private static final int EVENTS = 2500;
  private static final long SEED = Long.getLong("landfall.seed", 20_260_301);

  /** A process is killed once it has written so many bytes, at the most. */
  private static final int MOST_BYTES = 70_000;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);

  @Test
  void afterKillsOneRunMakesTheTablesEqualToTheStory() {
    CaseStory story = new CaseStory(random, EVENTS);
    CaseLoad load = new CaseLoad(folder, "jdbc:duckdb:" + folder.resolve("cases.duckdb"), "killed");
    Landfall landfall = new Landfall(folder);
    for (Kind kind : Kind.values()) {
      load.manifest(kind, "\"batchSize\": 40, \"window\": 40");
      CaseDrop drop =
          new CaseDrop(
              load.drop(), story, kind, random, () -> FileTime.from(Instant.now()), () -> {});
      while (!drop.isDone()) {
        drop.deliver();
      }
    }

    int killed = 0;
    for (int run = 0; run < 3 * KILLS && killed < KILLS; run++) {
      killed += runAndKill(landfall) ? 1 : 0;
    }
    assertThat(killed).as("runs that were killed under way, seed %d", SEED).isEqualTo(KILLS);

    for (Kind kind : Kind.values()) {
      Ended last = landfall.run("sync", kind.stream() + ".json", "--json", "--retry-rejected");
      assertThat(last.code()).as(last.out() + last.err()).isZero();
      Ended idle = landfall.run("sync", kind.stream() + ".json", "--json");
      assertThat(idle.json().get("source").get("rows").asInt()).as(idle.out()).isZero();
    }
    load.assertHolds(story);
  }

  /** Whether it was killed before it had come to its end. */
  private boolean runAndKill(Landfall landfall) {
    long before = written();
    long moment = random.nextInt(MOST_BYTES);
    Running run = landfall.start("sync", "case_updates.json", "--json", "--no-progress");
    Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofMinutes(1))
        .until(() -> Math.abs(written() - before) > moment || !run.process().isAlive());
    boolean underWay = run.process().isAlive();
    run.process().destroyForcibly();
    Ended ended = run.end();
    assertThat(ended.code()).as(ended.out() + ended.err()).isNotEqualTo(ExitCode.USAGE);
    return underWay;
  }

  /** How large the files of the table are. */
  private long written() {
    return size("cases.duckdb") + size("cases.duckdb.wal");
  }

  private long size(String name) {
    try {
      return Files.size(folder.resolve(name));
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
