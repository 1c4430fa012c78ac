package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.state.SyncState.WhenMoved;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {

  @TempDir Path folder;
  private Scene scene;

  /** 7 was rejected in the first run. */
  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 9).answer("7", "rejected");
    RunReport first = scene.sync();
    assertThat(first.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
    assertThat(first.adds().rejected()).isOne();
    assertThat(first.problems()).extracting(RunReport.Line::code).contains("shelf.no-such-member");
  }

  private List<String> calls() {
    return scene.callsOf(scene::sync);
  }

  @Test
  void aMemberThatWasRejectedIsNotOfferedAgainAndIsNoFailureOfTheNextRun() {
    List<String> calls =
        scene.callsOf(
            () -> {
              RunReport report = scene.sync();
              assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
              assertThat(report.adds().planned()).isOne();
              assertThat(report.adds().quarantined()).isOne();
              assertThat(scene.kept(report.run()).adds()).isEqualTo(report.adds());
            });

    assertThat(calls).isEmpty();
  }

  @Test
  void itIsOfferedAgainAfterADay() {
    scene.later(Duration.ofHours(23));
    assertThat(calls()).isEmpty();

    scene.later(Duration.ofHours(1));
    assertThat(calls()).containsExactly("ADD vip 7");
    assertThat(calls()).as("rejected again, for another day").isEmpty();
  }

  @Test
  void theManifestSaysForHowLong() {
    scene.with("rejected", "{\"retryAfter\": \"PT1H\"}");
    assertThat(calls()).isEmpty();

    scene.later(Duration.ofHours(1));
    assertThat(calls()).containsExactly("ADD vip 7");
  }

  @Test
  void itIsOfferedAgainWhenTheMappingChanged() {
    scene.with("mapping", "[{\"column\": \"id\", \"field\": \"id\"}]");

    assertThat(calls()).containsExactly("ADD vip 7");
  }

  @Test
  void itIsOfferedAgainWhenTheConnectorIsAnotherVersion() {
    scene.connectorVersion("1.0.1");

    assertThat(calls()).containsExactly("ADD vip 7");
  }

  @Test
  void itIsOfferedAgainWhenTheTargetIsTheSameUnderAnotherAccount() {
    scene.connection("\"account\": \"second\"");

    assertThat(scene.callsOf(() -> scene.sync(r -> r.whenMoved(WhenMoved.SAME_TARGET))))
        .containsExactly("ADD vip 7");
  }

  @Test
  void itIsOfferedToAnotherGroup() {
    scene.group("gold");

    assertThat(scene.callsOf(() -> scene.sync(r -> r.whenMoved(WhenMoved.NEW_TARGET))))
        .contains("ADD gold 7");
  }

  @Test
  void itIsOfferedWhenThePersonAsksForIt() {
    assertThat(scene.callsOf(() -> scene.sync(RunRequest::retryingRejected)))
        .containsExactly("ADD vip 7");
  }

  @Test
  void aFullRunOffersItToo() {
    assertThat(scene.callsOf(() -> scene.sync(RunRequest::full))).hasSize(9).contains("ADD vip 7");
  }

  @Test
  void onceItIsTakenItIsAMemberLikeAnyOther() {
    scene.answerAll().sync(RunRequest::retryingRejected);

    assertThat(scene.members()).contains("7");
    assertThat(calls()).isEmpty();
    scene.audience(1, 6).sync();
    assertThat(scene.members()).containsExactlyElementsOf(Scene.numbers(1, 6));
  }

  @Test
  void anAddThatWasRejectedDoesNotKeepTheMemberFromBeingRemoved() {
    scene.mode("remove").answerAll().audience("7");

    assertThat(calls()).containsExactly("REMOVE vip 7");
  }

  @Test
  void aRemovalThatWasRejectedKeepsItsMemberInTheLedgerUntilItIsAllowed() {
    scene.answer("remove.1", "rejected").audience(2, 9).sync();
    assertThat(calls()).as("in quarantine").isEmpty();
    assertThat(scene.members()).contains("1");

    scene.answerAll().sync(RunRequest::retryingRejected);
    assertThat(scene.members()).doesNotContain("1");
  }
}
