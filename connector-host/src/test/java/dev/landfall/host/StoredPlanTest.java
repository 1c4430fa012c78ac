package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPlanTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).budget(50, 5);
  }

  private RunReport follow(PlanReport plan) {
    return scene.sync(r -> r.following(plan.plan()));
  }

  private void assertRefused(String code, String words, ThrowingCallable run) {
    List<String> before = scene.calls();
    assertThatThrownBy(run)
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.problem().code()).isEqualTo(code))
        .hasMessageContaining(words);
    assertThat(scene.calls()).as("nothing was sent").isEqualTo(before);
  }

  @Test
  void aPlanSaysWhatASyncWouldDoAndSendsNothing() {
    scene.audience(1, 10).answer("add.10", "rejected").sync();
    scene.csv("id\n3\n4\n5\n6\n7\n8\n9\n10\n11\n011\n\" \"\n");

    List<String> calls =
        scene.callsOf(
            () -> {
              PlanReport plan = scene.plan();
              assertThat(plan.sync()).isEqualTo("members");
              assertThat(plan.mode()).isEqualTo("mirror");
              assertThat(plan.target()).isEqualTo("shelf vip");
              assertThat(plan.firstRun()).isFalse();
              assertThat(plan.held()).isEqualTo(9);
              assertThat(plan.adds()).isEqualTo(new PlanReport.Side(2, 1, 0, 1, List.of("11")));
              assertThat(plan.removes().planned()).isEqualTo(2);
              assertThat(plan.removes().offered()).isEqualTo(2);
              assertThat(plan.removes().examples()).containsExactlyInAnyOrder("1", "2");
              assertThat(plan.source()).isEqualTo(new RunReport.Source(11, 9, 1, 1, 0));
            });

    assertThat(calls).isEmpty();
  }

  @Test
  void aPlanSaysThatItsRemovalsWouldBeWithheld() {
    scene.audience(1, 10).sync();

    PlanReport plan = scene.audience(7, 10).plan();

    assertThat(plan.removes().planned()).isEqualTo(6);
    assertThat(plan.removes().offered()).isZero();
    assertThat(plan.removes().withheld()).isEqualTo(6);
  }

  @Test
  void thePlanOfAFirstRunSaysSo() {
    PlanReport plan = scene.audience(1, 3).plan();

    assertThat(plan.firstRun()).isTrue();
    assertThat(plan.held()).isZero();
    assertThat(plan.adds().offered()).isEqualTo(3);
    assertThat(scene.sync().firstRun()).as("planning was no run").isTrue();
  }

  @Test
  void aRunThatFollowsAPlanSendsJustItsChangesWhateverTheSourceSaysNow() {
    scene.audience(1, 3).sync();
    PlanReport plan = scene.audience(2, 4).plan();
    scene.audience(1, 100);

    RunReport report = follow(plan);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.plan()).isEqualTo(plan.plan());
    assertThat(report.adds().delivered()).isOne();
    assertThat(report.removes().delivered()).isOne();
    assertThat(report.source()).isEqualTo(plan.source());
    assertThat(scene.members()).containsExactly("2", "3", "4");
  }

  @Test
  void theSourceNeedNotBeThereAnyMoreWhenAPlanIsFollowed() throws IOException {
    PlanReport plan = scene.audience(1, 3).plan();
    Files.delete(folder.resolve("audience.csv"));

    assertThat(follow(plan).adds().delivered()).isEqualTo(3);
  }

  @Test
  void aPlanWhoseRemovalsAreWithheldWithholdsThemUntilTheyAreApproved() {
    scene.audience(1, 10).sync();
    PlanReport plan = scene.audience(7, 10).plan();

    RunReport withheld = follow(plan);
    assertThat(withheld.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(withheld.removes().withheld()).isEqualTo(6);

    RunReport report =
        scene.sync(r -> r.following(plan.plan()).approving(String.valueOf(withheld.approval())));
    assertThat(report.removes().delivered()).isEqualTo(6);
  }

  @Test
  void twoPlansOfTheSameHaveOneIdAndAPlanOfSomethingElseHasAnother() {
    PlanReport plan = scene.audience("1", "2", "3").plan();

    assertThat(scene.audience("3", "2", "1").plan().plan()).isEqualTo(plan.plan());
    assertThat(scene.audience("1", "2", "4").plan().plan()).isNotEqualTo(plan.plan());
    assertThat(scene.audience("1", "2", "3").plan(RunRequest::full).plan())
        .isNotEqualTo(plan.plan());
  }

  @Test
  void aPlanIsRefusedWhenTheManifestMoved() {
    PlanReport plan = scene.audience(1, 3).plan();
    scene.budget(100, 1_000);

    assertRefused("plan.void", "the manifest moved", () -> follow(plan));
  }

  @Test
  void howToSendMayChangeAfterThePlan() {
    PlanReport plan = scene.audience(1, 3).plan();
    scene.with("delivery", "{\"maxInFlight\": 3, \"requestsPerSecond\": 1000}");

    assertThat(follow(plan).adds().delivered()).isEqualTo(3);
  }

  @Test
  void aPlanIsRefusedWhenTheLedgerMoved() {
    scene.audience(1, 3).sync();
    PlanReport plan = scene.audience(1, 4).plan();
    scene.audience(1, 5).sync();

    assertRefused("plan.void", "the ledger moved", () -> follow(plan));
  }

  @Test
  void aPlanIsGoodOnce() {
    PlanReport plan = scene.audience(1, 3).plan();
    follow(plan);

    assertRefused("plan.void", "the ledger moved", () -> follow(plan));
  }

  @Test
  void aRunThatHadNothingToSendLeavesAPlanAsItWas() {
    scene.audience(1, 3).sync();
    PlanReport plan = scene.audience(1, 4).plan();
    scene.audience(1, 3).sync();

    assertThat(follow(plan).adds().delivered()).isOne();
  }

  @Test
  void anIdThatNoPlanHasIsRefused() {
    scene.audience(1, 3).plan();

    assertRefused(
        "plan.unknown",
        "no plan 0123456789abcdef",
        () -> scene.sync(r -> r.following("0123456789abcdef")));
    assertRefused(
        "plan.unknown", "no plan ../", () -> scene.sync(r -> r.following("../plans/whatever")));
  }

  @Test
  void onlyTheLastPlansAreKept() throws IOException {
    for (int i = 1; i <= 7; i++) {
      scene.audience(1, i).plan();
    }

    try (Stream<Path> files = Files.list(scene.syncFolder().resolve("plans"))) {
      assertThat(files).hasSize(10);
    }
  }

  @Test
  void aPlanWhoseChangesAreGoneIsRefused() throws IOException {
    PlanReport plan = scene.audience(1, 3).plan();
    Files.delete(scene.syncFolder().resolve("plans").resolve(plan.plan() + ".duckdb"));

    assertRefused("plan.unreadable", plan.plan(), () -> follow(plan));
  }

  @ParameterizedTest
  @ValueSource(strings = {".json", ".duckdb"})
  void aPlanThatIsDamagedIsNotCalledUnknown(String file) throws IOException {
    PlanReport plan = scene.audience(1, 3).plan();
    Files.writeString(
        scene.syncFolder().resolve("plans").resolve(plan.plan() + file), "no plan at all");

    assertRefused("plan.unreadable", plan.plan(), () -> follow(plan));
  }

  @Test
  void planningChangesNothingOfTheLedger() throws IOException {
    scene.audience(1, 3).answer("add.3", "unknown").sync();
    Map<String, Long> before = ledgerFiles();

    scene.audience(2, 9).plan();
    scene.plan(RunRequest::full);

    assertThat(ledgerFiles()).isEqualTo(before);
  }

  @Test
  void aPlanOfAFullRunSendsAllAgainWhenItIsFollowed() {
    scene.audience(1, 3).sync();
    PlanReport plan = scene.plan(RunRequest::full);

    assertThat(plan.adds().offered()).isEqualTo(3);
    assertThat(follow(plan).adds().unchanged()).isEqualTo(3);
  }

  @Test
  void theOrderOfThePlanIsNotThatOfTheSource() {
    PlanReport plan = scene.audience(1, 200).plan();

    assertThat(plan.adds().examples()).hasSize(5).isNotEqualTo(List.of("1", "2", "3", "4", "5"));
  }

  /** Size and a digest of everything but plans and runs. */
  private Map<String, Long> ledgerFiles() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(scene.syncFolder())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(Files.readAllBytes(file));
        files.put(file.getFileName() + " " + Files.size(file), crc.getValue());
      }
    }
    return files;
  }
}
