package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.state.SyncState.WhenMoved;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A member is erased so that its id stands nowhere any more, not even in a file's free space. */
class ForgetTest {

  private static final String WHO = "7004711";

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience("1", "2", "3", "00" + WHO, "5").budget(100, 1_000);
  }

  private ForgetReport forget(String member, @Nullable String sync) {
    return scene.ask(host -> host.forget(member, sync, false));
  }

  /** Files under the state folder that hold the id's bytes. */
  private List<Path> naming() {
    try (Stream<Path> files = Files.walk(scene.state())) {
      return files.filter(Files::isRegularFile).filter(ForgetTest::names).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean names(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(WHO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> whereNamed() {
    return naming().stream()
        .map(f -> f.getFileName().toString().replaceAll("^ledger-.*", "ledger"))
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void theIdStandsNowhereInTheStateFolderAnyMore() {
    scene.sync();
    scene.answer(WHO, "rejected").audience("1", "2", "3", "5").sync();
    scene.audience("1", "2", "3", "5", WHO, "6").plan(RunRequest::full);
    assertThat(whereNamed()).contains("ledger", "failures.jsonl", "changes.parquet");
    assertThat(whereNamed()).anyMatch(f -> f.matches("[0-9a-f]{16}\\.duckdb"));

    ForgetReport report = forget(" 0" + WHO, null);

    assertThat(naming()).isEmpty();
    assertThat(report.syncs())
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.sync()).isEqualTo("members");
              assertThat(s.ledgers()).isOne();
              assertThat(s.rejections()).isOne();
              assertThat(s.runs()).hasSize(2);
              assertThat(s.plans()).hasSize(1);
              assertThat(s.found()).isTrue();
            });
  }

  @Test
  void aRemovedMemberIsErasedFromTheFreeSpaceOfItsLedgerToo() {
    scene.sync();
    scene.audience("1", "2", "3", "5").sync();
    assertThat(scene.members()).doesNotContain(WHO);

    assertThat(forget(WHO, "members").syncs().get(0).ledgers()).as("not held any more").isZero();

    assertThat(naming()).isEmpty();
  }

  @Test
  void everybodyElseStaysAsTheyWere() {
    scene.answer("3", "rejected").answer("5", "unknown").sync();
    List<String> before = Stream.of("1", "2", "3", "5").map(this::known).toList();

    forget(WHO, null);

    assertThat(Stream.of("1", "2", "3", "5").map(this::known).toList()).isEqualTo(before);
    assertThat(scene.callsOf(scene::sync)).containsExactly("ADD vip 5", "ADD vip " + WHO);
  }

  private String known(String member) {
    WhyReport why = scene.ask(host -> host.why("members", member, false));
    return why.ledger() + " " + why.rejections() + " " + why.attempts() + " " + why.next();
  }

  @Test
  void aMirrorNoLongerRemovesWhomItForgot() {
    scene.sync();

    forget(WHO, null);
    scene.audience("1", "2", "3", "5").sync();

    assertThat(scene.members()).contains(WHO);
    assertThat(naming()).isEmpty();
  }

  @Test
  void anIdIsNotTakenForAnotherThatContainsIt() {
    scene.audience("1", WHO, WHO + "1").sync();

    forget(WHO, null);

    assertThat(known(WHO + "1")).contains("PRESENT");
    assertThat(scene.callsOf(scene::sync)).containsExactly("ADD vip " + WHO);
  }

  @Test
  void ledgersThatWereSetAsideForgetToo() {
    scene.sync();
    scene.group("gold").audience("1", "2").sync(r -> r.whenMoved(WhenMoved.NEW_TARGET));
    assertThat(whereNamed()).contains("ledger");

    assertThat(forget(WHO, null).syncs().get(0).ledgers()).isOne();

    assertThat(naming()).isEmpty();
    scene.group("vip").sync(r -> r.whenMoved(WhenMoved.NEW_TARGET));
    assertThat(scene.members("vip")).contains(WHO, "1", "2").doesNotContain("3", "5");
  }

  @Test
  void oneSyncMayForgetWhomAnotherRemembers() {
    scene.sync();
    scene.another("others").group("gold").sync();

    forget(WHO, "members");

    assertThat(naming()).isNotEmpty().allMatch(f -> f.toString().contains("others"));
    assertThat(forget(WHO, null).syncs())
        .extracting(ForgetReport.OfSync::found)
        .containsExactly(false, true);
    assertThat(naming()).isEmpty();
  }

  @Test
  void whatAPlanAloneNamesIsForgottenToo() {
    scene.plan();
    assertThat(naming()).isNotEmpty();

    assertThat(forget(WHO, null).syncs().get(0).plans()).hasSize(1);

    assertThat(naming()).isEmpty();
  }

  @Test
  void plansThatDoNotNameTheMemberStayAndAreVoid() {
    scene.sync();
    String plan = scene.audience("1", "2", "3", WHO, "5", "6").plan().plan();

    forget(WHO, null);

    assertThat(scene.syncFolder().resolve("plans").resolve(plan + ".json")).exists();
    assertThatThrownBy(() -> scene.sync(r -> r.following(plan)))
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.problem().code()).isEqualTo("plan.void"));
  }

  @Test
  void nothingIsErasedWhileARunOfAnySyncIsUnderWay() {
    scene.another("a-first").group("gold").sync();
    RunListener meanwhile =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            assertThatThrownBy(() -> forget(WHO, null)).hasMessageContaining("under way");
          }
        };

    scene.sync(r -> r, meanwhile, new Cancellation());

    assertThat(naming()).anyMatch(f -> f.toString().contains("a-first"));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatARunThatWasKilledLeftOpenIsForgottenAndItsBooksStillBalance() throws IOException {
    scene
        .audience("1", "2", "3", WHO, "5", "6", "8", "9")
        .answer(WHO, "halts")
        .with("delivery", "{\"attempts\": 1}");
    RunElsewhere.of(scene);
    Path runs = scene.syncFolder().resolve("runs");
    Path half = scene.syncFolder().resolve("tmp");
    Files.createDirectories(half);
    Files.writeString(half.resolve("audience-1.duckdb"), WHO);
    Path run = scene.syncFolder().resolve("runs").resolve(runs.toFile().list()[0]);
    Files.writeString(run.resolve("changes.parquet.new"), "half " + WHO);
    Path asked = Files.createDirectories(scene.syncFolder().resolve("asked").resolve("a"));
    Files.writeString(asked.resolve("audience-2.duckdb"), WHO);

    forget(WHO, null);

    assertThat(naming()).isEmpty();
    scene.answerAll().sync();
    try (Stream<Path> folders = Files.list(runs)) {
      assertThat(folders.map(f -> scene.kept(f.getFileName().toString())))
          .hasSize(2)
          .allMatch(RunReport::balances);
    }
    assertThat(scene.members()).contains(WHO, "9");
  }

  @Test
  void aLedgerThatCannotBeReadIsLeftAsItIs() throws IOException {
    scene.sync();
    Files.writeString(scene.ledgerFile(), "damaged " + WHO);

    assertThatThrownBy(() -> forget(WHO, null))
        .isInstanceOfSatisfying(
            HostException.class,
            e -> assertThat(e.problem().code()).isEqualTo("ledger.unreadable"));

    assertThat(scene.ledgerFile()).hasContent("damaged " + WHO);
  }

  @Test
  void anIdThatNothingNamesIsSaidToBeUnknown() {
    scene.sync();

    assertThat(forget("4242", null).syncs()).noneMatch(ForgetReport.OfSync::found);
    assertThat(scene.callsOf(scene::sync)).isEmpty();
  }
}
