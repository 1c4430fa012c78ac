package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.host.Forecast;
import dev.landfall.host.PlanReport;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code landfall plan}. */
@Command(
    name = "plan",
    description = "Says what a sync would do, and keeps the plan; sends nothing.",
    footerHeading = "%nExamples:%n",
    footer = {"  landfall plan vip.json", "  landfall plan vip.json --full --json"})
final class PlanCommand implements Callable<Integer> {

  private static final int COLUMN = 10;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ManifestOptions manifest = new ManifestOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Override
  public Integer call() {
    try (Site site = Site.open(common, manifest)) {
      PlanReport plan = site.host().plan(run.apply(site.request()));
      if (common.json()) {
        common.output().json(plan);
      } else {
        print(plan);
      }
      return ExitCode.DONE;
    }
  }

  private void print(PlanReport plan) {
    Output output = common.output();
    output.line(plan.sync() + ": " + plan.mode() + " into " + plan.target());
    output.entry(COLUMN, "Source", Words.source(plan.source()));
    output.entry(
        COLUMN,
        "Ledger",
        plan.firstRun()
            ? "Nothing yet: this is the first run on this target, and it removes nobody."
            : count(plan.held(), "member is", "members are") + " in the target, or may be.");
    output.entry(COLUMN, "Adds", side(plan.adds()));
    output.entry(COLUMN, "Removes", side(plan.removes()));
    if (plan.removes().withheld() > 0) {
      output.paragraph(COLUMN, Words.WITHHELD);
    }
    forecast(plan.forecast());
    plan.notices().forEach(notice -> output.entry(COLUMN, "Note", notice.message()));
    output.blank();
    output.line("Nothing was sent. To send just this:");
    output.verbatim(2, common.command("sync", manifest, "--plan " + plan.plan()));
  }

  private void forecast(@Nullable Forecast forecast) {
    if (forecast == null) {
      return;
    }
    common
        .output()
        .entry(
            COLUMN,
            "Time",
            "About %s: %s at %s a second, as in the run %s."
                .formatted(
                    Words.duration(forecast.seconds() * 1_000),
                    count(forecast.calls(), "call", "calls"),
                    Words.rate(forecast.perSecond()),
                    forecast.run()));
    if (forecast.exceedsSchedule()) {
      common
          .output()
          .entry(
              COLUMN,
              "Warning",
              "That is longer than schedule.every. Raise delivery.maxInFlight if the destination"
                  + " bears it, or run the sync less often.");
    }
  }

  private static String side(PlanReport.Side side) {
    StringBuilder text = new StringBuilder(count(side.offered(), "change", "changes"));
    if (side.withheld() > 0) {
      text.append(", ").append(count(side.withheld())).append(" withheld");
    }
    if (side.quarantined() > 0) {
      text.append(", ").append(count(side.quarantined())).append(" in quarantine");
    }
    if (!side.examples().isEmpty()) {
      text.append(": ").append(String.join(", ", side.examples()));
      text.append(side.offered() > side.examples().size() ? ", …" : "");
    }
    return text.toString();
  }
}
