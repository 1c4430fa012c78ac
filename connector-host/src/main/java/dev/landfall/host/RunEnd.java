package dev.landfall.host;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.delivery.DeliveryReport;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import dev.landfall.host.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run ended, reckoned from what was planned and what was answered. */
final class RunEnd {

  private RunEnd() {}

  /** The directions that are sent, in their order. */
  static List<ChangeKind> kinds(Plan plan, Approval approval) {
    List<ChangeKind> kinds = new ArrayList<>();
    if (plan.removes().offered() > 0 && !approval.withheld()) {
      kinds.add(ChangeKind.REMOVE);
    }
    if (plan.adds().offered() > 0) {
      kinds.add(ChangeKind.ADD);
    }
    return kinds;
  }

  /** The books of a direction: what was planned, and what became of what was offered. */
  static Tally settled(@Nullable Tally start, Tally offered) {
    Tally planned = start == null ? Tally.NONE : start;
    return new Tally(
        planned.planned(),
        offered.delivered(),
        offered.unchanged(),
        offered.rejected(),
        offered.retryable(),
        offered.unknown(),
        offered.accepted(),
        planned.withheld(),
        planned.quarantined(),
        offered.notAttempted());
  }

  /** How a run ended; null for one that sent nothing. */
  static RunStatus status(
      Approval approval, Map<ChangeKind, Tally> books, @Nullable DeliveryReport delivered) {
    if (delivered != null && delivered.cancelled()) {
      return RunStatus.CANCELLED;
    }
    if (approval.withheld()) {
      return RunStatus.WITHHELD;
    }
    if (delivered != null
        && (delivered.failed()
            || delivered.stops().size() == delivered.tallies().size()
            || delivered.unreachable())) {
      return RunStatus.FAILED;
    }
    boolean failures =
        books.values().stream().anyMatch(t -> t.failed() > 0)
            || (delivered != null && !delivered.stops().isEmpty());
    return failures ? RunStatus.COMPLETED_WITH_FAILURES : RunStatus.COMPLETED;
  }

  /** How the destination answered, or null if nothing was sent. */
  static RunReport.@Nullable Calls calls(DeliveryReport delivered) {
    DeliveryReport.Calls calls = delivered.calls();
    return calls.count() == 0
        ? null
        : new RunReport.Calls(calls.count(), calls.meanMillis(), calls.perSecond());
  }

  /** The same run as a failed one: books that do not balance say nothing. */
  static RunReport unbalanced(RunReport report) {
    List<RunReport.Line> problems = new ArrayList<>(report.problems());
    problems.add(RunReport.Line.of(HostProblems.UNBALANCED, 0));
    return report.with(RunStatus.FAILED, report.adds(), report.removes(), problems);
  }
}
