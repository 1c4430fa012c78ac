package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

  private static final Instant END = Instant.parse("2026-03-01T06:00:00.500Z");
  private static final String SAMPLE =
      "[a-z_]+\\{([a-z]+=\"([^\"\\\\\\n]|\\\\.)*\",?)+} -?[0-9.]+(E[0-9]+)?";

  @TempDir Path folder;

  private List<String> lines(RunReport report) throws IOException {
    Path file = folder.resolve("landfall.prom");
    Metrics.of(report, END).write(file);
    return Files.readAllLines(file);
  }

  private static RunReport report() {
    return new RunReport(
        "r1",
        "vip",
        null,
        "mirror",
        false,
        "shelf vip",
        RunStatus.COMPLETED_WITH_FAILURES,
        "p1",
        false,
        new Tally(10, 7, 0, 2, 0, 1, 0, 0, 0, 0),
        new Tally(3, 3, 1, 0, 0, 0, 0, 0, 0, 0),
        new RunReport.Source(20, 15, 4, 1, 0),
        List.of(new RunReport.Line("shelf.a\"b\\c", 2, "It happened.", "Do something.")),
        List.of(),
        null,
        new RunReport.Calls(13, 20, 40),
        "2026-03-01T05:59:00Z",
        60_500);
  }

  @Test
  void everyLineIsACommentOrASampleAndEveryFamilyIsToldBeforeItsSamples() throws IOException {
    String family = "";
    for (String line : lines(report())) {
      if (line.startsWith("# TYPE ")) {
        assertThat(line).endsWith(" gauge");
        family = line.substring("# TYPE ".length(), line.length() - " gauge".length());
      } else if (!line.startsWith("# HELP ")) {
        assertThat(line).matches(SAMPLE).startsWith(family + "{");
      }
    }
  }

  @Test
  void theFiguresAreThoseOfTheRun() throws IOException {
    assertThat(lines(report()))
        .contains(
            "landfall_run_status{sync=\"vip\",status=\"COMPLETED_WITH_FAILURES\"} 1",
            "landfall_run_status{sync=\"vip\",status=\"COMPLETED\"} 0",
            "landfall_run_ended_timestamp_seconds{sync=\"vip\"} 1.7723448005E9",
            "landfall_run_duration_seconds{sync=\"vip\"} 60.5",
            "landfall_run_planned_changes{sync=\"vip\",direction=\"add\"} 10",
            "landfall_run_changes{sync=\"vip\",direction=\"add\",outcome=\"delivered\"} 7",
            "landfall_run_changes{sync=\"vip\",direction=\"add\",outcome=\"unknown\"} 1",
            "landfall_run_changes{sync=\"vip\",direction=\"remove\",outcome=\"delivered\"} 3",
            "landfall_run_source{sync=\"vip\",count=\"blank\"} 1",
            "landfall_run_problem_records{sync=\"vip\",code=\"shelf.a\\\"b\\\\c\"} 2",
            "landfall_run_call_seconds{sync=\"vip\"} 0.02");
  }

  @Test
  void aRunWithoutFiguresStillSaysThatItFailed() throws IOException {
    Path file = folder.resolve("landfall.prom");
    Metrics.of(report(), END).write(file);
    Metrics.failed("vip", END).write(file);

    assertThat(file)
        .content()
        .contains("landfall_run_status{sync=\"vip\",status=\"FAILED\"} 1")
        .doesNotContain("landfall_run_changes");
    assertThat(folder).isDirectoryContaining("glob:**landfall.prom");
    assertThat(Files.exists(folder.resolve("landfall.prom.new"))).isFalse();
  }
}
