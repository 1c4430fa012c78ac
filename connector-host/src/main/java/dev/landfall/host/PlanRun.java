package dev.landfall.host;

import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.state.SyncState;
import java.nio.file.Files;

/** Reads the source and plans, without writing to the ledger. */
final class PlanRun {

  private final RunEnvironment environment;
  private final Prepared prepared;
  private final RunRequest request;

  PlanRun(RunEnvironment environment, Prepared prepared, RunRequest request) {
    this.environment = environment;
    this.prepared = prepared;
    this.request = request;
  }

  PlanReport run() {
    prepared.requireSense(request);
    try (SyncState sync = SyncState.open(prepared.state(), prepared.manifest().name());
        Workspace workspace = Workspace.open(sync.folder("tmp"), environment.memoryMegabytes())) {
      Planned planned =
          Planned.plan(
              environment,
              prepared,
              request,
              workspace,
              ledger(sync, workspace),
              Planned.read(
                  environment, prepared, prepared.sourceFile(), prepared.sourceQuery(), workspace));
      PlanReport report = PlanReport.of(prepared, planned);
      workspace.detach("plan");
      planned.stored().keep(sync.folder("plans"), workspace.folder().resolve("plan.duckdb"));
      return report;
    }
  }

  private LedgerTables ledger(SyncState sync, Workspace workspace) {
    SyncState.Place place = sync.place(prepared.identity(), prepared.mode(), request.whenMoved());
    if (Files.exists(place.file())) {
      Ledger.attach(workspace.database(), place.file(), true);
      return LedgerTables.of(workspace.database(), "ledger");
    }
    workspace.database().run("attach ':memory:' as ledger");
    return Ledger.open(
            workspace.database(),
            "ledger",
            environment.parts().rules().apply(prepared.manifest().delivery().settle()),
            environment.clock())
        .tables();
  }
}
