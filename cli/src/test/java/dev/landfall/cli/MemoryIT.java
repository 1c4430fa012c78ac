package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import dev.landfall.cli.Landfall.Running;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a big audience costs in memory. */
class MemoryIT {

  private static final int MEMBERS = 5_000_000;
  private static final long SENT = MEMBERS / 100;
  private static final long GIGABYTE_IN_KB = 1 << 20;

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX) // where a process tells its peak
  void fiveMillionMembersArePlannedAndAHundredthDeliveredWithinOneGigabyte() throws Exception {
    try (Scene scene = new Scene(folder)) {
      write(scene.file("audience.csv"));
      scene
          .also(
              """
              , "delivery": {"maxInFlight": 16}""")
          .landfall
          .with("LANDFALL_JAVA_OPTS", "-Xmx512m");

      Running run =
          scene.landfall.start("sync", "vip.json", "--json", "--limit", String.valueOf(SENT));
      long[] peak = {0};
      Awaitility.await()
          .atMost(Duration.ofMinutes(4))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                peak[0] = Math.max(peak[0], peakKilobytes(run.process().pid()));
                return !run.process().isAlive();
              });

      Ended ended = run.end();
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.json().get("adds").get("planned").asLong()).isEqualTo(MEMBERS);
      assertThat(ended.json().get("adds").get("delivered").asLong()).isEqualTo(SENT);
      assertThat(scene.group()).hasSize((int) SENT);
      assertThat(peak[0]).as("peak in kB").isPositive().isLessThan(GIGABYTE_IN_KB);
    }
  }

  private static void write(Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write("id,tier\n");
      for (int i = 1; i <= MEMBERS; i++) {
        writer.write(i * 1499L + ",Gold\n");
      }
    }
  }

  private static long peakKilobytes(long pid) {
    try {
      List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
      return status.stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      // It has just ended; its peak was read before.
      return 0;
    }
  }
}
