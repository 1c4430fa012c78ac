package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.host.Host;
import dev.landfall.host.history.HistoryReport;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code landfall history}. */
@Command(
    name = "history",
    description = "Says what the last runs did, also while one is under way.",
    footer = {"", "Examples:", "  landfall history", "  landfall history vip-members --limit 50"})
final class HistoryCommand implements Callable<Integer> {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneId.systemDefault());
  private static final String ROW = "%-4s  %-11s  %-6s  %-11s %6s %8s %7s %7s %8s";
  private static final int COLUMN = 10;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "SYNC",
      description = "The name of a sync (default: all of the state folder).")
  private @Nullable String sync;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many runs, the latest first (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Mixin private PastOptions past = new PastOptions();

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(common.commandLine(), "--limit must be at least 1.");
    }
    try (Host host = common.host()) {
      HistoryReport history = host.past(past.sandbox()).history(sync, limit);
      if (common.json()) {
        common.output().json(history);
      } else {
        if (history.runs().isEmpty()) {
          nothing(host);
        }
        print(history);
      }
      return ExitCode.DONE;
    }
  }

  /** Whoever tried a sync in the sandbox looks for it here first. */
  private void nothing(Host host) {
    boolean elsewhere = !past.sandbox() && !host.past(true).history(null, 1).runs().isEmpty();
    common
        .output()
        .line(
            "No run is kept in "
                + common.state()
                + (elsewhere ? "; --sandbox shows those against the sandbox." : "."));
  }

  private void print(HistoryReport history) {
    Output output = common.output();
    Map<String, List<RunReport>> bySync = new LinkedHashMap<>();
    history.runs().forEach(r -> bySync.computeIfAbsent(r.sync(), s -> new ArrayList<>()).add(r));
    String separator = "";
    for (List<RunReport> runs : bySync.values()) {
      output.verbatim(0, separator + runs.get(0).sync() + ": " + runs.get(0).target());
      separator = System.lineSeparator();
      print(runs);
    }
    legend(history);
    for (String folder : history.unreadable()) {
      output.aside("warning: the run's files in " + folder + " cannot be read, or are damaged.");
    }
  }

  private void print(List<RunReport> runs) {
    Output output = common.output();
    output.verbatim(
        0,
        ROW.formatted(
            "Run",
            "When",
            "Mode",
            "Status",
            "Took",
            added(runs.get(0)),
            removed(runs.get(0)),
            "Failed",
            "Withheld"));
    for (RunReport run : runs) {
      output.verbatim(
          0,
          ROW.formatted(
              shortId(run),
              WHEN.format(Instant.parse(run.startedAt())),
              run.mode(),
              word(run.status()),
              run.status() == RunStatus.KILLED ? "" : Words.shortDuration(run.durationMs()),
              Words.shortCount(run.adds().delivered()),
              Words.shortCount(run.removes().delivered()),
              Words.shortCount(failed(run)),
              Words.shortCount(withheld(run))));
    }
    if (runs.size() > 1) {
      List<RunReport> oldestFirst = new ArrayList<>(runs);
      Collections.reverse(oldestFirst);
      trend(added(runs.get(0)), oldestFirst, run -> run.adds().delivered());
      trend(removed(runs.get(0)), oldestFirst, run -> run.removes().delivered());
      trend("Failed", oldestFirst, HistoryCommand::failed);
    }
  }

  private void trend(String what, List<RunReport> runs, ToLongFunction<RunReport> number) {
    List<Long> numbers = runs.stream().map(number::applyAsLong).toList();
    long greatest = Collections.max(numbers);
    if (greatest > 0) {
      Trend trend = Trend.on(Boolean.getBoolean("landfall.terminal.out"), System.getenv());
      // As many of the latest as fit beside the greatest number.
      int room = Math.min(numbers.size(), 40);
      String bars = trend.of(numbers.subList(numbers.size() - room, numbers.size()));
      common
          .output()
          .verbatim(
              0, what + " ".repeat(COLUMN - what.length()) + bars + "  at most " + count(greatest));
    }
  }

  private void legend(HistoryReport history) {
    Output output = common.output();
    history.runs().stream()
        .filter(run -> Words.quarantined(run) > 0)
        .findFirst()
        .ifPresent(
            run -> {
              output.blank();
              output.line(
                  "Run "
                      + shortId(run)
                      + ": "
                      + Words.quarantine(Words.quarantined(run), Terms.of(run)));
            });
    if (history.runs().stream().anyMatch(run -> run.status() == RunStatus.KILLED)) {
      output.blank();
      output.line("A run that was killed is closed by the next run, which goes on from there.");
    }
    history.runs().stream()
        .filter(run -> failed(run) > 0 || run.status() == RunStatus.FAILED)
        .findFirst()
        .ifPresent(
            run -> {
              output.blank();
              output.line("What failed in a run, who, and why:");
              output.verbatim(
                  2, common.command("failures", run.run(), past.sandbox() ? "--sandbox" : ""));
            });
  }

  private static String added(RunReport run) {
    return run.records() ? "Written" : "Added";
  }

  private static String removed(RunReport run) {
    return run.records() ? "Deleted" : "Removed";
  }

  private static String shortId(RunReport run) {
    return run.run().substring(run.run().length() - 4);
  }

  /** Changes that failed, and what the source held that is no row. */
  private static long failed(RunReport run) {
    RunReport.Source source = run.source();
    long aside = source == null ? 0 : source.malformed();
    return run.adds().failed() + run.removes().failed() + aside;
  }

  private static long withheld(RunReport run) {
    return run.adds().withheld() + run.removes().withheld();
  }

  private static String word(RunStatus status) {
    return switch (status) {
      case RUNNING -> "running";
      case KILLED -> "killed";
      case COMPLETED -> "done";
      case COMPLETED_WITH_FAILURES -> "some failed";
      case WITHHELD -> "withheld";
      case FAILED -> "failed";
      case CANCELLED -> "interrupted";
    };
  }
}
