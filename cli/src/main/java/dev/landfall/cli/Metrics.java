package dev.landfall.cli;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of a run in Prometheus' text format 0.0.4, for a textfile collector. The file is
 * replaced as a whole, so that no collector reads half of it.
 */
final class Metrics {

  private static final List<RunStatus> ENDS =
      List.of(
          RunStatus.COMPLETED,
          RunStatus.COMPLETED_WITH_FAILURES,
          RunStatus.WITHHELD,
          RunStatus.FAILED,
          RunStatus.CANCELLED);

  private final StringBuilder text = new StringBuilder();
  private final String sync;

  private Metrics(String sync) {
    this.sync = sync;
  }

  /** The figures of a run. */
  static Metrics of(RunReport report, Instant endedAt) {
    Metrics metrics = new Metrics(report.sync());
    metrics.end(report.status(), endedAt);
    metrics.duration(report);
    RunReport.Source source = report.source();
    if (source != null) {
      metrics.report(report, source);
    }
    return metrics;
  }

  /** What is known of a run that failed before it had figures. */
  static Metrics failed(String sync, Instant endedAt) {
    Metrics metrics = new Metrics(sync);
    metrics.end(RunStatus.FAILED, endedAt);
    return metrics;
  }

  /** Writes them, in place of what the file held. */
  void write(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path fresh = whole.resolveSibling(whole.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void end(RunStatus status, Instant endedAt) {
    family("landfall_run_status", "How the last run ended: 1 for that status, 0 for the others.");
    for (RunStatus end : ENDS) {
      sample("landfall_run_status", end == status ? 1 : 0, "status", end.name());
    }
    family("landfall_run_ended_timestamp_seconds", "When the last run ended, in Unix time.");
    sample("landfall_run_ended_timestamp_seconds", endedAt.toEpochMilli() / 1e3);
  }

  private void duration(RunReport report) {
    family("landfall_run_duration_seconds", "How long the last run took.");
    sample("landfall_run_duration_seconds", report.durationMs() / 1e3);
  }

  private void report(RunReport report, RunReport.Source source) {
    family("landfall_run_planned_changes", "Changes that the last run planned.");
    sample("landfall_run_planned_changes", report.adds().planned(), "direction", "add");
    sample("landfall_run_planned_changes", report.removes().planned(), "direction", "remove");
    family("landfall_run_changes", "What became of the changes of the last run.");
    changes("add", report.adds());
    changes("remove", report.removes());
    family(
        "landfall_run_source",
        "What the source held: rows, members, duplicates, blank ids, what is no row.");
    sample("landfall_run_source", source.rows(), "count", "rows");
    sample("landfall_run_source", source.members(), "count", "members");
    sample("landfall_run_source", source.duplicates(), "count", "duplicates");
    sample("landfall_run_source", source.blank(), "count", "blank");
    sample("landfall_run_source", source.malformed(), "count", "malformed");
    family("landfall_run_problem_records", "Records by problem; 0 for a problem of the whole run.");
    report
        .problems()
        .forEach(p -> sample("landfall_run_problem_records", p.count(), "code", p.code()));
    RunReport.Calls calls = report.calls();
    if (calls != null) {
      family("landfall_run_calls", "Calls that came back in the last run.");
      sample("landfall_run_calls", calls.count());
      family("landfall_run_call_seconds", "How long a call took on the average.");
      sample("landfall_run_call_seconds", calls.meanMillis() / 1e3);
    }
  }

  private void changes(String direction, Tally tally) {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    outcomes.put("delivered", tally.delivered());
    outcomes.put("rejected", tally.rejected());
    outcomes.put("retryable", tally.retryable());
    outcomes.put("unknown", tally.unknown());
    outcomes.put("accepted", tally.accepted());
    outcomes.put("withheld", tally.withheld());
    outcomes.put("quarantined", tally.quarantined());
    outcomes.put("notAttempted", tally.notAttempted());
    outcomes.forEach(
        (outcome, count) ->
            sample("landfall_run_changes", count, "direction", direction, "outcome", outcome));
  }

  private void family(String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }

  private void sample(String name, Number value, String... labels) {
    text.append(name).append("{sync=\"").append(escaped(sync)).append('"');
    for (int i = 0; i < labels.length; i += 2) {
      text.append(',').append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
    }
    text.append("} ").append(value).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
