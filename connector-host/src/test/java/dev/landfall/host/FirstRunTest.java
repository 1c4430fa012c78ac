package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRunTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).putIntoGroup("900");
  }

  @Test
  void aMirrorWithoutALedgerRemovesNobodyAndSaysThatItIsTheFirstRun() {
    RunReport first = scene.audience(1, 3).sync();

    assertThat(first.firstRun()).isTrue();
    assertThat(first.removes().planned()).isZero();
    assertThat(scene.members()).containsExactly("1", "2", "3", "900");
  }

  @Test
  void theSecondRunIsNoLongerTheFirstAndRemovesWhomTheFirstAdded() {
    scene.audience(1, 3).sync();

    RunReport second = scene.audience(1, 2).sync();

    assertThat(second.firstRun()).isFalse();
    assertThat(second.removes().delivered()).isOne();
    assertThat(scene.members()).containsExactly("1", "2", "900");
  }

  @Test
  void aRunThatFailedBeforeAnythingWasSentLeavesNoMoreThanAFirstRun() {
    scene.audience(1, 3).answer("open", "refused").sync();

    RunReport second = scene.answerAll().sync();

    assertThat(second.adds().delivered()).isEqualTo(3);
    assertThat(second.removes().planned()).isZero();
  }

  @Test
  void membersThatAreImportedAreAddedAgainOrRemovedByTheFirstMirror() {
    scene.putIntoGroup("1", "2", "7").audience(1, 3);
    Path there = scene.write("there.csv", "id\n1\n2\n7\n");

    RunReport first = scene.sync(r -> r.importing(there));

    assertThat(first.firstRun()).isFalse();
    assertThat(first.notices())
        .contains(
            new RunReport.Notice(
                "sync.imported",
                "3 members were taken into the ledger as possibly in the target."));
    assertThat(first.adds().delivered()).isEqualTo(3);
    assertThat(first.adds().unchanged()).isEqualTo(2);
    assertThat(first.removes().delivered()).isOne();
    assertThat(scene.members()).containsExactly("1", "2", "3", "900");
  }

  @Test
  void anImportTakesOnlyMembersThatTheLedgerDoesNotHold() {
    scene.audience(1, 3).sync();
    Path there = scene.write("there.csv", "id\n1\n02\n900\n");

    List<String> calls =
        scene.callsOf(() -> assertThat(scene.sync(r -> r.importing(there)).notices()).hasSize(1));

    // 1 and 2 are PRESENT still; 900 is now known, and not in the audience.
    assertThat(calls).containsExactly("REMOVE vip 900");
  }

  @Test
  void aPlanThatWasKeptCannotBeSentAfterAnImportThatItDoesNotKnow() {
    String plan = scene.audience(1, 3).plan().plan();
    Path there = scene.write("there.csv", "id\n7\n");

    assertThatThrownBy(() -> scene.sync(r -> r.following(plan).importing(there)))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("--import");
    assertThat(scene.calls()).isEmpty();
  }

  @Test
  void aLimitSendsThatManyChangesRemovesFirstAndTheNextRunSendsTheRest() {
    scene.audience(1, 5).sync();
    scene.audience("4", "5", "6", "7", "8");

    RunReport limited = scene.sync(r -> r.limitedTo(4));

    assertThat(limited.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(limited.removes().delivered()).isEqualTo(3);
    assertThat(limited.adds().delivered()).isOne();
    assertThat(limited.adds().notAttempted()).isEqualTo(2);
    assertThat(scene.sync().adds().delivered()).isEqualTo(2);
    assertThat(scene.members()).containsExactly("4", "5", "6", "7", "8", "900");
  }

  @Test
  void aLimitOfNothingSendsNothing() {
    RunReport report = scene.audience(1, 3).sync(r -> r.limitedTo(0));

    assertThat(report.adds().notAttempted()).isEqualTo(3);
    assertThat(scene.calls()).isEmpty();
  }
}
