package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the end of a run, its books balance and are kept. */
class BooksTest {

  @TempDir Path folder;
  private Scene scene;

  /** Ten members in the group; then 1 and 2 leave, and 11 and 12 come. */
  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 10);
    scene.sync();
    scene.audience(3, 12);
  }

  private RunReport sync() {
    return kept(scene.sync());
  }

  private RunReport kept(RunReport report) {
    assertThat(report.balances()).as("the books balance").isTrue();
    assertThat(scene.kept(report.run())).as("what is written of the run").isEqualTo(report);
    return report;
  }

  private static List<String> problems(RunReport report) {
    return report.problems().stream().map(RunReport.Line::code).toList();
  }

  private static Tally delivered(long changes) {
    return new Tally(changes, changes, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static Tally notAttempted(long changes) {
    return new Tally(changes, 0, 0, 0, 0, 0, 0, 0, 0, changes);
  }

  @Test
  void ofACompletedRun() {
    RunReport report = sync();

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.adds()).isEqualTo(delivered(2));
    assertThat(report.removes()).isEqualTo(delivered(2));
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void ofARunThatHadNothingToDo() {
    RunReport report = scene.audience(1, 10).sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.adds()).isEqualTo(Tally.NONE);
    assertThat(report.removes()).isEqualTo(Tally.NONE);
  }

  @Test
  void ofARunWithEveryKindOfFailure() {
    scene.audience(1, 16).sync(r -> r.limitedTo(0));
    scene.answer("11", "rejected").answer("12", "unknown").answer("13", "unknown-done");
    scene.answer("14", "retryable").answer("15", "accepted");

    RunReport report = sync();

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
    assertThat(report.adds()).isEqualTo(new Tally(6, 1, 0, 1, 1, 2, 1, 0, 0, 0));
    assertThat(report.problems())
        .extracting(RunReport.Line::code, RunReport.Line::count)
        .contains(
            org.assertj.core.groups.Tuple.tuple("shelf.no-such-member", 1L),
            org.assertj.core.groups.Tuple.tuple("shelf.down", 3L));
    assertThat(scene.syncFolder().resolve("runs/" + report.run() + "/failures.jsonl"))
        .content()
        .hasLineCount(4);
  }

  @Test
  void ofARunThatWasLimited() {
    RunReport report = kept(scene.sync(r -> r.limitedTo(3)));

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.removes()).isEqualTo(delivered(2));
    assertThat(report.adds()).isEqualTo(new Tally(2, 1, 0, 0, 0, 0, 0, 0, 0, 1));
    assertThat(report.notices())
        .containsExactly(
            new RunReport.Notice("run.limited", "The limit of 3 changes leaves 1 for later runs."));
  }

  @Test
  void ofARunWhoseRemovalsAreWithheld() {
    scene.budget(0, 1);

    RunReport report = sync();

    assertThat(report.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(report.adds()).isEqualTo(delivered(2));
    assertThat(report.removes()).isEqualTo(new Tally(2, 0, 0, 0, 0, 0, 0, 2, 0, 0));
  }

  @Test
  void ofARunWhoseSessionWasRefused() {
    RunReport report = scene.answer("open", "refused").sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.FAILED);
    assertThat(problems(report)).containsExactly("shelf.refused");
    assertThat(report.adds()).isEqualTo(notAttempted(2));
    assertThat(report.removes()).isEqualTo(notAttempted(2));
  }

  @Test
  void ofARunWhoseSessionWasRefusedWhileRemovalsAreWithheld() {
    RunReport report = scene.budget(0, 1).answer("open", "refused").sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(problems(report)).containsExactly("shelf.refused");
    assertThat(report.adds()).isEqualTo(notAttempted(2));
    assertThat(report.removes().withheld()).isEqualTo(2);
  }

  @Test
  void ofARunWhoseConnectorThrowsInsteadOfOpening() {
    RunReport report = scene.answer("open", "throws").sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.FAILED);
    assertThat(problems(report)).containsExactly("delivery.contract-broken");
    assertThat(report.problems().get(0).message())
        .contains("IllegalStateException")
        .doesNotContain("4711");
    assertThat(report.adds()).isEqualTo(notAttempted(2));
  }

  @Test
  void ofARunWhoseConnectorThrowsWhenItIsClosed() {
    RunReport report = scene.answer("close", "throws").sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.adds()).as("what was seen to be done is done").isEqualTo(delivered(2));
    assertThat(report.notices())
        .extracting(RunReport.Notice::code)
        .containsExactly("delivery.contract-broken");
  }

  @Test
  void ofARunWhoseConnectorThrowsInsteadOfDelivering() {
    RunReport report = scene.answer("remove.*", "throws").sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.removes().unknown()).isOne();
    assertThat(report.removes().notAttempted()).isOne();
    assertThat(report.adds()).isEqualTo(notAttempted(2));
  }

  @Test
  void ofARunThatWasStoppedByItsCredentials() {
    RunReport report = scene.answer("add.*", "stop-authentication").sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.FAILED);
    assertThat(problems(report)).containsExactly("shelf.refused");
    assertThat(report.removes()).isEqualTo(delivered(2));
    assertThat(report.adds()).isEqualTo(notAttempted(2));
  }

  @Test
  void ofARunThatMayAddButNotRemove() {
    RunReport report = scene.answer("remove.*", "stop-permission").sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
    assertThat(problems(report)).containsExactly("shelf.forbidden");
    assertThat(report.removes()).isEqualTo(notAttempted(2));
    assertThat(report.adds()).isEqualTo(delivered(2));
  }

  @Test
  void ofARunThatMayDoNothing() {
    RunReport report = scene.answer("*", "stop-permission").sync();

    assertThat(kept(report).status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.removes()).isEqualTo(notAttempted(2));
    assertThat(report.adds()).isEqualTo(notAttempted(2));
  }

  @Test
  void ofARunThatWasCancelledOnItsWay() {
    Cancellation cancellation = new Cancellation();
    RunListener afterTheFirst =
        new RunListener() {
          @Override
          public void settled(List<Settlement> settlements) {
            cancellation.cancel();
          }
        };

    RunReport report = kept(scene.sync(r -> r, afterTheFirst, cancellation));

    assertThat(report.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(report.removes()).isEqualTo(delivered(2));
    assertThat(report.adds()).isEqualTo(notAttempted(2));
    assertThat(sync().adds()).as("the next run goes on").isEqualTo(delivered(2));
  }

  @Test
  void ofARunThatWasCancelledBeforeItSentAnything() {
    Cancellation cancellation = new Cancellation();
    RunListener cancelling =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            cancellation.cancel();
          }
        };

    RunReport report = kept(scene.sync(r -> r, cancelling, cancellation));

    assertThat(report.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(report.removes()).isEqualTo(notAttempted(2));
    assertThat(report.adds()).isEqualTo(notAttempted(2));
  }

  @Test
  void ofARunThatEndedBeforeItSentAnythingAreClosedByTheNext() {
    List<String> runs = new ArrayList<>();
    RunListener obstacle =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            runs.add(planned.run());
            throw new IllegalStateException("a listener that throws");
          }
        };
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> scene.sync(r -> r, obstacle, new Cancellation()))
          .isInstanceOf(IllegalStateException.class);
    }

    RunReport next = sync();

    assertThat(next.adds()).isEqualTo(delivered(2));
    for (String run : runs) {
      RunReport closed = scene.kept(run);
      assertThat(closed.status()).isEqualTo(RunStatus.FAILED);
      assertThat(closed.adds()).isEqualTo(notAttempted(2));
      assertThat(closed.removes()).isEqualTo(notAttempted(2));
    }
  }

  @Test
  void areThereBeforeAnythingIsSent() {
    RunListener looking =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            assertThat(scene.kept(planned.run())).isEqualTo(planned);
            assertThat(planned.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(planned.adds()).isEqualTo(notAttempted(2));
          }
        };

    assertThat(Files.exists(scene.syncFolder())).isTrue();
    scene.sync(r -> r, looking, new Cancellation());
  }
}
