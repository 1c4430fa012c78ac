package dev.landfall.host;

import dev.landfall.host.audience.Audience;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.state.SyncState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the source and plans, without writing to the ledger. */
final class PlanRun {

  private final RunEnvironment environment;
  private final Prepared prepared;
  private final RunRequest request;
  private final Cancellation cancellation;

  PlanRun(
      RunEnvironment environment,
      Prepared prepared,
      RunRequest request,
      Cancellation cancellation) {
    this.environment = environment;
    this.prepared = prepared;
    this.request = request;
    this.cancellation = cancellation;
  }

  PlanReport run() {
    prepared.requireSense(request);
    try (SyncState sync = SyncState.open(prepared.state(), prepared.manifest().name());
        Workspace workspace = Workspace.open(sync.folder("tmp"), environment.memoryMegabytes())) {
      LedgerTables ledger = ledger(sync, workspace);
      if (prepared.isIncremental()) {
        return new IncrementalPlan(environment, prepared, request, ledger, cancellation)
            .make(sync, workspace, lastThatSent(sync.folder("runs")));
      }
      Audience audience =
          Planned.read(
              environment, prepared, prepared.source(StreamListener.NONE), workspace, cancellation);
      Planned planned =
          Ledger.guarded(
              () ->
                  BreakOff.onceEnded(
                      cancellation,
                      workspace.database()::interrupt,
                      () ->
                          Planned.plan(
                              environment, prepared, request, workspace, ledger, audience)));
      PlanReport report =
          PlanReport.of(
              prepared,
              planned,
              lastThatSent(sync.folder("runs")),
              Ledger.guarded(() -> ledger.awaited()));
      workspace.detach("plan");
      planned.stored().keep(sync.folder("plans"), workspace.folder().resolve("plan.duckdb"));
      return report;
    }
  }

  private static @Nullable RunReport lastThatSent(Path runs) {
    return KeptRun.in(runs).stream()
        .flatMap(run -> RunFiles.of(runs, run.id()).read().stream())
        .filter(report -> report.calls() != null)
        .findFirst()
        .orElse(null);
  }

  private LedgerTables ledger(SyncState sync, Workspace workspace) {
    SyncState.Place place = sync.place(prepared.identity(), prepared.mode(), request.whenMoved());
    Optional<LedgerTables> held =
        Files.exists(place.file())
            ? Ledger.attachToRead(workspace.database(), place.file())
            : Optional.empty();
    return held.map(tables -> place.returning() ? tables.distrusted() : tables)
        .orElseGet(() -> nothing(environment, workspace));
  }

  /** A ledger in memory, in place of the one that the first run will make. */
  static LedgerTables nothing(RunEnvironment environment, Workspace workspace) {
    workspace.database().run("attach or replace ':memory:' as ledger");
    return Ledger.open(
            workspace.database(),
            "ledger",
            environment.parts().rules().apply(Duration.ZERO),
            environment.clock())
        .tables();
  }
}
