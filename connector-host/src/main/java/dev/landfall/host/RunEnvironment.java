package dev.landfall.host;

import dev.landfall.connector.Context;
import dev.landfall.host.delivery.Lanes;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.plan.Planner;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a run needs of the process around it. */
record RunEnvironment(
    Clock clock,
    Function<String, @Nullable String> variables,
    long memoryMegabytes,
    String userAgent,
    Parts parts) {

  /** What a connector is lent. */
  Context context(Context.Notices notices) {
    return context(notices, false);
  }

  Context context(Context.Notices notices, boolean deliveredBefore) {
    return Context.builder()
        .clock(clock)
        .userAgent(userAgent)
        .notices(notices)
        .deliveredBefore(deliveredBefore)
        .build();
  }

  /** What runs are made of; a test replaces one and looks for the history that breaks. */
  record Parts(
      IntFunction<Lanes> lanes,
      RandomGenerator random,
      Function<Duration, Rules> rules,
      Function<Database, Planner> planner) {

    static final Parts REAL =
        new Parts(Lanes::threads, RandomGenerator.getDefault(), Rules::new, Planner::new);
  }
}
