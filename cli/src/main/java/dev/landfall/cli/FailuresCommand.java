package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.host.Host;
import dev.landfall.host.Past;
import dev.landfall.host.history.Aside;
import dev.landfall.host.history.Failure;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code landfall failures}. */
@Command(
    name = "failures",
    description = "Says what failed in a run, who, why, and what to do.",
    footer = {
      "",
      "Examples:",
      "  landfall failures vip-members",
      "  landfall failures 20261124T061500Z-7cbf --csv",
      "",
      "--csv quotes every cell and leaves ids as they are, to the character: a",
      "spreadsheet has to import the column \"member\" as text, or it drops leading",
      "zeros and takes an id that begins with = + - or @ for a formula."
    })
final class FailuresCommand implements Callable<Integer> {

  private static final int COLUMN = 10;

  /** Enough to see which they are; the rest is for a file. */
  private static final int SHOWN = 25;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "RUN",
      description =
          "A run's id, or its last four characters; or the name of a sync, for its last run.")
  private String run = "";

  @Option(names = "--csv", description = "Prints one line for each failure, with a header line.")
  private boolean csv;

  @Mixin private PastOptions past = new PastOptions();

  /** Members whose failures have one code and direction. */
  private static final class Group {
    private final Failure first;
    private final List<String> members = new ArrayList<>();
    private long count;

    Group(Failure first) {
      this.first = first;
    }

    void add(Failure failure) {
      count++;
      if (members.size() < SHOWN) {
        // What a source calls an id must not steer a terminal.
        members.add(failure.member().replaceAll("\\p{Cntrl}", "?"));
      }
    }
  }

  @Override
  public Integer call() {
    try (Host host = common.host()) {
      Past runs = host.past(past.sandbox());
      KeptRun kept = runs.run(run);
      if (common.json()) {
        json(kept);
      } else if (csv) {
        csv(kept);
      } else {
        print(kept, runs);
      }
      return ExitCode.DONE;
    }
  }

  /** Written as it is read: a run may have failed for millions. */
  private void json(KeptRun kept) {
    Output output = common.output();
    output.raw(
        "{\"run\": \""
            + kept.id()
            + "\", \"problems\": "
            + Output.compact(ofTheWhole(kept))
            + ", \"failures\": [");
    String[] separator = {"\n"};
    kept.failures(
        failure -> {
          output.raw(separator[0] + Output.compact(failure));
          separator[0] = ",\n";
        });
    output.raw("\n], \"aside\": [");
    separator[0] = "\n";
    kept.aside(
        line -> {
          output.raw(separator[0] + Output.compact(line));
          separator[0] = ",\n";
        });
    output.raw("\n]}\n");
  }

  private void csv(KeptRun kept) {
    Output output = common.output();
    output.raw("member,direction,code,message,remedy,at\n");
    long[] formulas = new long[1];
    kept.failures(
        f -> {
          formulas[0] += !f.member().isEmpty() && "=+-@".indexOf(f.member().charAt(0)) >= 0 ? 1 : 0;
          output.raw(
              cells(f.member(), f.direction(), f.code(), f.message(), f.remedy(), f.at()) + "\n");
        });
    kept.aside(
        a ->
            output.raw(
                cells(
                        a.origin() + ":" + a.position(),
                        "read",
                        a.code(),
                        a.message(),
                        a.remedy(),
                        "")
                    + "\n"));
    if (formulas[0] > 0) {
      output.aside(
          "warning: "
              + count(formulas[0], "id begins", "ids begin")
              + " with = + - or @; import the column \"member\" as text, or a spreadsheet takes"
              + " them for formulas.");
    }
  }

  private static String cells(String... values) {
    List<String> cells = new ArrayList<>();
    for (String value : values) {
      cells.add("\"" + value.replace("\"", "\"\"") + "\"");
    }
    return String.join(",", cells);
  }

  /** What went wrong with the run itself. */
  private static List<RunReport.Line> ofTheWhole(KeptRun kept) {
    return kept.report().stream()
        .flatMap(report -> report.problems().stream())
        .filter(line -> line.count() == 0)
        .toList();
  }

  private void print(KeptRun kept, Past runs) {
    Map<String, Group> groups = new LinkedHashMap<>();
    kept.failures(
        f -> groups.computeIfAbsent(f.direction() + " " + f.code(), k -> new Group(f)).add(f));
    Output output = common.output();
    List<Aside> aside = new ArrayList<>();
    long[] found = new long[1];
    kept.aside(
        one -> {
          found[0]++;
          if (aside.size() < SHOWN) {
            aside.add(one);
          }
        });
    boolean none = groups.isEmpty() && aside.isEmpty();
    output.line("Run " + kept.id() + (none ? asAWhole(kept, runs) : ""));
    kept.report()
        .filter(report -> Words.quarantined(report) > 0)
        .ifPresent(
            report -> {
              output.blank();
              output.line(Words.quarantine(Words.quarantined(report), Terms.of(report)));
            });
    for (RunReport.Line line : ofTheWhole(kept)) {
      output.blank();
      output.line("The run: " + line.code());
      output.problem(COLUMN, line.message(), line.remedy());
    }
    boolean cut = false;
    for (Group group : groups.values()) {
      output.blank();
      output.line(count(group.count) + " × " + group.first.code() + ", " + group.first.direction());
      output.problem(COLUMN, group.first.message(), group.first.remedy());
      long more = group.count - group.members.size();
      cut |= more > 0;
      output.paragraph(
          COLUMN,
          String.join(", ", group.members) + (more > 0 ? ", and " + count(more) + " more" : ""));
    }
    aside(aside, found[0], kept);
    if (none) {
      earlier(runs);
    }
    if (cut) {
      output.blank();
      output.line("All of them:");
      output.verbatim(
          2, common.command("failures", kept.id(), past.sandbox() ? "--sandbox --csv" : "--csv"));
    }
  }

  /** What is to be said of a run in which no single record failed. */
  private static String asAWhole(KeptRun kept, Past runs) {
    Optional<RunStatus> status = runs.report(kept).map(RunReport::status);
    if (status.isEmpty() || status.get() == RunStatus.RUNNING) {
      return ": no failure so far.";
    }
    return switch (status.get()) {
      case KILLED -> " was killed before its end.";
      case FAILED -> " failed as a whole.";
      default -> ofTheWhole(kept).isEmpty() ? ": no failure." : "";
    };
  }

  /** Who names a sync asks for what failed in it, and that may have been before its last run. */
  private void earlier(Past runs) {
    runs.latestWithFailures(run)
        .ifPresent(
            earlier -> {
              common.output().blank();
              common.output().line("The latest run with failures:");
              common
                  .output()
                  .verbatim(
                      2,
                      common.command("failures", earlier.id(), past.sandbox() ? "--sandbox" : ""));
            });
  }

  /** What is no record: where it stands, why, and the text as it was found. */
  private void aside(List<Aside> shown, long found, KeptRun kept) {
    if (shown.isEmpty()) {
      return;
    }
    Output output = common.output();
    output.blank();
    output.line(count(found, "piece", "pieces") + " of the source kept aside");
    String said = "";
    for (Aside one : shown) {
      if (!one.code().equals(said)) {
        said = one.code();
        output.paragraph(COLUMN, said);
        output.problem(COLUMN, one.message(), one.remedy());
      }
      output.entry(COLUMN, "", one.origin() + ":" + one.position());
      one.raw().lines().forEach(line -> output.verbatim(COLUMN + 2, Output.printable(line)));
    }
    if (found > shown.size()) {
      output.paragraph(COLUMN, "and " + count(found - shown.size()) + " more");
    }
    output.line("All of it, as it stands in the source:");
    output.verbatim(2, kept.folder().resolve("aside.jsonl").toString());
  }
}
