package dev.landfall.host;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says how a run stands.
 *
 * @param id the run's id
 * @param startedAt when it began
 * @param notices what is worth knowing, as it comes up
 */
record Reporting(
    RunEnvironment environment,
    Prepared prepared,
    String id,
    Instant startedAt,
    List<RunReport.Notice> notices) {

  /**
   * What stays the same while a run goes on.
   *
   * @param plan the plan's id
   * @param firstRun whether nothing was known of the target before
   * @param approval what to approve withheld removals with, or null
   */
  record Basics(String plan, boolean firstRun, @Nullable String approval) {}

  /** A report; books that do not balance make it one of a failed run. */
  RunReport report(
      Basics basics,
      RunReport.Source source,
      RunStatus status,
      Map<ChangeKind, Tally> books,
      List<RunReport.Line> problems,
      RunReport.@Nullable Calls calls) {
    RunReport report =
        new RunReport(
            id,
            prepared.manifest().name(),
            prepared.manifest().file().toString(),
            prepared.mode().word(),
            prepared.mode() instanceof RecordSyncMode,
            prepared.identity().words(),
            status,
            basics.plan(),
            basics.firstRun(),
            RunEnd.adds(books),
            RunEnd.removes(books),
            source,
            problems,
            notices,
            basics.approval(),
            calls,
            startedAt.toString(),
            Duration.between(startedAt, environment.clock().instant()).toMillis());
    return report.balances() ? report : RunEnd.unbalanced(report);
  }
}
