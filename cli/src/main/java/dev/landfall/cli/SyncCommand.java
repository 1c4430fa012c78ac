package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.host.Host;
import dev.landfall.host.RunListener;
import dev.landfall.host.RunRequest;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code landfall sync}. */
@Command(
    name = "sync",
    description = "Makes the target what the manifest says, and remembers what was really done.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  landfall sync vip.json",
      "  landfall sync vip.json --limit 10          a careful first run",
      "  landfall sync vip.json --sandbox           try it on this machine",
      "  landfall sync vip.json --import now.csv    they are in the group already",
      "  landfall sync vip.json --full              distrust what is remembered",
      "  landfall sync vip.json --approve ID        release removals withheld under ID"
    })
final class SyncCommand implements Callable<Integer> {

  private static final int COLUMN = 10;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ManifestOptions manifest = new ManifestOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--plan",
      paramLabel = "ID",
      description =
          "Sends just the changes of a plan; the source is not read again. Of a stream, as many rows"
              + " as the plan counted, whatever came meanwhile.")
  private @Nullable String plan;

  @Option(names = "--limit", paramLabel = "N", description = "Sends at most N changes.")
  private @Nullable Long limit;

  @Option(
      names = "--max-duration",
      paramLabel = "TIME",
      converter = TimeLimit.class,
      description =
          "Sends nothing new after this time, PT45M for instance, reckoned from the begin.")
  private @Nullable Duration longest;

  @Option(
      names = "--approve",
      paramLabel = "ID",
      description = "Releases the removals that a run withheld under this id.")
  private @Nullable String approve;

  @ArgGroup private Begin begin = new Begin();

  @Option(names = "--no-progress", description = "Says nothing while it runs.")
  private boolean noProgress;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Writes the run's figures to a file at its end, in Prometheus' text format.")
  private @Nullable Path metrics;

  /** What a new ledger begins with. */
  static final class Begin {
    @Option(
        names = "--adopt",
        paramLabel = "OLDNAME",
        description = "Takes over the ledger of a sync that was renamed.")
    private @Nullable String adopt;

    @Option(
        names = "--import",
        paramLabel = "FILE",
        description = "Takes members into the ledger first that are in the target already.")
    private @Nullable Path members;
  }

  @Override
  public Integer call() {
    requireSense();
    try (Site site = measured(() -> Site.open(common, manifest))) {
      RunRequest request = request(site.request());
      RunReport report = measured(() -> sync(site.host(), request));
      if (metrics != null) {
        written(Metrics.of(report, Instant.now()), metrics);
      }
      if (common.json()) {
        common.output().json(report);
      } else {
        print(report, site.host().folder(request, report));
      }
      return ExitCode.of(report.status());
    }
  }

  private void requireSense() {
    if (limit != null && limit < 0) {
      throw wrong("--limit must not be below 0.");
    }
    Path members = begin.members;
    if (members != null && !members.toString().matches(".*[*?].*") && !Files.exists(members)) {
      throw wrong("--import: there is no file " + members + ".");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(common.commandLine(), message);
  }

  /** Does what has to be told as a failed run if it fails. */
  private <T> T measured(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (metrics != null) {
        written(Metrics.failed(manifest.name(), Instant.now()), metrics);
      }
      throw e;
    }
  }

  /** Figures that cannot be kept change nothing of the run. */
  private void written(Metrics figures, Path file) {
    try {
      figures.write(file);
    } catch (IOException e) {
      common.aside("warning: the metrics cannot be written to " + file + ".");
    }
  }

  private RunReport sync(Host host, RunRequest request) {
    try (ProgressLine progress = common.output().progress();
        Interruption interruption = Interruption.hear(quiet() ? common::aside : progress::aside)) {
      return host.sync(request, quiet() ? lastWords() : progress, interruption.cancellation());
    }
  }

  private boolean quiet() {
    return noProgress || common.logs();
  }

  /** Hears only what comes after the run's own answer, which nothing else would tell. */
  private RunListener lastWords() {
    return new RunListener() {
      @Override
      public void notice(String code, String message) {
        if (code.equals("notify.failed") && !common.logs()) {
          common.aside(message);
        }
      }
    };
  }

  private RunRequest request(RunRequest base) {
    RunRequest request = run.apply(base);
    request = plan == null ? request : request.following(plan);
    request = limit == null ? request : request.limitedTo(limit);
    request = longest == null ? request : request.within(longest);
    request = approve == null ? request : request.approving(approve);
    request = begin.adopt == null ? request : request.adopting(begin.adopt);
    return begin.members == null ? request : request.importing(begin.members);
  }

  private void print(RunReport report, Path folder) {
    Output output = common.output();
    output.line(
        report.sync()
            + ": "
            + report.mode()
            + " into "
            + report.target()
            + (manifest.sandbox() ? " (sandbox)" : ""));
    Terms terms = Terms.of(report);
    RunReport.Source source = report.source();
    if (source != null) {
      output.entry(COLUMN, "Source", Words.source(source, terms));
      output.entry(COLUMN, terms.writes(), Words.tally(report.adds()));
      if (terms.tellsRemovals()) {
        output.entry(COLUMN, terms.removals(), Words.tally(report.removes()));
      }
    }
    if (report.firstRun()) {
      output.entry(COLUMN, "", terms.firstRun());
    }
    for (RunReport.Notice notice : report.notices()) {
      output.entry(COLUMN, "Note", notice.message());
    }
    if (Words.quarantined(report) > 0) {
      output.entry(COLUMN, "Note", Words.quarantine(Words.quarantined(report), terms));
    }
    problems(report, folder);
    withheld(report);
    output.blank();
    output.line(style(report.status()), end(report));
  }

  private void problems(RunReport report, Path folder) {
    Output output = common.output();
    for (RunReport.Line line : report.problems()) {
      output.blank();
      output.line(Style.BOLD, (line.count() == 0 ? "" : count(line.count()) + " × ") + line.code());
      output.problem(COLUMN, line.message(), line.remedy());
    }
    Path failures = folder.resolve("failures.jsonl");
    if (Files.exists(failures)) {
      output.blank();
      output.line(
          report.records()
              ? "What failed, and why, record by record:"
              : "Who failed, and why, member by member:");
      output.verbatim(2, relative(failures));
    }
    Path aside = folder.resolve("aside.jsonl");
    if (Files.exists(aside)) {
      output.blank();
      output.line("What is no record and was kept aside, as it stands in the source:");
      output.verbatim(2, relative(aside));
    }
  }

  private static String relative(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return (file.startsWith(here) ? here.relativize(file) : file).toString();
  }

  private void withheld(RunReport report) {
    if (report.approval() == null) {
      return;
    }
    Output output = common.output();
    output.blank();
    output.line(count(report.removes().withheld(), "removal is", "removals are") + " withheld.");
    RunReport.Source source = report.source();
    output.paragraph(
        2,
        Words.withheld(
            source == null ? 0 : source.malformed(),
            "Look at the source; if it is right, release them:"));
    output.verbatim(2, common.command("sync", manifest, "--approve " + report.approval()));
  }

  private static Style style(RunStatus status) {
    return switch (status) {
      case COMPLETED -> Style.GREEN;
      case COMPLETED_WITH_FAILURES, WITHHELD, CANCELLED -> Style.YELLOW;
      case FAILED, RUNNING, KILLED -> Style.RED;
    };
  }

  private static String end(RunReport report) {
    String took = " after " + Words.duration(report.durationMs()) + ". Run " + report.run() + ".";
    return switch (report.status()) {
      case COMPLETED -> (nothingPlanned(report) ? "Done, nothing to send," : "Done") + took;
      case COMPLETED_WITH_FAILURES -> "Done, but " + shortOf(report) + "," + took;
      case WITHHELD -> "Ended with removals withheld" + took;
      case CANCELLED ->
          (report.plan() == null
                  ? "Interrupted"
                  : "Interrupted; what was in flight was finished and recorded,")
              + took;
      case FAILED, RUNNING, KILLED -> "Failed" + took;
    };
  }

  /** What keeps a run from being complete. */
  private static String shortOf(RunReport report) {
    RunReport.Source source = report.source();
    long aside = source == null ? 0 : source.malformed();
    return aside > 0 && allDelivered(report.adds()) && allDelivered(report.removes())
        ? count(aside, "piece of the source was", "pieces of the source were") + " kept aside"
        : "some " + Terms.of(report).many() + " failed";
  }

  private static boolean allDelivered(Tally books) {
    return books.planned() == books.delivered() + books.quarantined();
  }

  private static boolean nothingPlanned(RunReport report) {
    return report.status() == RunStatus.COMPLETED
        && report.adds().planned() == report.adds().quarantined()
        && report.removes().planned() == report.removes().quarantined();
  }
}
