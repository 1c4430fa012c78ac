package dev.landfall.host;

import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import dev.landfall.host.state.SyncState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what became of a run that ended before it had a plan, so that the history says why. */
final class Unplanned {

  private final Reporting reporting;

  Unplanned(Reporting reporting) {
    this.reporting = reporting;
  }

  /** The run was interrupted, which is no failure. */
  RunReport interrupted(SyncState state, HostException e) {
    List<RunReport.Notice> notices = new ArrayList<>(reporting.notices());
    notices.add(new RunReport.Notice(e.problem().code(), e.problem().message()));
    RunReport report = report(RunStatus.CANCELLED, List.of(), notices);
    try (RunFiles files = files(state)) {
      files.write(report);
    }
    return report;
  }

  /**
   * The run failed. If its files say that it is under way, they stay, and the next run closes its
   * books. Where not even that can be kept, why it failed is still what counts.
   */
  void failed(SyncState state, RuntimeException e) {
    try (RunFiles files = files(state)) {
      if (files.read().isEmpty()) {
        RunReport.Line problem = RunReport.Line.of(HostProblems.of(e), 0);
        files.write(report(RunStatus.FAILED, List.of(problem), reporting.notices()));
      }
    } catch (HostException unwritable) {
      e.addSuppressed(unwritable);
    }
  }

  private RunFiles files(SyncState state) {
    return RunFiles.of(state.folder("runs"), reporting.id());
  }

  private RunReport report(
      RunStatus status, List<RunReport.Line> problems, List<RunReport.Notice> notices) {
    Prepared prepared = reporting.prepared();
    return new RunReport(
        reporting.id(),
        prepared.manifest().name(),
        prepared.manifest().file().toString(),
        prepared.mode().word(),
        prepared.mode() instanceof RecordSyncMode,
        prepared.identity().words(),
        status,
        null,
        false,
        Tally.NONE,
        Tally.NONE,
        null,
        problems,
        notices,
        null,
        null,
        reporting.startedAt().toString(),
        Duration.between(reporting.startedAt(), reporting.environment().clock().instant())
            .toMillis());
  }
}
