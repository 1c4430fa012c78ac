package dev.landfall.host;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.SyncMode;
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
  static List<ChangeKind> kinds(SyncMode mode, Plan plan, Approval approval) {
    List<ChangeKind> kinds = new ArrayList<>();
    for (ChangeKind kind : mode.changeKinds()) {
      Plan.Side side = kind.keyOnly() ? plan.removes() : plan.adds();
      if (side.offered() > 0 && !(kind.keyOnly() && approval.withheld())) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /** The books of what was added, or written. */
  static Tally adds(Map<ChangeKind, Tally> books) {
    return sum(books, false);
  }

  /** The books of what was removed, or deleted. */
  static Tally removes(Map<ChangeKind, Tally> books) {
    return sum(books, true);
  }

  private static Tally sum(Map<ChangeKind, Tally> books, boolean removals) {
    return books.entrySet().stream()
        .filter(direction -> direction.getKey().keyOnly() == removals)
        .map(Map.Entry::getValue)
        .reduce(Tally.NONE, Tally::plus);
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
