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
    try (Site site = Site.open(common, manifest);
        Interruption interruption = Interruption.hear(common::aside)) {
      PlanReport plan = site.host().plan(run.apply(site.request()), interruption.cancellation());
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
    Terms terms = Terms.of(plan.mode(), plan.records());
    output.entry(COLUMN, "Source", Words.source(plan.source(), terms));
    output.entry(COLUMN, "Ledger", ledger(plan, terms));
    output.entry(COLUMN, terms.writes(), side(plan.adds()));
    if (terms.tellsRemovals()) {
      output.entry(COLUMN, terms.removals(), side(plan.removes()));
    }
    if (plan.removes().withheld() > 0) {
      output.paragraph(COLUMN, Words.withheld(plan.source().malformed(), ""));
    }
    long quarantined = plan.adds().quarantined() + plan.removes().quarantined();
    if (quarantined > 0) {
      output.entry(COLUMN, "Note", Words.quarantine(quarantined, terms));
    }
    forecast(plan.forecast());
    plan.notices().forEach(notice -> output.entry(COLUMN, "Note", notice.message()));
    output.blank();
    output.line(
        plan.incremental()
            ? "Nothing was sent. To send as many rows of the stream as this:"
            : "Nothing was sent. To send just this:");
    output.verbatim(2, common.command("sync", manifest, "--plan " + plan.plan()));
  }

  private static String ledger(PlanReport plan, Terms terms) {
    if (plan.incremental()) {
      String held = count(plan.held(), "row that was", "rows that were");
      return (plan.firstRun()
              ? "Nothing yet: the stream is read from its beginning."
              : "The stream is read on from where the last run stopped.")
          + (plan.held() == 0 ? "" : " It holds " + held + " read before, and not delivered.");
    }
    if (plan.firstRun()) {
      return "Nothing yet: this is the first run on this target"
          + (terms.tellsRemovals() ? ", and it " + terms.firstRunRemoves() + "." : ".");
    }
    return count(plan.held(), terms.one() + " is", terms.many() + " are")
        + " in the target, or may be.";
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
