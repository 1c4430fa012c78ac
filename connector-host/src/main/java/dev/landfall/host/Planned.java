package dev.landfall.host;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.host.audience.Audience;
import dev.landfall.host.audience.AudienceReader;
import dev.landfall.host.audience.AudienceRequest;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.ledger.Tally;
import dev.landfall.host.plan.Plan;
import dev.landfall.host.plan.PlanTable;
import dev.landfall.host.plan.StoredPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A plan and its changes, attached to the run's workspace.
 *
 * @param stored the plan and what it was made of
 * @param changes the changes
 * @param schema the fields of the rows that will be sent
 */
record Planned(StoredPlan stored, PlanTable changes, RowSchema schema) {

  private static final String PLAN = "plan";
  private static final String AUDIENCE = "audience";

  /** Plans with an audience that was read. */
  static Planned plan(
      RunEnvironment environment,
      Prepared prepared,
      RunRequest request,
      Workspace workspace,
      LedgerTables ledger,
      Audience audience) {
    StoredPlan.Inputs inputs = prepared.inputs(request, ledger.generation());
    workspace.attach(audience.file(), AUDIENCE, true);
    workspace.attach(workspace.folder().resolve("plan.duckdb"), PLAN, false);
    PlanTable table = new PlanTable(workspace.database(), PLAN);
    Plan plan =
        environment
            .parts()
            .planner()
            .apply(workspace.database())
            .plan(
                ledger,
                "audience.main.audience",
                table,
                prepared.planRequest(
                    request, audience.malformed() > 0, environment.clock().instant()));
    workspace.detach(AUDIENCE);
    return new Planned(
        new StoredPlan(
            StoredPlan.id(inputs, plan),
            inputs,
            plan,
            RowShape.of(audience.schema(), prepared.descriptor()),
            audience.rows(),
            audience.duplicates(),
            audience.blank(),
            audience.malformed()),
        table,
        audience.schema());
  }

  /** Reads a source the way the manifest says; broken off once the run is to end. */
  static Audience read(
      RunEnvironment environment,
      Prepared prepared,
      AudienceSource source,
      Workspace workspace,
      Cancellation cancellation) {
    return new AudienceReader(cancellation)
        .read(
            new AudienceRequest(
                source,
                prepared.manifest().mapping(),
                prepared.descriptor(),
                prepared.manifest().key(),
                workspace.folder().resolve("audience-" + System.nanoTime() + ".duckdb"),
                environment.memoryMegabytes(),
                workspace.folder()));
  }

  /** Takes up a plan that was kept, if it still holds. */
  static Planned stored(
      Prepared prepared, StoredPlan stored, Path plans, Workspace workspace, LedgerTables ledger) {
    stored.requireCurrent(
        new StoredPlan.Inputs(
            prepared.manifest().canonicalJson(),
            prepared.identity().digest(),
            stored.inputs().full(),
            stored.inputs().retryRejected(),
            ledger.generation()));
    return new Planned(
        stored,
        PlanTable.attachToRead(workspace.database(), StoredPlan.changes(plans, stored.id()), PLAN),
        stored.shape().schema(prepared.descriptor()));
  }

  Plan plan() {
    return stored.plan();
  }

  RunReport.Source source() {
    long members = stored.rows() - stored.duplicates() - stored.blank();
    return new RunReport.Source(
        stored.rows(), members, stored.duplicates(), stored.blank(), stored.malformed());
  }

  /** The books before anything is sent. */
  Map<ChangeKind, Tally> books(SyncMode mode, boolean removesWithheld) {
    Map<ChangeKind, Tally> books = new LinkedHashMap<>();
    for (ChangeKind kind : mode.changeKinds()) {
      books.put(
          kind,
          kind.keyOnly() ? tally(plan().removes(), removesWithheld) : tally(plan().adds(), false));
    }
    return books;
  }

  private static Tally tally(Plan.Side side, boolean withheld) {
    return new Tally(
        side.planned(),
        0,
        0,
        0,
        0,
        0,
        0,
        withheld ? side.offered() : 0,
        side.quarantined(),
        withheld ? 0 : side.offered());
  }
}
