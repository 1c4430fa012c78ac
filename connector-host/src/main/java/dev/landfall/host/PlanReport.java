package dev.landfall.host;

import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.plan.Plan;
import dev.landfall.host.plan.StoredPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sync would do: what {@code landfall plan --json} prints.
 *
 * @param plan the id to give to {@code sync --plan}
 * @param sync the manifest's name
 * @param mode the mode's word
 * @param records whether the target holds records; false for an audience
 * @param incremental whether a stream is read on from where the last run stopped; then {@code held}
 *     are rows that were read and not delivered
 * @param target which target, in words
 * @param firstRun whether no run was made on this ledger before; a mirror then removes nobody
 * @param held members that the ledger holds now
 * @param adds what would be added; of records, written
 * @param removes what would be removed; of records, deleted
 * @param source what the source holds
 * @param forecast how long sending would take, or null if nothing is to be sent or was sent before
 * @param notices what is worth knowing
 */
public record PlanReport(
    String plan,
    String sync,
    String mode,
    boolean records,
    boolean incremental,
    String target,
    boolean firstRun,
    long held,
    Side adds,
    Side removes,
    RunReport.Source source,
    @Nullable Forecast forecast,
    List<RunReport.Notice> notices) {

  private static final int EXAMPLES = 5;

  /** Copies the notices. */
  public PlanReport {
    notices = List.copyOf(notices);
  }

  /**
   * One direction.
   *
   * @param planned changes
   * @param offered of those, to be sent
   * @param withheld of those, held back by the removal budget
   * @param quarantined of those, held back because of an earlier rejection
   * @param examples the first members that would be sent
   */
  public record Side(
      long planned, long offered, long withheld, long quarantined, List<String> examples) {
    /** Copies the examples. */
    public Side {
      examples = List.copyOf(examples);
    }
  }

  /** Of a stream, whose rows stand in no table. */
  static PlanReport of(
      Prepared prepared,
      StoredPlan stored,
      List<String> examples,
      @Nullable RunReport earlier,
      List<RunReport.Notice> notices,
      long awaited) {
    Plan plan = stored.plan();
    List<RunReport.Notice> all = new ArrayList<>(notices);
    Sending.awaiting(awaited).ifPresent(all::add);
    return new PlanReport(
        stored.id(),
        prepared.manifest().name(),
        prepared.mode().word(),
        prepared.mode() instanceof RecordSyncMode,
        prepared.isIncremental(),
        prepared.identity().words(),
        plan.firstRun(),
        plan.rows(),
        new Side(
            plan.adds().planned(), plan.adds().offered(), 0, plan.adds().quarantined(), examples),
        new Side(0, 0, 0, 0, List.of()),
        new RunReport.Source(
            stored.rows(), stored.rows() - stored.blank(), 0, stored.blank(), stored.malformed()),
        Forecast.of(prepared.bound(), plan.adds().offered(), earlier),
        all);
  }

  static PlanReport of(
      Prepared prepared, Planned planned, @Nullable RunReport earlier, long awaited) {
    Plan plan = planned.plan();
    long changes = plan.adds().offered() + (plan.removesWithheld() ? 0 : plan.removes().offered());
    return new PlanReport(
        planned.stored().id(),
        prepared.manifest().name(),
        prepared.mode().word(),
        prepared.mode() instanceof RecordSyncMode,
        prepared.isIncremental(),
        prepared.identity().words(),
        plan.firstRun(),
        plan.rows(),
        side(prepared, planned, false),
        side(prepared, planned, true),
        planned.source(),
        Forecast.of(prepared.bound(), changes, earlier),
        Sending.awaiting(awaited).stream().toList());
  }

  private static Side side(Prepared prepared, Planned planned, boolean removals) {
    Plan plan = planned.plan();
    Plan.Side side = removals ? plan.removes() : plan.adds();
    boolean withheld = removals && plan.removesWithheld();
    return new Side(
        side.planned(),
        withheld ? 0 : side.offered(),
        withheld ? side.offered() : 0,
        side.quarantined(),
        prepared.mode().changeKinds().stream()
            .filter(kind -> kind.keyOnly() == removals)
            .flatMap(kind -> planned.changes().page(kind, 0, EXAMPLES).stream())
            .map(c -> c.text())
            .toList());
  }
}
