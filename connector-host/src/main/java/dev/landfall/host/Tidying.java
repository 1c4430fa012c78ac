package dev.landfall.host;

import dev.landfall.host.duckdb.Database;
import dev.landfall.host.history.Retention;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.plan.StoredPlan;
import dev.landfall.host.state.SyncState;
import java.time.Instant;
import java.util.List;

/**
 * Puts a sync's files in order. Where that cannot be, they stay as they are, nothing is lost, and a
 * notice says so.
 */
final class Tidying {

  private final List<RunReport.Notice> notices;

  Tidying(List<RunReport.Notice> notices) {
    this.notices = notices;
  }

  /** Packs what a run was answered. */
  void pack(RunFiles files, Database database) {
    tidied(() -> files.pack(database));
  }

  /** Lets go of what nobody looks back at any more. */
  void letGo(SyncState state, Instant oldest, String current) {
    tidied(() -> Retention.apply(state.folder("runs"), RunId.before(oldest), current));
    tidied(() -> StoredPlan.forgetOlder(state.folder("plans"), oldest));
  }

  private void tidied(Runnable work) {
    try {
      work.run();
    } catch (HostException e) {
      notices.add(new RunReport.Notice(e.problem().code(), e.problem().message()));
    }
  }
}
