package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.ledger.Standing;
import dev.landfall.host.plan.Planner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise of the ledger for records, over random histories of whole snapshots and of a stream:
 * every fault, late arrivals that overwrite, limits, {@code --full}, and a kill at any step. More
 * histories: {@code -Dlandfall.histories=5000}.
 */
class RecordTheoremTest {

  /** Histories that are tried from the one on in which a break was seen, until one breaks. */
  private static final int MORE = 100;

  private static final int HISTORIES = Integer.getInteger("landfall.histories", 4);
  private static final int RUNS = 6;

  @TempDir Path folder;

  @Test
  void afterAnyHistoryOneCleanMirrorRunMakesTheTargetEqualToTheSource() {
    seeds().forEach(seed -> live(false, seed, Rules::new, Planner::new));
  }

  @Test
  void afterAnyHistoryOneCleanRunMakesEachRecordWhatTheStreamSaidLast() {
    seeds().forEach(seed -> live(true, seed, Rules::new, Planner::new));
  }

  @ParameterizedTest(name = "without \"{0}\"")
  @MethodSource("sabotage")
  void eachRuleOfRecordsSwitchedOffAloneLosesOrInventsAValue(
      String rule,
      long seen,
      boolean stream,
      Function<Duration, Rules> rules,
      Function<Database, Planner> planner) {
    assertThat(
            LongStream.range(seen, seen + MORE)
                .anyMatch(seed -> breaks(stream, seed, rules, planner)))
        .as(rule)
        .isTrue();
  }

  static Stream<Arguments> sabotage() {
    Function<Duration, Rules> rules = Rules::new;
    Function<Database, Planner> planner = Planner::new;
    Function<Duration, Rules> noLateWrites = NoLateWrites::new;
    Function<Duration, Rules> noFold = NoFold::new;
    Function<Database, Planner> addsOnly = NoChanges::new;
    return Stream.of(
        Arguments.of("a late write may overwrite", 28, false, noLateWrites, planner),
        Arguments.of("a late write may overwrite, in a stream", 29, true, noLateWrites, planner),
        Arguments.of(
            "once unknown, only delivered settles, in a stream", 10, true, noFold, planner),
        Arguments.of("a record is compared by its values", 27, false, rules, addsOnly));
  }

  private static final class NoLateWrites extends Rules {
    NoLateWrites(Duration settle) {
      super(settle);
    }

    @Override
    protected boolean lateWriteMayOverwrite(Change change, Instant now) {
      return false;
    }

    @Override
    public boolean isOpen(Standing standing, Instant now) {
      return false;
    }
  }

  private static final class NoFold extends Rules {
    NoFold(Duration settle) {
      super(settle);
    }

    @Override
    public Outcome fold(@Nullable Outcome soFar, Outcome next) {
      return next instanceof Outcome.Unknown ? new Outcome.NotAttempted() : next;
    }
  }

  private static final class NoChanges extends Planner {
    NoChanges(Database database) {
      super(database);
    }

    @Override
    protected String writes(String standings, String records) {
      return adds(standings, records);
    }
  }

  /** Each history has a folder of its own, so that all cores can live through some. */
  private static LongStream seeds() {
    return LongStream.rangeClosed(1, HISTORIES).parallel();
  }

  private boolean breaks(
      boolean stream,
      long seed,
      Function<Duration, Rules> rules,
      Function<Database, Planner> planner) {
    try {
      live(stream, seed, rules, planner);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  private void live(
      boolean stream,
      long seed,
      Function<Duration, Rules> rules,
      Function<Database, Planner> planner) {
    try {
      Path own = Files.createDirectory(folder.resolve("seed" + seed));
      new RecordHistory(own, stream, seed, rules, planner).live(RUNS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
