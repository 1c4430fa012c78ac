package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.duckdb.Database;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.plan.PlanRequest;
import dev.landfall.host.plan.PlanTable;
import dev.landfall.host.plan.Planner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise of the ledger, over random histories of a whole sync: audiences, modes, {@code
 * --full}, limits, budgets and approvals, stored plans, moved targets, every fault, late arrivals,
 * one to eight calls in flight, and a kill at any step. More histories: {@code
 * -Dlandfall.histories=5000}.
 */
class TheoremTest {

  /** Histories that are tried from the one on in which a break was seen, until one breaks. */
  private static final int MORE = 100;

  private static final int HISTORIES = Integer.getInteger("landfall.histories", 6);
  private static final int RUNS = 6;

  @TempDir Path folder;

  @Test
  void afterAnyHistoryOneCleanRunMakesTheGroupEqualToTheAudience() {
    AtomicLong confirmations = new AtomicLong();
    seeds().forEach(seed -> confirmations.addAndGet(live(seed, Planner::new)));
    assertThat(confirmations).as("what was accepted, and confirmed later").hasPositiveValue();
  }

  /** The rules of the ledger itself are switched off one by one in {@code RulesTest}. */
  @ParameterizedTest(name = "without \"{0}\"")
  @MethodSource("sabotage")
  void eachRuleOfThePlanSwitchedOffAloneLosesOrLeaksAMember(
      String rule, long seen, Function<Database, Planner> planner) {
    assertThat(LongStream.range(seen, seen + MORE).anyMatch(seed -> breaks(seed, planner)))
        .as(rule)
        .isTrue();
  }

  /** Each history has a folder of its own, so that all cores can live through some. */
  private static LongStream seeds() {
    return LongStream.rangeClosed(1, HISTORIES).parallel();
  }

  private boolean breaks(long seed, Function<Database, Planner> planner) {
    try {
      live(seed, planner);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  private long live(long seed, Function<Database, Planner> planner) {
    try {
      Path own = Files.createDirectory(folder.resolve("seed" + seed));
      History history = new History(own, seed, Rules::new, planner);
      history.live(RUNS);
      return history.confirmations();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Arguments> sabotage() {
    return Stream.of(
        withPlanner("who is in doubt is removed too", 8, RemovesPresentOnly::new),
        withPlanner("who is in doubt is added again", 9, AddsAbsentOnly::new),
        withPlanner("the removal budget", 8, NoBudget::new));
  }

  private static Arguments withPlanner(
      String rule, long seen, Function<Database, Planner> planner) {
    return Arguments.of(rule, seen, planner);
  }

  private static final class RemovesPresentOnly extends Planner {
    RemovesPresentOnly(Database database) {
      super(database);
    }

    @Override
    protected String mirrorRemoves(String standings, String audience) {
      return super.mirrorRemoves("(from " + standings + " where present)", audience);
    }
  }

  private static final class AddsAbsentOnly extends Planner {
    AddsAbsentOnly(Database database) {
      super(database);
    }

    @Override
    protected String adds(String standings, String audience) {
      return super.adds("(select * replace (true as present) from " + standings + ")", audience);
    }
  }

  private static final class NoBudget extends Planner {
    NoBudget(Database database) {
      super(database);
    }

    @Override
    protected boolean withholds(
        LedgerTables ledger, PlanTable target, PlanRequest request, long rows, long confirmed) {
      return false;
    }
  }
}
