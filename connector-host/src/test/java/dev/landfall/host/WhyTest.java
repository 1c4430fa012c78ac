package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.landfall.host.WhyReport.Action;
import dev.landfall.host.WhyReport.Asked;
import dev.landfall.host.WhyReport.State;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of one member, in each situation that it can be in. */
class WhyTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 20);
  }

  private WhyReport why(String member) {
    return scene.ask(host -> host.why("members", member, false));
  }

  /** What was said must come true: the next run sends something for the member, or it does not. */
  private void assertNext(WhyReport why, String... calls) {
    String id = why.member().identity();
    assertThat(scene.callsOf(scene::sync).stream().filter(c -> c.endsWith(" " + id)))
        .containsExactly(calls);
  }

  @Test
  void aMemberThatWasAddedIsInTheTargetAndNothingIsDone() {
    RunReport run = scene.sync();

    WhyReport why = why("7");

    assertThat(why.audience().present()).isTrue();
    assertThat(why.ledger().state()).isEqualTo(State.PRESENT);
    assertThat(why.ledger().since()).startsWith("2026-03-01T06:00");
    assertThat(why.attempts())
        .extracting(Asked::run, Asked::direction, Asked::outcome)
        .containsExactly(tuple(run.run(), "add", "delivered"));
    assertThat(why.next().action()).isEqualTo(Action.NOTHING);
    assertThat(why.rejections()).isEmpty();
    assertNext(why);
  }

  @Test
  void anIdIsFoundInEverySpelling() {
    scene.csv("id\n0042\n7\n").sync();

    for (String spelling : List.of("42", "0042", " 0042", "00042 ")) {
      WhyReport why = why(spelling);
      assertThat(why.member().identity()).isEqualTo("42");
      assertThat(why.member().asked()).isEqualTo(spelling);
      assertThat(why.audience().text()).isEqualTo("0042");
      assertThat(why.ledger().state()).isEqualTo(State.PRESENT);
      assertThat(why.attempts()).hasSize(1);
    }
  }

  @Test
  void aMemberThatJoinedIsAdded() {
    scene.sync();
    scene.audience(1, 21);

    WhyReport why = why("21");

    assertThat(why.ledger().state()).isEqualTo(State.ABSENT);
    assertThat(why.attempts()).isEmpty();
    assertThat(why.next().action()).isEqualTo(Action.ADD);
    assertNext(why, "ADD vip 21");
  }

  @Test
  void aMemberThatLeftIsRemoved() {
    scene.sync();
    scene.audience(2, 20);

    WhyReport why = why("1");

    assertThat(why.audience().present()).isFalse();
    assertThat(why.next().action()).isEqualTo(Action.REMOVE);
    assertNext(why, "REMOVE vip 1");
    assertThat(why("1").attempts())
        .extracting(Asked::direction)
        .as("the latest first")
        .containsExactly("remove", "add");
    assertThat(why("1").next().action()).isEqualTo(Action.NOTHING);
  }

  @Test
  void aMemberThatNobodyNamedWasNeverSeen() {
    scene.sync();

    WhyReport why = why("4711");

    assertThat(why.ledger().state()).isEqualTo(State.ABSENT);
    assertThat(why.next().action()).isEqualTo(Action.NOTHING);
    assertThat(why.next().because()).contains("no run that is kept sent it");
    assertNext(why);
  }

  @Test
  void aMemberThatWasRejectedIsLeftAloneUntilADayHasPassed() {
    RunReport first = scene.answer("7", "rejected").sync();

    WhyReport why = why("7");

    assertThat(why.next().action()).isEqualTo(Action.QUARANTINED);
    assertThat(why.next().because()).contains("--retry-rejected");
    assertThat(why.rejections())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.direction()).isEqualTo("add");
              assertThat(r.code()).isEqualTo("shelf.no-such-member");
              assertThat(r.firstRun()).isEqualTo(first.run());
              assertThat(why.next().until())
                  .isEqualTo(Instant.parse(r.lastAt()).plus(Duration.ofDays(1)).toString());
            });
    assertThat(why.attempts().get(0).message()).isEqualTo("There is no such member.");
    assertNext(why);

    scene.later(Duration.ofDays(1));
    assertThat(why("7").next().action()).isEqualTo(Action.ADD);
    assertThat(why("7").next().because()).contains("rejected before, and is offered again");
    assertNext(why("7"), "ADD vip 7");
  }

  @Test
  void aMemberWithoutAClearAnswerIsSentAgain() {
    scene.answer("7", "unknown").sync();

    WhyReport why = why("7");

    assertThat(why.ledger().state()).isEqualTo(State.UNKNOWN);
    assertThat(why.ledger().since()).isNotNull();
    assertThat(why.ledger().confirmed()).isFalse();
    assertThat(why.next().action()).isEqualTo(Action.ADD);
    assertThat(why.next().because()).contains("not known");
    assertNext(why, "ADD vip 7");
  }

  @Test
  void aRemovalThatIsWithheldIsSaidToBeWithTheIdThatReleasesIt() {
    scene.budget(10, 2).sync();
    scene.audience(1, 10);
    assertThat(why("15").next().action()).isEqualTo(Action.WITHHELD);
    assertThat(why("15").next().approval()).as("no run has withheld it yet").isNull();
    String approval = scene.sync().approval();

    WhyReport why = why("15");

    assertThat(why.next().action()).isEqualTo(Action.WITHHELD);
    assertThat(why.next().approval()).isEqualTo(approval);
    assertThat(why("5").next().action()).isEqualTo(Action.NOTHING);
    assertNext(why);
    scene.sync(r -> r.approving(String.valueOf(approval)));
    assertThat(scene.members()).doesNotContain("15");
  }

  @Test
  void anAddSyncRemovesNobodyAndARemoveSyncSendsWhoIsInItsSource() {
    scene.mode("add").sync();
    scene.audience(2, 20);
    assertThat(why("1").next().because()).contains("add mode removes nobody");

    scene.mode("remove").budget(100, 100).manifestFile();
    assertThat(why("2").next().action()).isEqualTo(Action.REMOVE);
    assertThat(why("1").next().because()).contains("remove mode");
    assertNext(why("2"), "REMOVE vip 2");
  }

  @Test
  void aSourceThatCannotBeReadIsSaidAndTheRestIsAnswered() throws IOException {
    scene.sync();
    Files.delete(folder.resolve("audience.csv"));

    WhyReport why = why("7");

    assertThat(why.audience().present()).isNull();
    assertThat(why.audience().problem()).isNotNull();
    assertThat(why.audience().problem().code()).startsWith("source.");
    assertThat(why.ledger().state()).isEqualTo(State.PRESENT);
    assertThat(why.attempts()).hasSize(1);
    assertThat(why.next().action()).isEqualTo(Action.NOT_KNOWN);
  }

  @Test
  void aManifestThatIsGoneIsSaidAndTheRestIsAnswered() throws IOException {
    scene.sync();
    Files.delete(scene.manifestFile());

    WhyReport why = scene.ask(host -> host.why("members", " 007", false));

    assertThat(why.audience().problem()).isNotNull();
    assertThat(why.audience().problem().code()).isEqualTo("why.no-manifest");
    assertThat(why.ledger().state()).isEqualTo(State.PRESENT);
    assertThat(why.next().action()).isEqualTo(Action.NOT_KNOWN);
  }

  @Test
  void aManifestMayBeNamedBeforeItsFirstRun() {
    String manifest = scene.manifestFile().toString();

    WhyReport why = scene.ask(host -> host.why(manifest, "7", false));

    assertThat(why.sync()).isEqualTo("members");
    assertThat(why.next().action()).isEqualTo(Action.ADD);
    assertThat(scene.ask(host -> host.why(manifest, "77", false)).next().action())
        .isEqualTo(Action.NOTHING);
    assertThatThrownBy(() -> why("7")).as("by name").hasMessageContaining("no sync members");
    assertThat(scene.sync().firstRun()).isTrue();
  }

  @Test
  void aManifestThatIsNotThereIsToldFromASyncThatIsNot() {
    scene.sync();

    assertThatThrownBy(() -> scene.ask(host -> host.why("nowhere.json", "7", false)))
        .isInstanceOfSatisfying(
            HostException.class,
            e -> assertThat(e.problem().code()).isEqualTo("why.manifest-missing"));
  }

  @Test
  void aTargetThatMovedIsRefused() {
    scene.sync();
    scene.group("gold").manifestFile();

    assertThat(why("7").next().action()).isEqualTo(Action.REFUSED);
    assertThatThrownBy(scene::sync).isInstanceOf(HostException.class);
  }

  @Test
  void noSecretIsNeededToAsk() {
    scene.sync();
    scene.connection("\"account\": {\"env\": \"NOT_SET_HERE\"}").manifestFile();

    assertThat(why("7").next().action()).isEqualTo(Action.NOTHING);
  }

  @Test
  void whileARunIsUnderWayTheLedgerIsNotGuessedAt() {
    scene.sync();
    scene.audience(1, 21);
    List<WhyReport> seen = new ArrayList<>();
    RunListener asking =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            seen.add(why("7"));
            seen.add(why("21"));
          }
        };

    scene.sync(r -> r, asking, new Cancellation());

    assertThat(seen)
        .extracting(w -> w.audience().present(), w -> w.ledger().state(), w -> w.next().action())
        .containsOnly(tuple(true, State.UNREAD, Action.NOT_KNOWN));
    assertThat(seen.get(0).underWay()).contains("process " + ProcessHandle.current().pid());
    assertThat(seen.get(0).attempts()).hasSize(1);
    assertThat(seen.get(1).attempts()).isEmpty();
    assertThat(scene.syncFolder().resolve("asked")).isEmptyDirectory();
    assertThat(scene.members()).contains("21");
  }

  @Test
  void askingChangesNothing() {
    scene.answer("7", "rejected").sync();
    scene.audience(1, 21);
    String plan = scene.plan().plan();

    why("7");
    why("21");

    assertThat(scene.sync(r -> r.following(plan)).adds().delivered()).isOne();
  }
}
