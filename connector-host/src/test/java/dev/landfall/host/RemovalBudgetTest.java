package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Settlement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalBudgetTest {

  private static final String UNUSED = "approval.not-needed";
  private static final String VOID = "approval.void";

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).budget(20, 2);
  }

  private RunReport approve(String approval) {
    return scene.sync(r -> r.approving(approval));
  }

  /** Ten members, and then the same without the first three and with one that is new. */
  private RunReport withheld() {
    scene.audience(1, 10).sync();
    return scene.audience(4, 11).sync();
  }

  private static String approval(RunReport report) {
    assertThat(report.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(report.approval()).isNotNull();
    return String.valueOf(report.approval());
  }

  private static List<String> notices(RunReport report) {
    return report.notices().stream().map(RunReport.Notice::code).toList();
  }

  @Test
  void removalsBeyondBothLimitsAreWithheldAllOfThemAndAddsGoOn() {
    RunReport report = withheld();

    assertThat(report.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(report.removes().withheld()).isEqualTo(3);
    assertThat(report.removes().delivered()).isZero();
    assertThat(report.adds().delivered()).isOne();
    assertThat(scene.members()).containsExactlyElementsOf(Scene.numbers(1, 11));
  }

  @Test
  void manyRemovalsThatAreASmallShareAreSent() {
    scene.audience(1, 15).sync();

    RunReport report = scene.audience(4, 15).sync();

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.approval()).isNull();
    assertThat(report.removes().delivered()).isEqualTo(3);
  }

  @Test
  void aLargeShareThatIsFewMembersIsSent() {
    scene.audience(1, 3).sync();

    assertThat(scene.audience("3").sync().removes().delivered()).isEqualTo(2);
  }

  @Test
  void removalsAreWithheldWhenNoMemberWouldStayHoweverFewTheyAre() {
    scene.budget(100, 1_000).audience("1").sync();

    RunReport report = scene.audience().sync();

    assertThat(report.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(scene.members()).containsExactly("1");
  }

  @Test
  void aShareOfTheConfirmedMembersIsTooMuchEvenIfItIsASmallShareOfAll() {
    scene.audience(1, 5).sync();
    scene.audience(1, 30).answer("*", "unknown").sync();

    RunReport report = scene.answerAll().audience(4, 30).sync(r -> r.limitedTo(0));

    // 3 of 30 rows, but 3 of the 5 that were ever seen to be in the group.
    assertThat(report.removes().withheld()).isEqualTo(3);
  }

  @Test
  void aShareOfAllMembersIsTooMuchEvenIfNoneOfThemWasConfirmed() {
    scene.audience(1, 5).sync();
    scene.audience(1, 10).answer("*", "unknown").sync();

    RunReport report = scene.answerAll().audience(1, 7).sync();

    assertThat(report.removes().withheld()).isEqualTo(3);
  }

  @Test
  void anApprovalReleasesWhatWasWithheld() {
    String approval = approval(withheld());

    RunReport report = approve(approval);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.removes().delivered()).isEqualTo(3);
    assertThat(scene.members()).containsExactlyElementsOf(Scene.numbers(4, 11));
  }

  @Test
  void theIdStaysWhileTheSameRemovalsAreWithheld() {
    String first = approval(withheld());
    String second = approval(scene.sync());
    String third = approval(scene.audience(4, 12).sync());

    assertThat(second).isEqualTo(first);
    assertThat(third).as("an add more changes nothing of the removals").isEqualTo(first);
    assertThat(approve(first).removes().delivered()).isEqualTo(3);
  }

  @Test
  void theIdIsVoidOnceOtherRemovalsAreWithheld() {
    String three = approval(withheld());
    String four = approval(scene.audience(5, 11).sync());
    scene.audience(4, 11);

    RunReport report = approve(three);

    assertThat(four).isNotEqualTo(three);
    assertThat(notices(report)).contains(VOID);
    assertThat(report.removes().withheld()).isEqualTo(3);
    assertThat(approval(report)).isNotIn(three, four);
  }

  @Test
  void theIdIsVoidOnceNothingIsWithheld() {
    String before = approval(withheld());
    scene.audience(1, 11).sync();
    scene.audience(4, 11);

    RunReport report = approve(before);

    assertThat(notices(report)).contains(VOID);
    assertThat(report.removes().withheld()).isEqualTo(3);
    assertThat(approval(report)).isNotEqualTo(before);
  }

  @Test
  void anIdIsSpentWhenItIsUsed() {
    String approval = approval(withheld());
    approve(approval);
    scene.audience(1, 11).sync();
    scene.audience(4, 11);

    RunReport again = approve(approval);

    assertThat(notices(again)).contains(VOID);
    assertThat(again.removes().withheld()).isEqualTo(3);
  }

  @Test
  void afterAnApprovedRunWasCutShortWhatIsLeftNeedsAnApprovalOfItsOwn() {
    scene.audience(1, 20).sync();
    String approval = approval(scene.audience(11, 20).sync());
    Cancellation cancellation = new Cancellation();
    RunListener afterTheFirst =
        new RunListener() {
          @Override
          public void settled(List<Settlement> settlements) {
            cancellation.cancel();
          }
        };
    scene.with("delivery", "{\"attempts\": 1, \"window\": 1}");
    RunReport cut = scene.sync(r -> r.approving(approval), afterTheFirst, cancellation);
    assertThat(cut.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(cut.removes().delivered()).isBetween(1L, 5L);

    RunReport rest = approve(approval);

    assertThat(notices(rest)).contains(VOID);
    assertThat(rest.removes().withheld()).isEqualTo(10 - cut.removes().delivered());
    assertThat(approve(approval(rest)).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(scene.members()).containsExactlyElementsOf(Scene.numbers(11, 20));
  }

  @Test
  void anIdThatNoRunGaveReleasesNothing() {
    String good = approval(withheld());

    RunReport report = approve("0123456789abcdef");

    assertThat(notices(report)).contains(VOID);
    assertThat(report.removes().withheld()).isEqualTo(3);
    assertThat(report.approval()).as("the good one stays good").isEqualTo(good);
  }

  @Test
  void theIdOfAnotherSyncReleasesNothing() {
    Scene other = scene.another("others").group("gold");
    other.audience(1, 10).sync();
    scene.audience(1, 10).sync();
    scene.audience(4, 10);
    String ofOther = approval(other.sync());
    approval(scene.sync());

    assertThat(notices(approve(ofOther))).contains(VOID);
    assertThat(scene.members("vip")).hasSize(10);
  }

  @Test
  void anApprovalThatIsNotNeededIsSaidToBeUnused() {
    RunReport report = scene.audience(1, 3).sync(r -> r.approving("0123456789abcdef"));

    assertThat(notices(report)).containsExactly(UNUSED);
    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void withoutAWindowASlowDrainIsNotSeen() {
    scene.audience(1, 10).sync();
    scene.audience(3, 10).sync();

    assertThat(scene.audience(5, 10).sync().removes().delivered()).isEqualTo(2);
  }

  @Test
  void aWindowCountsEarlierRemovalsUntilTheyAreOldEnough() {
    scene.budget(20, 2, "P1D").audience(1, 10).sync();
    assertThat(scene.audience(3, 10).sync().removes().delivered()).isEqualTo(2);

    assertThat(scene.audience(5, 10).sync().removes().withheld()).isEqualTo(2);
    assertThat(scene.later(Duration.ofHours(23)).sync().removes().withheld()).isEqualTo(2);
    assertThat(scene.later(Duration.ofHours(1)).sync().removes().delivered()).isEqualTo(2);
  }

  @Test
  void aWindowDoesNotCountRemovalsThatSomebodyApproved() {
    scene.budget(20, 2, "P1D").audience(1, 20).sync();
    String approval = approval(scene.audience(6, 20).sync());
    assertThat(approve(approval).removes().delivered()).isEqualTo(5);

    assertThat(scene.audience(8, 20).sync().removes().delivered()).isEqualTo(2);
  }

  @Test
  void inRemoveModeOnlyMembersThatTheLedgerHoldsCount() {
    scene.audience(1, 10).mode("add").sync();
    scene.putIntoGroup(Scene.numbers(100, 150).toArray(String[]::new));

    scene.audience(100, 150).mode("remove");
    assertThat(scene.sync().removes().delivered()).as("of others").isEqualTo(51);

    scene.audience(1, 3);
    assertThat(scene.sync().removes().withheld()).as("of its own").isEqualTo(3);
    assertThat(scene.audience(1, 2).sync().removes().delivered()).isEqualTo(2);
  }

  @Test
  void inRemoveModeTooTheLastOfItsOwnAreWithheld() {
    scene.budget(100, 1_000).audience(1, 3).mode("add").sync();

    RunReport report = scene.mode("remove").audience(1, 4).sync();

    assertThat(report.removes().withheld()).isEqualTo(4);
    assertThat(approve(approval(report)).removes().delivered()).isEqualTo(4);
    assertThat(scene.members()).isEmpty();
  }

  @Test
  void membersInQuarantineCountSinceTheyMayBeRemovedLater() {
    scene.audience(1, 10).sync();
    scene.answer("remove.1", "rejected").answer("remove.2", "rejected").audience(3, 10).sync();

    RunReport report = scene.answerAll().audience(4, 10).sync();

    assertThat(report.removes().quarantined()).isEqualTo(2);
    assertThat(report.removes().withheld()).isOne();
  }
}
