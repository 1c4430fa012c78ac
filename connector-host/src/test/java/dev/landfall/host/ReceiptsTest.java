package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.landfall.host.WhyReport.Action;
import dev.landfall.host.WhyReport.Asked;
import dev.landfall.host.WhyReport.State;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a destination only accepted is asked for until it is known; each run is a process's. */
class ReceiptsTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience("1", "2", "3").answer("add.*", "accepted");
  }

  private WhyReport why(String member) {
    return scene.ask(host -> host.why("members", member, false));
  }

  private static List<String> notices(RunReport report) {
    return report.notices().stream().map(RunReport.Notice::code).toList();
  }

  private static Tally accepted(long changes) {
    return new Tally(changes, 0, 0, 0, 0, 0, changes, 0, 0, 0);
  }

  @Test
  void whatIsConfirmedAtTheEndOfItsRunIsDelivered() {
    RunReport report = scene.answer("confirm.*", "done").answer("confirm.3", "rejected").sync();

    assertThat(report.adds()).isEqualTo(new Tally(3, 2, 0, 1, 0, 0, 0, 0, 0, 0));
    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
    assertThat(scene.kept(report.run())).isEqualTo(report);
    assertThat(scene.members()).containsExactly("1", "2");
    assertThat(why("1").ledger().state()).isEqualTo(State.PRESENT);
    assertThat(why("1").attempts())
        .extracting(Asked::run, Asked::outcome, Asked::confirms)
        .containsExactly(
            tuple(report.run(), "delivered", report.run()), tuple(report.run(), "accepted", null));
    assertThat(why("3").next().action()).isEqualTo(Action.QUARANTINED);
    assertThat(scene.syncFolder().resolve("runs/" + report.run() + "/failures.jsonl"))
        .content()
        .contains("shelf.no-such-member");
    assertThat(scene.callsOf(scene::sync)).as("nothing is left to do").isEmpty();
  }

  @Test
  void whatIsPendingStaysAcceptedAndEverybodySaysSo() {
    RunReport report = scene.sync();

    assertThat(report.adds()).isEqualTo(accepted(3));
    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(notices(report)).containsExactly("run.awaits-confirmation");
    assertThat(scene.plan().notices())
        .singleElement()
        .satisfies(n -> assertThat(n.message()).contains("3 changes"));
    WhyReport why = why("2");
    assertThat(why.ledger().state()).isEqualTo(State.UNKNOWN);
    assertThat(why.ledger().accepted())
        .isEqualTo(new WhyReport.Accepted("add", report.run(), why.attempts().get(0).at()));
    assertThat(why.next().because()).contains("asks first");
  }

  @Test
  void aLaterRunAsksFirstAndSendsNothingAgain() {
    RunReport first = scene.sync();
    scene.answer("confirm.*", "done");

    RunReport[] second = new RunReport[1];
    assertThat(scene.callsOf(() -> second[0] = scene.sync())).isEmpty();

    assertThat(second[0].adds()).isEqualTo(Tally.NONE);
    assertThat(second[0].notices())
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.code()).isEqualTo("run.confirmed-later");
              assertThat(n.message()).contains("3 were confirmed", "3 delivered");
            });
    assertThat(scene.kept(first.run())).as("the books of that run are closed").isEqualTo(first);
    assertThat(scene.members()).containsExactly("1", "2", "3");
    assertThat(why("2").ledger().state()).isEqualTo(State.PRESENT);
    assertThat(why("2").attempts())
        .extracting(Asked::run, Asked::outcome, Asked::confirms)
        .containsExactly(
            tuple(second[0].run(), "delivered", first.run()), tuple(first.run(), "accepted", null));
    assertThat(scene.plan().notices()).isEmpty();
  }

  @Test
  void aRemovalThatIsConfirmedLaterLeavesNothingToRemove() {
    scene.answerAll().sync();
    scene.budget(100, 100).answer("remove.*", "accepted").audience("1", "2").sync();
    assertThat(scene.members()).as("accepted, not done").contains("3");
    scene.answer("confirm.*", "done");

    assertThat(scene.callsOf(scene::sync)).isEmpty();

    assertThat(scene.members()).containsExactly("1", "2");
    assertThat(why("3").ledger().state()).isEqualTo(State.ABSENT);
  }

  @Test
  void whatIsRejectedLaterIsLeftAloneAsAnyOther() {
    scene.sync();
    RunReport second = scene.answer("confirm.2", "rejected").answer("confirm.*", "done").sync();

    WhyReport why = why("2");

    assertThat(why.ledger().state()).isEqualTo(State.ABSENT);
    assertThat(why.next().action()).isEqualTo(Action.QUARANTINED);
    assertThat(why.rejections())
        .extracting(WhyReport.Rejected::lastRun, WhyReport.Rejected::code)
        .containsExactly(tuple(second.run(), "shelf.no-such-member"));
    assertThat(second.adds().quarantined()).isOne();
    assertThat(second.adds().planned()).isOne();
  }

  @Test
  void whatIsConfirmedAsNotDoneIsSentAgain() {
    scene.sync();
    scene.answer("add.*", "done").answer("confirm.*", "retryable");

    assertThat(scene.callsOf(scene::sync)).containsExactly("ADD vip 1", "ADD vip 2", "ADD vip 3");
    assertThat(why("1").ledger().state()).isEqualTo(State.PRESENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"throws", "null", "nobody", "accepted", "negative"})
  void anAnswerAgainstTheContractChangesNothingAndFailsNoRun(String answer) {
    RunReport first = scene.audience("1").answer("confirm.*", answer).sync();
    assertThat(first.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(first.adds()).isEqualTo(accepted(1));
    assertThat(notices(first))
        .containsExactly("delivery.contract-broken", "run.awaits-confirmation");

    RunReport second = scene.audience().answer("remove.*", "stop-permission").sync();

    assertThat(notices(second)).contains("delivery.contract-broken");
    assertThat(why("1").ledger().accepted()).isNotNull();
    scene.audience("1").answer("confirm.*", "done");
    assertThat(scene.callsOf(scene::sync)).isEmpty();
    assertThat(why("1").ledger().state()).isEqualTo(State.PRESENT);
  }

  @Test
  void aDestinationThatCannotBeReachedIsNoReasonNotToPlan() {
    scene.sync();

    RunReport report = scene.answer("open", "refused").sync();

    assertThat(notices(report)).contains("shelf.refused");
    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.adds().planned()).isEqualTo(3);
    assertThat(why("1").ledger().accepted()).isNotNull();
  }

  @Test
  void aKillWhileItAsksLosesNoReceipt() {
    scene.answer("confirm.*", "halts");
    assertThat(RunElsewhere.of(scene).exit()).isEqualTo(9);
    assertThat(scene.members()).isEmpty();
    scene.answer("confirm.*", "done");

    RunReport[] next = new RunReport[1];
    assertThat(scene.callsOf(() -> next[0] = scene.sync())).isEmpty();

    assertThat(notices(next[0])).contains("run.earlier-killed", "run.confirmed-later");
    assertThat(scene.members()).containsExactly("1", "2", "3");
    assertThat(runs().stream().map(scene::kept).filter(r -> r.status() == RunStatus.FAILED))
        .extracting(RunReport::adds)
        .containsExactly(accepted(3));
  }

  @Test
  void theBooksOfARunThatWasKilledWhileItAskedSayWhatItHadLearned() {
    List<String> order = scene.plan().adds().examples();
    scene.answer("confirm.*", "done").answer("confirm." + order.get(2), "halts");
    assertThat(RunElsewhere.of(scene).exit()).isEqualTo(9);

    RunReport files = scene.ask(host -> host.past(false).history("members", 1)).runs().get(0);
    assertThat(files.status()).isEqualTo(RunStatus.KILLED);
    assertThat(files.adds()).isEqualTo(new Tally(3, 2, 0, 0, 0, 0, 1, 0, 0, 0));

    scene.answer("confirm.*", "pending").answer("confirm." + order.get(2), "pending").sync();
    assertThat(scene.kept(files.run()).adds()).as("as the ledger has it").isEqualTo(files.adds());
    assertThat(why(order.get(0)).ledger().state()).isEqualTo(State.PRESENT);
  }

  @Test
  void whatOlderRunsKeptWithoutConfirmationsCanStillBeReadAndForgotten() {
    scene.answerAll().sync();
    withoutConfirmations();

    assertThat(why("1").attempts())
        .extracting(Asked::outcome, Asked::confirms)
        .containsExactly(tuple("delivered", null));
    scene.ask(host -> host.forget("1", null, false));
    assertThat(why("1").attempts()).isEmpty();
    assertThat(why("2").attempts()).hasSize(1);
  }

  /** Takes the column out of the packed changes that they did not always have. */
  private void withoutConfirmations() {
    try (Stream<Path> files = Files.walk(scene.state());
        Database db = Database.inMemory(new Database.Options(false, 128, folder))) {
      Path packed = files.filter(f -> f.endsWith("changes.parquet")).findFirst().orElseThrow();
      Path old = folder.resolve("old.parquet");
      db.run(
          "copy (select * exclude (confirms) from read_parquet("
              + Database.literal(packed.toString())
              + ")) to "
              + Database.literal(old.toString())
              + " (format parquet)");
      Files.move(old, packed, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRunThatCannotPlanKeepsWhatItLearnedAllTheSame() {
    RunReport first = scene.sync();
    scene.with("source", "{\"type\": \"file\", \"path\": \"missing.csv\"}");
    scene.answer("confirm.*", "done");

    assertThatThrownBy(scene::sync).isInstanceOf(HostException.class);

    assertThat(why("1").ledger().state()).isEqualTo(State.PRESENT);
    assertThat(why("1").attempts()).extracting(Asked::confirms).contains(first.run());
    assertThat(scene.ask(host -> host.past(false).history("members", 1)).runs())
        .extracting(RunReport::status)
        .containsExactly(RunStatus.FAILED);
  }

  private List<String> runs() {
    try (Stream<Path> runs = Files.list(scene.syncFolder().resolve("runs"))) {
      return runs.map(r -> String.valueOf(r.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aReceiptIsAskedForWithEveryFieldOfItsRowsInTheirOrder() {
    scene.with("delivery", "{\"attempts\": 1, \"batchSize\": 5}");
    scene.csv("id,tier\n0001,gold\n2,\n3,blue\n").answer("2", "done").sync();
    List<String> first = scene.asks();
    // What the source says now is no longer what was sent.
    scene.csv("id,tier\n1,red\n2,\n3,red\n").answer("confirm.*", "done");

    assertThat(scene.callsOf(scene::sync)).isEmpty();

    assertThat(first).singleElement().asString().contains("ADD", "0001/gold", "3/blue");
    assertThat(first.get(0)).doesNotContain("2/");
    assertThat(scene.asks()).hasSize(2).containsOnly(first.get(0));
  }

  @Test
  void anAcceptedAddThatIsDoneAfterALaterRemovalIsRemovedAgain() {
    scene.budget(100, 100).sync();
    scene.audience("1", "2");
    assertThat(scene.callsOf(scene::sync)).contains("REMOVE vip 3");
    assertThat(why("3").ledger().state()).as("the add may come yet").isEqualTo(State.UNKNOWN);
    assertThat(why("3").ledger().accepted()).isNull();

    scene.putIntoGroup("3").later(Duration.ofMinutes(16));

    assertThat(scene.callsOf(scene::sync)).contains("REMOVE vip 3");
    assertThat(scene.members()).doesNotContain("3");
    assertThat(why("3").ledger().state()).isEqualTo(State.ABSENT);
  }

  @Test
  void aReceiptIsAskedForWithAllItsRowsAlsoOnceOneOfThemSaysNothingMore() {
    scene.with("delivery", "{\"attempts\": 1, \"batchSize\": 5}").budget(100, 100).sync();
    String asked = scene.asks().get(0);
    scene.audience("1", "2").sync(r -> r.limitedTo(1));
    assertThat(why("3").ledger().accepted()).isNull();
    assertThat(why("2").ledger().accepted()).isNotNull();
    scene.answer("confirm.*", "done");

    assertThat(scene.callsOf(scene::sync)).containsExactly("REMOVE vip 3");

    assertThat(scene.asks().get(scene.asks().size() - 1)).isEqualTo(asked);
    assertThat(why("2").ledger().state()).isEqualTo(State.PRESENT);
    assertThat(why("3").ledger().state()).as("no claim from before").isEqualTo(State.UNKNOWN);
    assertThat(scene.members()).doesNotContain("3");
  }

  @Test
  void aStoredPlanStaysGoodAndItsRunAsksAtItsEnd() {
    scene.sync(r -> r.limitedTo(2));
    PlanReport plan = scene.plan();
    scene.answer("confirm.*", "done");

    RunReport report = scene.sync(r -> r.following(plan.plan()));

    assertThat(report.plan()).isEqualTo(plan.plan());
    assertThat(report.adds()).isEqualTo(new Tally(3, 3, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(scene.members()).containsExactly("1", "2", "3");
  }

  @Test
  void aFullRunSendsAllAgainWhateverAwaitsItsConfirmation() {
    scene.sync();

    assertThat(scene.callsOf(() -> scene.sync(RunRequest::full)))
        .containsExactly("ADD vip 1", "ADD vip 2", "ADD vip 3");

    scene.sync(r -> r.full().limitedTo(0));
    assertThat(why("1").ledger().accepted()).as("distrusted too").isNull();
    assertThat(why("1").ledger().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void aMemberThatWasImportedIsKeptThoughItsAddIsRejectedLater() {
    scene.sync();
    Path members = scene.write("members.csv", "id\n2\n");
    scene.sync(r -> r.importing(members).limitedTo(0));

    scene.answer("confirm.*", "rejected").sync(r -> r.limitedTo(0));

    assertThat(why("1").ledger().state()).isEqualTo(State.ABSENT);
    assertThat(why("2").ledger().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void aForgottenMemberTakesItsReceiptWithItAndTheOthersAreSentAgain() {
    String who = "7004711";
    scene.with("delivery", "{\"attempts\": 1, \"batchSize\": 5}").audience(who, "2").sync();

    ForgetReport report = scene.ask(host -> host.forget(who, null, false));

    assertThat(report.syncs().get(0).found()).isTrue();
    try (Stream<Path> files = Files.walk(scene.state())) {
      assertThat(files.filter(Files::isRegularFile).filter(f -> holds(f, who))).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int asks = scene.asks().size();
    scene.answer("add.*", "done").audience("2");
    assertThat(scene.callsOf(scene::sync)).containsExactly("ADD vip 2");
    assertThat(scene.asks()).hasSize(asks);
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
