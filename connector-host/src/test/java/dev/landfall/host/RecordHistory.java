package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.Context;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.delivery.SimulatedLanes;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.ledger.Standing;
import dev.landfall.host.manifest.BoundManifest;
import dev.landfall.host.manifest.Connectors;
import dev.landfall.host.manifest.ManifestReader;
import dev.landfall.host.plan.Planner;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamRequest;
import dev.landfall.host.state.StateFolder;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One random history of a sync of records over a {@link RecordWorld}: of whole snapshots, or of a
 * stream that grows. The same seed gives the same history.
 */
final class RecordHistory {

  private static final int KEYS = 8;
  private static final RowSchema SCHEMA =
      new RowSchema(
          List.of(FieldSpec.of("id", FieldType.TEXT), FieldSpec.of("value", FieldType.TEXT)),
          List.of("id"));

  private final Path folder;
  private final boolean stream;
  private final Random random;
  private final RecordWorld world;
  private final KeptState kept;
  private final Function<Duration, Rules> rules;
  private final Function<Database, Planner> planner;
  private final Map<String, String> truth = new TreeMap<>();
  private final List<Row> tape = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private RecordSyncMode mode;
  private String delivery = "\"maxInFlight\": 1";
  private final StepsToCrash stepsToCrash = new StepsToCrash();
  private int values;

  RecordHistory(
      Path folder,
      boolean stream,
      long seed,
      Function<Duration, Rules> rules,
      Function<Database, Planner> planner) {
    this.folder = folder;
    this.stream = stream;
    this.random = new Random(seed);
    this.world = new RecordWorld(random);
    this.kept = new KeptState(folder);
    this.rules = rules;
    this.planner = planner;
    this.mode = stream ? RecordSyncMode.UPSERT : RecordSyncMode.MIRROR;
    if (!stream) {
      // A record that others wrote: no mirror may ever touch it.
      world.records().put("900", "theirs");
    }
  }

