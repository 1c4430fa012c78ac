package dev.landfall.cli;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.outcome.Problem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code landfall check}. */
@Command(
    name = "check",
    description = "Validates, and tries credentials and target; changes nothing.",
    footerHeading = "%nExamples:%n",
    footer = {"  landfall check vip.json", "  landfall check vip.json --sandbox"})
final class CheckCommand implements Callable<Integer> {

  private static final int COLUMN = 12;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ManifestOptions manifest = new ManifestOptions();

  @Override
  public Integer call() {
    try (Site site = Site.open(common, manifest)) {
      CheckReport report = site.host().check(site.request());
      if (common.json()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", report.ok());
        document.put("items", report.items());
        common.output().json(document);
      } else {
        report.items().forEach(this::item);
      }
      return report.ok() ? ExitCode.DONE : ExitCode.RUN_FAILED;
    }
  }

  private static Style style(CheckReport.Status status) {
    return switch (status) {
      case PASSED -> Style.GREEN;
      case FAILED -> Style.RED;
      case UNVERIFIED -> Style.YELLOW;
    };
  }

  private void item(CheckReport.Item item) {
    Output output = common.output();
    output.entry(
        style(item.status()),
        COLUMN,
        item.status().name().toLowerCase(Locale.ROOT),
        item.name() + ": " + item.message());
    Problem problem = item.problem();
    if (problem != null) {
      output.paragraph(COLUMN, "> " + problem.remedy());
    }
  }
}
