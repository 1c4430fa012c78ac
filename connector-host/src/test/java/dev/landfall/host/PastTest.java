package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.Failure;
import dev.landfall.host.history.HistoryReport;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Looking back at runs, without being one. */
class PastTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 6);
  }

  private HistoryReport history(@Nullable String sync, int limit) {
    return scene.ask(host -> host.past(false).history(sync, limit));
  }

  private KeptRun run(String word) {
    return scene.ask(host -> host.past(false).run(word));
  }

  private static List<Failure> failures(KeptRun run) {
    List<Failure> all = new ArrayList<>();
    run.failures(all::add);
    return all;
  }

  @Test
  void theLatestRunsComeFirstAndOnlySoManyAsAreAskedFor() {
    RunReport first = scene.sync();
    RunReport other = scene.another("others").group("gold").sync();
    RunReport last = scene.later(Duration.ofMinutes(1)).audience(1, 7).sync();

    assertThat(history(null, 20).runs()).containsExactly(last, other, first);
    assertThat(history("members", 20).runs()).containsExactly(last, first);
    assertThat(history("members", 1).runs()).containsExactly(last);
  }

  @Test
  void lookingMakesNoStateFolder() {
    assertThat(history(null, 20).runs()).isEmpty();
    assertThat(scene.state()).doesNotExist();
  }

  @Test
  void aSyncThatIsNotThereIsNamedTogetherWithThoseThatAre() {
    scene.sync();

    assertThatThrownBy(() -> history("member", 20))
        .isInstanceOfSatisfying(
            HostException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("history.unknown-sync");
              assertThat(e.getMessage()).endsWith("Did you mean \"members\"?");
              assertThat(e.problem().remedy()).contains("Its syncs are members.", "--sandbox");
            });
    assertThatThrownBy(() -> history("../syncs/members", 20)).isInstanceOf(HostException.class);
  }

  @Test
  void aRunUnderWayIsSeenRunningWithWhatItWasAnsweredSoFar() {
    scene.answer("3", "rejected").with("delivery", "{\"attempts\": 1, \"window\": 2}");
    List<RunReport> seen = new ArrayList<>();
    RunListener looking =
        new RunListener() {
          private long settled;

          @Override
          public void settled(List<Settlement> settlements) {
            settled += settlements.size();
            RunReport now = history("members", 1).runs().get(0);
            assertThat(now.adds().delivered() + now.adds().rejected()).isEqualTo(settled);
            assertThat(now.adds().balances()).isTrue();
            seen.add(now);
          }
        };

    scene.sync(r -> r, looking, new Cancellation());

    assertThat(seen)
        .hasSizeGreaterThan(1)
        .extracting(RunReport::status)
        .containsOnly(RunStatus.RUNNING);
    assertThat(history("members", 1).runs().get(0).status())
        .isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
  }

  @Test
  void lookingOnDoesNotLetAnotherRunIn() {
    RunListener looking =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            history("members", 1);
            assertThatThrownBy(scene::sync).hasMessageContaining("under way");
            assertThat(RunElsewhere.of(scene).words()).startsWith("state.locked");
          }
        };

    assertThat(scene.sync(r -> r, looking, new Cancellation()).status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aRunThatWasKilledIsToldFromOneThatIsRunningAndIsFailedOnceItsBooksAreClosed() {
    scene.audience(1, 9).answer("5", "halts").with("delivery", "{\"attempts\": 1, \"window\": 4}");
    RunElsewhere.of(scene);

    RunReport killed = history("members", 1).runs().get(0);
    assertThat(killed.status()).isEqualTo(RunStatus.KILLED);
    assertThat(killed.adds().balances()).isTrue();

    scene.answerAll().sync();
    assertThat(history("members", 2).runs())
        .extracting(RunReport::status)
        .containsExactly(RunStatus.COMPLETED, RunStatus.FAILED);
  }

  @Test
  void ofManySyncsOnlySomeAreNamed() {
    scene.sync();
    for (int i = 0; i < 12; i++) {
      scene.another("sync" + i).group("group" + i).sync();
    }

    assertThatThrownBy(() -> history("nobody", 20))
        .isInstanceOfSatisfying(
            HostException.class,
            e ->
                assertThat(e.problem().remedy())
                    .contains("Its syncs are members, ", "and 3 more."));
  }

  @Test
  void aRunThatFailedBeforeItHadAPlanSaysWhy() {
    scene.csv("");
    assertThatThrownBy(scene::sync).isInstanceOf(HostException.class);

    RunReport failed = history("members", 1).runs().get(0);
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.plan()).isNull();
    assertThat(failed.source()).isNull();
    assertThat(failed.problems()).extracting(RunReport.Line::code).containsExactly("source.empty");

    RunReport done = scene.audience(1, 6).sync();
    assertThat(done.firstRun()).isTrue();
    assertThat(history("members", 5).runs()).containsExactly(done, failed);
  }

  @Test
  void aDefectBeforeThePlanIsKeptWithoutWhatItSays() {
    RunListener defective =
        new RunListener() {
          @Override
          public void reading() {
            throw new IllegalStateException("member 4711");
          }
        };

    assertThatThrownBy(() -> scene.sync(r -> r, defective, new Cancellation()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(history("members", 1).runs().get(0).problems())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.code()).isEqualTo("run.defect");
              assertThat(line.message()).doesNotContain("4711");
            });
  }

  @Test
  void aRunThatIsRefusedBecauseAnotherIsUnderWayLeavesNoTrace() {
    RunListener meanwhile =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            assertThatThrownBy(scene::sync).hasMessageContaining("under way");
          }
        };

    RunReport report = scene.sync(r -> r, meanwhile, new Cancellation());

    assertThat(history(null, 20).runs()).containsExactly(report);
  }

  @Test
  void aRunWhoseFilesAreDamagedHidesNoOther() throws IOException {
    RunReport first = scene.sync();
    RunReport second = scene.sync();
    Path damaged = scene.syncFolder().resolve("runs").resolve(first.run());
    Files.writeString(damaged.resolve("run.json"), "{\"run\":");

    HistoryReport history = history(null, 20);

    assertThat(history.runs()).containsExactly(second);
    assertThat(history.unreadable()).containsExactly(damaged.toString());
  }

  @Test
  void aRunIsFoundByItsIdItsLastFourCharactersOrAsTheLastOfItsSync() {
    scene.answer("3", "rejected");
    RunReport first = scene.sync();
    RunReport second = scene.sync();

    assertThat(run(first.run()).id()).isEqualTo(first.run());
    String end = first.run().substring(first.run().length() - 4);
    if (!second.run().endsWith(end)) {
      assertThat(run(end).id()).isEqualTo(first.run());
    }
    assertThat(run("members").id()).isEqualTo(second.run());
    assertThat(failures(run(first.run())))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.member()).isEqualTo("3");
              assertThat(f.code()).isEqualTo("shelf.no-such-member");
              assertThat(f).hasToString("Failure[add shelf.no-such-member]");
            });
    assertThat(failures(run("members"))).as("in quarantine").isEmpty();
    assertThatThrownBy(() -> run("20200101T000000Z-0000"))
        .isInstanceOfSatisfying(
            HostException.class,
            e -> assertThat(e.problem().code()).isEqualTo("history.unknown-run"));
  }

  @Test
  void anEndThatSeveralRunsHaveIsNotGuessedAt() throws IOException {
    Path runs = scene.syncFolder().resolve("runs");
    Files.createDirectories(runs.resolve("20260301T060000Z-abcd"));
    Files.createDirectories(runs.resolve("20260302T060000Z-abcd"));

    assertThatThrownBy(() -> run("abcd"))
        .isInstanceOfSatisfying(
            HostException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("history.ambiguous-run");
              assertThat(e.problem().remedy())
                  .contains("20260301T060000Z-abcd", "20260302T060000Z-abcd");
            });
  }

  @Test
  void aTornLastLineOfFailuresIsLeftOutAndADamagedOneBeforeItIsNot() throws IOException {
    scene.answer("3", "rejected");
    RunReport first = scene.sync();
    Path file = scene.syncFolder().resolve("runs").resolve(first.run()).resolve("failures.jsonl");

    Files.writeString(file, "{\"member\":\"4\",\"dir", StandardOpenOption.APPEND);
    assertThat(failures(run(first.run()))).hasSize(1);

    Files.writeString(file, "ection\":\"add\"}\n{}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> failures(run(first.run())))
        .isInstanceOfSatisfying(
            HostException.class,
            e -> assertThat(e.problem().code()).isEqualTo("history.unreadable"));
  }
}
