package dev.landfall.host.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class NotifierTest {

  @TempDir Path folder;

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aCommandThatReadsNothingOfALongReportIsEndedAfterItsTime() {
    Notification notification =
        new Notification(Set.of(RunStatus.FAILED), null, List.of("sleep", "3600"));
    Notifier notifier =
        new Notifier(List.of(notification), folder, "Landfall", Duration.ofSeconds(1));

    assertThat(
            notifier.failed(
                "vip", new RunReport.Line("x.long", 0, "long ".repeat(1_000_000), "Nothing.")))
        .containsExactly(
            "The notification 1 of the manifest was ended, since it ran for 1 seconds.");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aCommandThatReadsALongReportReadsAllOfIt() {
    Notification notification =
        new Notification(
            Set.of(RunStatus.FAILED), null, List.of("sh", "-c", "test $(wc -c) -gt 5000000"));
    Notifier notifier = new Notifier(List.of(notification), folder, "Landfall");

    assertThat(
            notifier.failed(
                "vip", new RunReport.Line("x.long", 0, "long ".repeat(1_000_000), "Nothing.")))
        .isEmpty();
  }
}
