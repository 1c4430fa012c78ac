package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Settlement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullRunTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder);
  }

  @Test
  void aFullRunSendsEverythingAgainAndSoRestoresAGroupThatWasLost() {
    scene.audience(1, 5).sync();
    scene.write("vip.txt", "");
    assertThat(scene.callsOf(scene::sync)).as("a usual run trusts its ledger").isEmpty();

    RunReport full = scene.sync(RunRequest::full);

    assertThat(full.adds().delivered()).isEqualTo(5);
    assertThat(scene.members()).containsExactlyElementsOf(Scene.numbers(1, 5));
  }

  @Test
  void theRunAfterAFullRunThatWasCutShortSendsTheRest() {
    scene.audience(1, 10).sync();
    scene.write("vip.txt", "");
    Cancellation cancellation = new Cancellation();
    RunListener afterTheFirst =
        new RunListener() {
          @Override
          public void settled(List<Settlement> settlements) {
            cancellation.cancel();
          }
        };
    scene.with("delivery", "{\"attempts\": 1, \"window\": 1}");
    RunReport cut = scene.sync(RunRequest::full, afterTheFirst, cancellation);
    assertThat(cut.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(cut.adds().delivered()).isBetween(1L, 9L);

    RunReport next = scene.sync();

    assertThat(next.adds().delivered()).isEqualTo(10 - cut.adds().delivered());
    assertThat(scene.members()).hasSize(10);
  }

  @Test
  void theRunAfterAFullRunThatCouldNotBeginSendsAll() {
    scene.audience(1, 3).sync();
    scene.answer("open", "refused").sync(RunRequest::full);

    assertThat(scene.answerAll().sync().adds().unchanged()).isEqualTo(3);
  }

  @Test
  void aFullRunIsRefusedInRemoveModeBeforeAnythingIsDone() {
    scene.audience(1, 3).mode("remove");

    assertRefusedInRemoveMode(() -> scene.sync(RunRequest::full));
    assertThat(scene.state().resolve("syncs/members")).doesNotExist();
  }

  @Test
  void aPlanOfAFullRunIsRefusedInRemoveModeToo() {
    scene.audience(1, 3).mode("remove");

    assertRefusedInRemoveMode(() -> scene.plan(RunRequest::full));
  }

  private static void assertRefusedInRemoveMode(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable run) {
    assertThatThrownBy(run)
        .isInstanceOfSatisfying(
            HostException.class,
            e -> assertThat(e.problem().code()).isEqualTo("sync.full-in-remove-mode"));
  }
}
