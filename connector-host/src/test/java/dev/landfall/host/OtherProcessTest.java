package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs of one sync in processes of their own: together, killed, and with a full disk. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class OtherProcessTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 9).with("delivery", "{\"attempts\": 1, \"window\": 4}");
  }

  private List<RunReport> runs() throws IOException {
    try (Stream<Path> folders = Files.list(scene.syncFolder().resolve("runs"))) {
      return folders.map(f -> scene.kept(f.getFileName().toString())).toList();
    }
  }

  @Test
  void whileARunIsUnderWayEveryOtherIsRefusedWithTheNameOfItsHostAndProcess() {
    String me = "process " + ProcessHandle.current().pid();
    RunListener meanwhile =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            assertThatThrownBy(scene::sync)
                .isInstanceOfSatisfying(
                    HostException.class,
                    e -> assertThat(e.problem().code()).isEqualTo("state.locked"))
                .hasMessageContaining("sync members")
                .hasMessageContaining("host ")
                .hasMessageContaining(me);
            assertThatThrownBy(scene::plan).hasMessageContaining(me);
            // After the refusals here: closing a file drops the locks that its process has on it.
            assertThat(RunElsewhere.of(scene).words()).startsWith("state.locked").contains(me);
          }
        };

    RunReport report = scene.sync(r -> r, meanwhile, new Cancellation());

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(RunElsewhere.of(scene).words()).as("once it has ended").startsWith("COMPLETED");
  }

  @Test
  void anotherSyncMayRunMeanwhile() {
    Scene other = scene.another("others").group("gold");
    RunListener meanwhile =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            assertThat(other.sync().status()).isEqualTo(RunStatus.COMPLETED);
          }
        };

    assertThat(scene.sync(r -> r, meanwhile, new Cancellation()).status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void theBooksOfARunThatWasKilledAreClosedByTheNextWhichSendsWhatStoodOpen() throws IOException {
    scene.answer("5", "halts");
    assertThat(RunElsewhere.of(scene)).isEqualTo(new RunElsewhere.End(9, ""));
    RunReport killed = runs().get(0);
    assertThat(killed.status()).isEqualTo(RunStatus.RUNNING);
    Set<String> sent = scene.members();

    RunReport next = scene.answerAll().sync();

    assertThat(next.notices())
        .extracting(RunReport.Notice::code)
        .containsExactly("run.earlier-killed");
    RunReport closed = scene.kept(killed.run());
    assertThat(closed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(closed.problems()).extracting(RunReport.Line::code).containsExactly("run.killed");
    assertThat(closed.balances()).isTrue();
    assertThat(closed.adds().planned()).isEqualTo(9);
    assertThat(closed.adds().unknown()).isPositive();
    assertThat(closed.adds().delivered() + closed.adds().unknown())
        .isGreaterThanOrEqualTo(sent.size() + 1);
    assertThat(scene.members()).containsExactlyElementsOf(Scene.numbers(1, 9));
    assertThat(next.firstRun()).isFalse();
    assertThat(scene.sync().notices()).as("closed once").isEmpty();
  }

  @Test
  void whoWasSentBeforeTheKillIsRemovedWhenTheyLeaveTheAudience() {
    scene.answer("5", "halts");
    RunElsewhere.of(scene);
    Set<String> sent = new TreeSet<>(scene.members());

    scene.answerAll().budget(100, 1_000).audience("5", "20").sync();

    assertThat(scene.members()).containsExactly("20", "5").doesNotContainAnyElementsOf(sent);
  }
}
