package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.delivery.SimulatedLanes;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.ledger.Standing;
import dev.landfall.host.manifest.BoundManifest;
import dev.landfall.host.manifest.ManifestReader;
import dev.landfall.host.plan.Planner;
import dev.landfall.host.state.StateFolder;
import dev.landfall.host.state.SyncState;
import dev.landfall.host.state.TargetIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One random history of a sync over a {@link World}, from real manifests through real files, with a
 * check of every promise after each run. The same seed gives the same history.
 */
final class History {

  private static final int MEMBERS = 10;
  private static final List<String> GROUPS = List.of("red", "blue");

  private final Path folder;
  private final Random random;
  private final World world;
  private final KeptState kept;
  private final Function<Duration, Rules> rules;
  private final Function<Database, Planner> planner;
  private final Set<String> audience = new TreeSet<>();
  private final Map<String, Set<String>> reviewed = new LinkedHashMap<>();
  private final Set<String> spent = new TreeSet<>();
  private final List<String> story = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private String group = GROUPS.get(0);
  private AudienceSyncMode mode = AudienceSyncMode.MIRROR;
  private long maxPercent = 100;
  private long maxCount = 1_000;
  private String delivery = "\"maxInFlight\": 1";
  private final StepsToCrash stepsToCrash = new StepsToCrash();

  History(
      Path folder,
      long seed,
      Function<Duration, Rules> rules,
      Function<Database, Planner> planner) {
    this.folder = folder;
    this.random = new Random(seed);
    this.world = new World(random);
    this.kept = new KeptState(folder);
    this.rules = rules;
    this.planner = planner;
    for (String name : GROUPS) {
      // Members that others put there: nobody may ever touch them.
      world.members(name).add("900");
    }
  }

  /** Lives through some random runs, and then makes each group right with one clean run. */
  void live(int runs) {
    try {
      for (int i = 0; i < runs; i++) {
        change();
        attempt();
        checkPromises();
      }
      for (String name : GROUPS) {
        endClean(name);
      }
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nafter " + String.join("\n  ", story), e);
    }
  }