  void live(int runs) {
    try {
      for (int i = 0; i < runs; i++) {
        change();
        attempt();
        checkPromises();
      }
      endClean();
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nafter " + String.join("\n  ", story), e);
    }
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private void change() {
    for (int i = 0; i < KEYS; i++) {
      String key = String.valueOf(1 + random.nextInt(KEYS));
      if (chance(0.4)) {
        write(key, chance(0.2) ? "same" : "v" + ++values);
      } else if (!stream && chance(0.3)) {
        truth.remove(key);
      }
      if (chance(0.1) && !world.refused().remove(key)) {
        world.refused().add(key);
      }
    }
    now = now.plus(Duration.ofSeconds(random.nextInt(chance(0.5) ? 60 : 2_400)));
    world.faults(chance(0.3) ? 0 : random.nextDouble() * 0.8, chance(0.7) ? 0 : 0.15);
    if (!stream) {
      mode = chance(0.7) ? RecordSyncMode.MIRROR : RecordSyncMode.UPSERT;
    }
    delivery =
        "\"maxInFlight\": %d, \"batchSize\": %d, \"attempts\": %d, \"window\": %d"
            .formatted(
                1 + random.nextInt(4),
                1 + random.nextInt(5),
                1 + random.nextInt(3),
                1 + random.nextInt(10));
    stepsToCrash.set(chance(0.3) ? random.nextInt(60) : Integer.MAX_VALUE);
  }

  private void write(String key, String value) {
    truth.put(key, value);
    tape.add(Row.of(SCHEMA, key, value));
  }

  private void attempt() {
    RunRequest request = RunRequest.of(manifest());
    request = chance(0.1) ? request.full() : request;
    request = chance(0.3) ? request.retryingRejected() : request;
    request = chance(0.1) ? request.limitedTo(random.nextInt(6)) : request;
    try {
      run(request);
    } catch (StepsToCrash.Crash e) {
      story.add("killed in " + mode + " of " + truth);
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
    try {
      RunReport report =
          new SyncRun(
                  environment(lanes), prepared(request), request, stepsToCrash, new Cancellation())
              .run();
      story.add(
          "%s %s of %s: %s, writes %s, deletes %s"
              .formatted(now, mode, truth, report.status(), report.adds(), report.removes()));
      assertThat(report.balances()).as("the books balance").isTrue();
      return report;
    } finally {
      now = lanes.clock().instant();
      world.clock(now());
    }
  }

  /** Safety, after any run and at any moment of a crash. */
  private void checkPromises() {
    if (!stream) {
      assertThat(world.records()).as("a record that others wrote").containsEntry("900", "theirs");
    }
    Map<String, Standing> rows = kept.standings("");
    rows.forEach(
        (key, standing) -> {
          if (standing.present()) {
            assertThat(world.records()).as("PRESENT").containsKey(key);
            assertThat(world.mayChange(key))
                .as("something that would change the PRESENT " + key + " is under way")
                .isFalse();
          }
        });
    assertThat(kept.reports()).allSatisfy(r -> assertThat(r.balances()).isTrue());
  }

  /** The theorem: late enough after everything, one clean run makes the target right. */
  private void endClean() {
    mode = stream ? RecordSyncMode.UPSERT : RecordSyncMode.MIRROR;
    stepsToCrash.never();
    world.faults(0, 0);
    now = now.plus(RecordWorld.SETTLE).plusSeconds(1);
    world.clock(now());
    world.arrive();
    RunRequest request = RunRequest.of(manifest()).retryingRejected();
    run(request.limitedTo(0));
    now = now.plus(RecordWorld.SETTLE).plusSeconds(1);
    RunReport report = run(request);
    if (report.approval() != null) {
      report = run(request.approving(report.approval()));
    }
    assertThat(report.adds().unknown() + report.removes().unknown()).as("a clean run").isZero();
    for (int i = 1; i <= KEYS; i++) {
      String key = String.valueOf(i);
      if (!world.refused().contains(key)) {
        assertThat(world.records().get(key))
            .as("the record %s, of %s", key, truth)
            .isEqualTo(truth.get(key));
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

  private Prepared prepared(RunRequest request) {
    Tape source = new Tape(List.copyOf(tape), new Random(random.nextLong()));
    BoundManifest bound =
        ManifestReader.read(
                request.manifest(),
                new Connectors() {
                  @Override
                  public Parsed<DestinationDescriptor> destination(String id) {
                    return Parsed.of(RecordWorld.DESCRIPTOR);
                  }

                  @Override
                  public Parsed<SourceDescriptor> source(String id) {
                    return Parsed.of(source.descriptor());
                  }
                })
            .orThrow();
    BoundManifest.DestinationSettings settings = bound.settings(name -> null).orThrow();
    return new Prepared(
        bound,
        world,
        settings,
        TargetIdentity.of(
            RecordWorld.DESCRIPTOR, settings.connection(), settings.target(), List.of("id")),
        listener -> stream ? audience(source, listener) : file(),
        StateFolder.open(folder.resolve("state")));
  }

  private AudienceSource file() {
    return new AudienceSource.Files(folder.resolve("records.csv"), null);
  }

  private AudienceSource audience(Tape source, StreamListener listener) {
    return new AudienceSource.Stream(
        new StreamRequest(
            source,
            source.descriptor(),
            source.descriptor().streams().get(0),
            SettingsSpec.of().settings(Map.of(), folder).orThrow()),
        null,
        Context.builder().clock(now()).build(),
        listener);
  }

  private Path manifest() {
    String json =
        """
        {"name": "members",
         "source": %s,
         "destination": {"connector": "world", "connection": {}, "target": {}},
         "mode": "%s", "key": ["id"],
         "delivery": {%s},
         "removals": {"maxPercent": 100, "maxCount": 1000}}
        """
            .formatted(
                stream
                    ? "{\"type\": \"connector\", \"connector\": \"tape\", \"stream\": \"tape\","
                        + " \"settings\": {}}"
                    : "{\"type\": \"file\", \"path\": \"records.csv\"}",
                mode.word(),
                delivery);
    try {
      Files.writeString(
          folder.resolve("records.csv"),
          "id,value\n"
              + truth.entrySet().stream()
                  .map(e -> e.getKey() + "," + e.getValue() + "\n")
                  .collect(Collectors.joining()));
      return Files.writeString(folder.resolve("manifest.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was written so far, in batches of any size. */
  private record Tape(List<Row> rows, Random random) implements Source {
    @Override
    public SourceDescriptor descriptor() {
      return new SourceDescriptor(
          "tape",
          "Tape",
          "1.0.0",
          SettingsSpec.of(),
          List.of(new SourceDescriptor.Stream("tape", "Whatever was written.", SCHEMA, true)));
    }

    @Override
    public CheckReport check(SourceRequest request) {
      return new CheckReport(List.of());
    }

    @Override
    public SourceReader open(SourceRequest request) {
      Cursor from = request.resumeFrom();
      int begin = from == null ? 0 : Integer.parseInt(from.value());
      return new SourceReader() {
        private int at = begin;

        @Override
        public RowSchema schema() {
          return SCHEMA;
        }

        @Override
        public Optional<SourceBatch> read() {
          if (at >= rows.size()) {
            return Optional.empty();
          }
          int end = Math.min(rows.size(), at + 1 + random.nextInt(4));
          List<Row> some = rows.subList(at, end);
          at = end;
          return Optional.of(new SourceBatch(some, List.of(), new Cursor(String.valueOf(end))));
        }

        @Override
        public void close() {}
      };
    }
  }
}
