package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.CaseStory.Kind;
import dev.landfall.host.Host;
import dev.landfall.host.RunListener;
import dev.landfall.host.RunRequest;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Settlement;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random stories of cases, dropped as files in random ways, loaded by the host and the plugins of
 * the distribution, in runs that are cut off at any step: the tables hold the story, every event
 * once, in order. More stories: {@code -Dlandfall.histories=500}.
 */
class CaseSyncIT {

  private static final int STORIES = Integer.getInteger("landfall.histories", 3);
  private static final Duration SETTLE = Duration.ofMinutes(15);

  /** The end of a process, at any step. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("killed", null, false, false);
    }
  }

  /** Steps of a run are where it looks at the clock, and where it tells of something. */
  private static final class Steps extends Clock implements RunListener {
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    void crashAfter(int steps) {
      left.set(steps);
    }

    void later(Duration time) {
      now = now.plus(time);
    }

    private void step() {
      if (left.decrementAndGet() == 0) {
        throw new Crash();
      }
    }

    @Override
    public Instant instant() {
      step();
      return now;
    }

    @Override
    public void reading() {
      step();
    }

    @Override
    public void planned(RunReport planned) {
      step();
    }

    @Override
    public void settled(List<Settlement> settlements) {
      step();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static final Steps STEPS = new Steps();
  @TempDir private static Path state;
  private static Host host;
  private static int crashes;

  @TempDir private Path folder;
  private Random random;
  private CaseLoad load;

  @BeforeAll
  static void theDistribution() {
    host =
        Host.builder(Landfall.HOME.resolve("plugins"), state)
            .clock(STEPS)
            .memoryMegabytes(128)
            .build();
  }

  @AfterAll
  static void close() {
    host.close();
    assertThat(crashes).as("runs that were cut off").isGreaterThanOrEqualTo(STORIES);
  }

  static LongStream stories() {
    return LongStream.range(0, STORIES);
  }

  static LongStream someStories() {
    return LongStream.range(1000, 1000 + Math.max(2, STORIES / 4));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void whatIsLoadedIntoDuckDbIsTheStory(long seed) {
    live(seed, "jdbc:duckdb:" + folder.resolve("cases.duckdb"));
  }

  @ParameterizedTest
  @MethodSource("someStories")
  void whatIsLoadedIntoPostgresIsTheStory(long seed) {
    live(seed, Postgres.database());
  }

  private void live(long seed, String url) {
    random = new Random(seed);
    load = new CaseLoad(folder, url, "story-" + seed);
    CaseStory story = new CaseStory(random, 20 + random.nextInt(150));
    List<Kind> kinds =
        chance(50) ? List.of(Kind.UPDATES, Kind.ENTRIES) : List.of(Kind.ENTRIES, Kind.UPDATES);
    for (Kind kind : kinds) {
      CaseDrop drop =
          new CaseDrop(
              load.drop(),
              story,
              kind,
              random,
              () -> FileTime.from(STEPS.now),
              () -> attempt(kind));
      while (!drop.isDone()) {
        drop.deliver();
        if (chance(25)) {
          attempt(kind);
        }
      }
    }
    kinds.forEach(this::endClean);
    load.assertHolds(story);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private Path manifest(Kind kind) {
    return load.manifest(
        kind,
        "\"batchSize\": %d, \"window\": %d"
            .formatted(5 + random.nextInt(30), 10 + random.nextInt(60)));
  }

  /** A run that may be cut off. */
  private void attempt(Kind kind) {
    RunRequest request = RunRequest.of(manifest(kind));
    request = chance(10) ? request.full() : request;
    request = chance(10) ? request.limitedTo(random.nextInt(50)) : request;
    STEPS.later(Duration.ofSeconds(1));
    STEPS.crashAfter(chance(60) ? 1 + random.nextInt(40) : Integer.MAX_VALUE);
    try {
      assertThat(host.sync(request, STEPS, new Cancellation()).balances()).isTrue();
    } catch (Crash e) {
      crashes++;
    } finally {
      STEPS.crashAfter(Integer.MAX_VALUE);
    }
  }

  /** Late enough after everything, one clean run has nothing left to do. */
  private void endClean(Kind kind) {
    STEPS.later(SETTLE.plusSeconds(1));
    RunRequest request = RunRequest.of(manifest(kind)).retryingRejected();
    host.sync(request, STEPS, new Cancellation());
    STEPS.later(SETTLE.plusSeconds(1));
    host.sync(request, STEPS, new Cancellation());
    RunReport idle = host.sync(request, STEPS, new Cancellation());
    assertThat(idle.status()).as("%s", idle).isEqualTo(RunStatus.COMPLETED);
    assertThat(idle.adds().planned()).as("%s", idle).isZero();
    assertThat(idle.source().rows()).as("%s", idle).isZero();
  }
}
