package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.state.SyncState.WhenMoved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovedTargetTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 3);
    scene.sync();
  }

  private RunReport newTarget() {
    return scene.sync(MovedTargetTest::withNewTarget);
  }

  private static RunRequest withNewTarget(RunRequest request) {
    return request.whenMoved(WhenMoved.NEW_TARGET);
  }

  private RunReport sameTarget() {
    return scene.sync(r -> r.whenMoved(WhenMoved.SAME_TARGET));
  }

  private AbstractThrowableAssert<?, ?> assertRefused(String code, ThrowingCallable run) {
    List<String> before = scene.calls();
    var refusal =
        assertThatThrownBy(run)
            .isInstanceOfSatisfying(
                HostException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
    assertThat(scene.calls()).as("nothing was sent").isEqualTo(before);
    return refusal;
  }

  private static String remedy(Throwable refusal) {
    return ((HostException) refusal).problem().remedy();
  }

  @Test
  void aManifestWhoseTargetMovedIsRefusedWithThreeWaysOut() {
    scene.group("gold");

    assertRefused("target.moved", scene::sync)
        .hasMessageContaining("shelf vip became shelf gold")
        .satisfies(
            e ->
                assertThat(remedy(e))
                    .contains("a new name")
                    .contains("--new-target")
                    .contains("--same-target"));
    assertRefused("target.moved", scene::plan);
    assertThat(scene.group("vip").callsOf(scene::sync)).as("the ledger is as it was").isEmpty();
  }

  @Test
  void anotherAccountOrAddressIsAnotherTarget() {
    scene.connection("\"account\": \"second\"");
    assertRefused("target.moved", scene::sync)
        .hasMessageContaining(": its connection has another \"account\".")
        .hasMessageNotContaining("second")
        .satisfies(e -> assertThat(remedy(e)).contains("the same target under a new address"));

    scene.connection("\"address\": \"https://other.example\"");
    assertRefused("target.moved", scene::sync)
        .hasMessageContaining("another \"address\".")
        .hasMessageNotContaining("other.example");
  }

  @Test
  void anAddressThatIsOnlyWrittenInAnotherWayIsTheSameTarget() {
    scene.connection("\"address\": \"HTTPS://Shelf.Example:443/\"");

    assertThat(scene.callsOf(scene::sync)).isEmpty();
  }

  @Test
  void aNewTargetBeginsWithALedgerOfItsOwn() {
    RunReport report = scene.group("gold").audience(2, 4).sync(MovedTargetTest::withNewTarget);

    assertThat(report.firstRun()).isTrue();
    assertThat(scene.members("gold")).containsExactly("2", "3", "4");
    assertThat(scene.members("vip")).as("left as it was").containsExactly("1", "2", "3");
    assertThat(scene.callsOf(scene::sync)).as("and it is the sync's target now").isEmpty();
  }

  @Test
  void aTargetThatReturnsHasEveryMemberInDoubt() {
    scene.group("gold").sync(MovedTargetTest::withNewTarget);
    scene.group("vip").audience(2, 4);

    List<String> calls = scene.callsOf(() -> assertThat(newTarget().firstRun()).isFalse());

    assertThat(calls).containsExactly("ADD vip 2", "ADD vip 3", "ADD vip 4", "REMOVE vip 1");
    assertThat(scene.members()).containsExactly("2", "3", "4");
  }

  @Test
  void aPlanForATargetThatReturnsSaysWhatTheRunWillDo() {
    scene.group("gold").sync(MovedTargetTest::withNewTarget);

    PlanReport plan = scene.group("vip").audience(2, 4).plan(MovedTargetTest::withNewTarget);

    assertThat(plan.adds().offered()).isEqualTo(3);
    assertThat(plan.removes().offered()).isOne();
    RunReport report = scene.sync(r -> r.whenMoved(WhenMoved.NEW_TARGET).following(plan.plan()));
    assertThat(report.adds().delivered()).isEqualTo(3);
  }

  @Test
  void aTargetThatReturnsStaysInDoubtIfItsFirstRunSentNothing() {
    scene.group("gold").sync(MovedTargetTest::withNewTarget);
    scene.group("vip").sync(r -> r.whenMoved(WhenMoved.NEW_TARGET).limitedTo(0));

    assertThat(scene.callsOf(scene::sync)).hasSize(3);
  }

  @Test
  void theSameTargetUnderAnotherAccountKeepsItsLedger() {
    scene.connection("\"account\": \"second\"").audience(2, 4);

    List<String> calls = scene.callsOf(() -> assertThat(sameTarget().firstRun()).isFalse());

    assertThat(calls).containsExactly("ADD vip 4", "REMOVE vip 1");
    assertThat(scene.callsOf(scene::sync)).as("without the flag from now on").isEmpty();
  }

  @Test
  void anotherGroupIsNeverTheSameTarget() {
    scene.group("gold");

    assertRefused("target.not-the-same", this::sameTarget)
        .satisfies(e -> assertThat(remedy(e)).contains("--new-target"));
  }

  @Test
  void aRenamedSyncAdoptsTheLedgerItHad() {
    Scene renamed = scene.another("people").audience(2, 4);

    List<String> calls =
        scene.callsOf(
            () -> assertThat(renamed.sync(r -> r.adopting("members")).firstRun()).isFalse());

    assertThat(calls).containsExactly("ADD vip 4", "REMOVE vip 1");
    assertThat(scene.syncFolder()).doesNotExist();
    assertThat(scene.callsOf(renamed::sync)).isEmpty();
  }

  @Test
  void aRenamedSyncAdoptsALedgerAlsoAfterItWasPlannedUnderItsNewName() {
    Scene renamed = scene.another("people").audience(2, 4);
    renamed.plan();

    assertThat(renamed.sync(r -> r.adopting("members")).removes().delivered()).isOne();
  }

  @Test
  void aRenamedSyncThatDoesNotAdoptIsToldThatItsTargetIsHeld() {
    Scene renamed = scene.another("people");

    assertRefused("target.held", renamed::sync)
        .hasMessageContaining("members")
        .hasMessageContaining("shelf vip");
  }

  @Test
  void aSyncWithALedgerAdoptsNoOther() {
    scene.another("people").group("gold").sync();

    assertRefused("state.adopt-over", () -> scene.sync(r -> r.adopting("people")));
  }

  @Test
  void aSyncThatIsNotThereCannotBeAdopted() {
    assertRefused(
            "state.adopt-nothing", () -> scene.another("people").sync(r -> r.adopting("nobody")))
        .satisfies(e -> assertThat(remedy(e)).contains("members"));
    assertRefused(
        "state.adopt-nothing",
        () -> scene.another("people").sync(r -> r.adopting("../syncs/members")));
  }

  @Test
  void twoSyncsThatOnlyAddMayHoldOneTarget() {
    scene.mode("add").sync();

    assertThat(scene.another("more").audience(7, 8).sync().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(scene.members()).containsExactly("1", "2", "3", "7", "8");
  }

  @Test
  void twoSyncsThatOnlyRemoveMayHoldOneTarget() {
    Scene leavers = scene.another("leavers").group("gold").mode("remove").audience(7, 8);
    leavers.putIntoGroup("5", "6", "7", "8").sync();

    assertThat(leavers.another("more").audience(5, 6).sync().status())
        .isEqualTo(RunStatus.COMPLETED);
    assertThat(scene.members("gold")).isEmpty();
  }

  @Test
  void anyOtherSecondSyncIsRefusedWithTheAdviceToWriteOneQuery() {
    for (String mode : List.of("mirror", "add", "remove")) {
      assertRefused("target.held", scene.another("second").mode(mode)::sync)
          .hasMessageContaining("members")
          .hasMessageContaining("mode mirror")
          .satisfies(e -> assertThat(remedy(e)).contains("one query"));
    }
    scene.mode("add").sync();
    for (String mode : List.of("mirror", "remove")) {
      assertRefused("target.held", scene.another("second").mode(mode)::sync);
    }
  }

  @Test
  void oneOfTwoSyncsThatAddMayNotBecomeAMirror() {
    scene.mode("add").sync();
    scene.another("more").sync();

    assertRefused("target.held", scene.mode("mirror")::sync);
  }

  @Test
  void aTargetThatASyncLeftMayBeHeldByAnother() {
    scene.group("gold").sync(MovedTargetTest::withNewTarget);

    assertThat(scene.another("second").group("vip").sync().status()).isEqualTo(RunStatus.COMPLETED);
    assertRefused("target.held", () -> scene.group("vip").sync(MovedTargetTest::withNewTarget));
  }

  @Test
  void aSandboxHasStateOfItsOwnWhicheverPortItHas() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    scene.audience(1, 5);

    RunReport sandboxed = scene.sync(r -> r.inSandbox(sandbox(first)));

    assertThat(sandboxed.firstRun()).isTrue();
    assertThat(first.resolve("vip.txt")).hasContent("1\n2\n3\n4\n5");
    assertThat(scene.members()).containsExactly("1", "2", "3");
    assertThat(scene.state().resolve("sandbox/syncs/members")).isDirectory();
    assertThat(scene.sync(r -> r.inSandbox(sandbox(second))).adds().planned())
        .as("a second run finds what the first one left")
        .isZero();
    assertThat(scene.sync().adds().delivered()).as("the real one").isEqualTo(2);
  }

  private static Map<String, Object> sandbox(Path at) {
    return Map.of("folder", at.toString(), "address", "http://127.0.0.1:" + at.toString().length());
  }
}