  /** How many rows were confirmed as applied after they were only accepted. */
  int confirmations() {
    return world.confirmations();
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private void change() {
    for (int i = 1; i <= MEMBERS; i++) {
      String member = String.valueOf(i);
      if (chance(0.3) && !audience.remove(member)) {
        audience.add(member);
      }
      if (chance(0.1) && !world.suspended().remove(member)) {
        world.suspended().add(member);
      }
    }
    if (chance(0.08)) {
      audience.clear();
    }
    now = now.plus(Duration.ofSeconds(random.nextInt(chance(0.5) ? 60 : 2_400)));
    world.faults(chance(0.3) ? 0 : random.nextDouble() * 0.8, chance(0.7) ? 0 : 0.15);
    group = chance(0.85) ? group : GROUPS.get(random.nextInt(2));
    mode =
        chance(0.7)
            ? AudienceSyncMode.MIRROR
            : chance(0.5) ? AudienceSyncMode.ADD : AudienceSyncMode.REMOVE;
    maxPercent = chance(0.5) ? 100 : 20;
    maxCount = maxPercent == 100 ? 1_000 : random.nextInt(3);
    delivery =
        ("\"maxInFlight\": %d, \"batchSize\": %d, \"attempts\": %d, \"window\": %d,"
                + " \"confirmWithin\": \"PT%dS\"")
            .formatted(
                1 + random.nextInt(8),
                1 + random.nextInt(5),
                1 + random.nextInt(3),
                1 + random.nextInt(10),
                chance(0.5) ? 0 : random.nextInt(600));
    stepsToCrash.set(chance(0.3) ? random.nextInt(80) : Integer.MAX_VALUE);
  }

  private void attempt() {
    RunRequest request = RunRequest.of(manifest()).whenMoved(SyncState.WhenMoved.NEW_TARGET);
    if (mode != AudienceSyncMode.REMOVE && chance(0.1)) {
      request = request.full();
    }
    request = chance(0.3) ? request.retryingRejected() : request;
    request = chance(0.1) ? request.limitedTo(random.nextInt(6)) : request;
    if (!reviewed.isEmpty() && chance(0.6)) {
      List<String> ids = List.copyOf(reviewed.keySet());
      request =
          request.approving(ids.get(chance(0.8) ? ids.size() - 1 : random.nextInt(ids.size())));
    }
    try {
      if (chance(0.15)) {
        PlanReport plan =
            new PlanRun(environment(now()), prepared(request), request, new Cancellation()).run();
        request = request.following(plan.plan());
      }
      run(request);
    } catch (StepsToCrash.Crash e) {
      story.add("killed in " + mode + " of " + group + " " + audience);
    } catch (HostException e) {
      story.add("refused: " + e.problem().code());
    }
  }

  private RunReport run(RunRequest request) {
    SimulatedLanes lanes = new SimulatedLanes(random, now);
    lanes.latency(Duration.ofMillis(5), Duration.ofMillis(chance(0.2) ? 30_000 : 200));
    lanes.onStep(
        () -> {
          world.arrive();
          stepsToCrash.step();
        });
    world.clock(lanes.clock());
    Map<String, Standing> rows = kept.standings(group);
    int callsBefore = world.calls().size();
    try {
      RunReport report =
          new SyncRun(
                  environment(lanes), prepared(request), request, stepsToCrash, new Cancellation())
              .run();
      story.add(
          "%s %s of %s %s: %s, adds %s, removes %s"
              .formatted(
                  now, mode, group, audience, report.status(), report.adds(), report.removes()));
      assertThat(report.balances()).as("the books balance").isTrue();
      if (report.approval() != null) {
        reviewed.put(report.approval(), removable(rows));
      }
      return report;
    } finally {
      Instant begun = now;
      now = lanes.clock().instant();
      world.clock(now());
      GROUPS.forEach(name -> world.givenUp(name, kept.asked(name), begun));
      checkRemovals(request, rows, callsBefore);
    }
  }

  /** Whom the source asks to be removed. */
  private Set<String> removable(Map<String, Standing> rows) {
    if (mode == AudienceSyncMode.REMOVE) {
      return new TreeSet<>(audience);
    }
    Set<String> leaving = new TreeSet<>(rows.keySet());
    leaving.removeAll(audience);
    return leaving;
  }

  private void checkRemovals(RunRequest request, Map<String, Standing> rows, int callsBefore) {
    Set<String> removed =
        world.calls().subList(callsBefore, world.calls().size()).stream()
            .filter(c -> c.kind() == ChangeKind.REMOVE)
            .map(World.Call::member)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(removable(rows)).as("removals that the source asks for").containsAll(removed);
    Set<String> held = new TreeSet<>(removed);
    held.retainAll(rows.keySet());
    if (beyondBudget(held.size(), rows.size())) {
      String approval = request.approve().orElse("none");
      assertThat(reviewed).as("removals beyond the budget need an approval").containsKey(approval);
      assertThat(reviewed.get(approval)).as("the approved set").containsAll(removed);
      assertThat(spent.add(approval)).as("an approval is good once").isTrue();
    }
  }

  private boolean beyondBudget(long removed, long rows) {
    boolean beyond = removed > maxCount && removed * 100 > maxPercent * rows;
    return removed > 0 && (beyond || removed == rows);
  }

  /** Safety, after any run and at any moment of a crash. */
  private void checkPromises() {
    for (String name : GROUPS) {
      Map<String, Standing> rows = kept.standings(name);
      Set<String> inGroup = world.members(name);
      assertThat(inGroup).as("a member that others put there").contains("900");
      rows.forEach(
          (member, standing) -> {
            if (standing.present()) {
              assertThat(inGroup).as("PRESENT in " + name).contains(member);
              assertThat(world.removeMayArrive(name, member))
                  .as("a remove of the PRESENT " + member + " is under way in " + name)
                  .isFalse();
            }
          });
      for (int i = 1; i <= MEMBERS; i++) {
        String member = String.valueOf(i);
        if (inGroup.contains(member) || world.addMayArrive(name, member)) {
          assertThat(rows).as("a member that may be in " + name + " is known").containsKey(member);
        }
      }
    }
    assertThat(world.breaches()).isEmpty();
    assertThat(kept.reports()).allSatisfy(r -> assertThat(r.balances()).isTrue());
    assertThat(kept.reports().stream().filter(r -> r.status() == RunStatus.RUNNING).count())
        .as("runs without an end, but for the last")
        .isLessThanOrEqualTo(1);
  }

  /** The theorem: late enough after everything, one clean mirror run makes the group right. */
  private void endClean(String name) {
    group = name;
    mode = AudienceSyncMode.MIRROR;
    maxPercent = 100;
    maxCount = 1_000;
    stepsToCrash.never();
    world.faults(0, 0);
    now = now.plus(World.LONGEST).plus(World.SETTLE).plusSeconds(1);
    world.clock(now());
    world.arrive();
    RunRequest request =
        RunRequest.of(manifest()).whenMoved(SyncState.WhenMoved.NEW_TARGET).retryingRejected();
    // Recovers from a crash, asks for what was accepted, and sends nothing.
    run(request.limitedTo(0));
    now = now.plus(World.SETTLE).plusSeconds(1);
    RunReport report = run(request);
    if (report.approval() != null) {
      report = run(request.approving(report.approval()));
    }
    assertThat(report.adds().unknown() + report.removes().unknown()).as("a clean run").isZero();
    for (int i = 1; i <= MEMBERS; i++) {
      String member = String.valueOf(i);
      if (!world.suspended().contains(member)) {
        assertThat(world.members(name).contains(member))
            .as("%s in %s as in the audience %s", member, name, audience)
            .isEqualTo(audience.contains(member));
      }
    }
    checkPromises();
  }

  private Clock now() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private RunEnvironment environment(SimulatedLanes lanes) {
    return new RunEnvironment(
        lanes.clock(),
        name -> null,
        128,
        "test",
        new RunEnvironment.Parts(count -> lanes, random, rules, planner));
  }

  private RunEnvironment environment(Clock clock) {
    return new RunEnvironment(
        clock,
        name -> null,
        128,
        "test",
        new RunEnvironment.Parts(count -> new SimulatedLanes(random, now), random, rules, planner));
  }

  private Prepared prepared(RunRequest request) {
    BoundManifest bound =
        ManifestReader.read(request.manifest(), id -> Parsed.of(World.DESCRIPTOR)).orThrow();
    BoundManifest.DestinationSettings settings = bound.settings(name -> null).orThrow();
    return new Prepared(
        bound,
        world,
        settings,
        TargetIdentity.of(World.DESCRIPTOR, settings.connection(), settings.target(), List.of()),
        listener -> new AudienceSource.Files(folder.resolve("audience.csv"), null),
        StateFolder.open(folder.resolve("state")));
  }

  private Path manifest() {
    String json =
        """
        {"name": "members",
         "source": {"type": "file", "path": "audience.csv"},
         "destination": {"connector": "world", "connection": {}, "target": {"group": "%s"}},
         "mode": "%s",
         "delivery": {%s},
         "removals": {"maxPercent": %d, "maxCount": %d}}
        """
            .formatted(group, mode.word(), delivery, maxPercent, maxCount);
    try {
      Files.writeString(
          folder.resolve("audience.csv"),
          "id,note\n" + audience.stream().map(m -> m + ",x\n").collect(Collectors.joining()));
      return Files.writeString(folder.resolve("manifest.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
