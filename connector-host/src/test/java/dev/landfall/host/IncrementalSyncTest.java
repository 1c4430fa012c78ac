package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream is read from where the last run stopped, and no row of it is lost or taken for sent. */
class IncrementalSyncTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void aStreamOfThreeEvents() {
    scene =
        Scene.in(folder).records("events", "id").mode("upsert").stream(
            "events", "a|1|2026-01-01T00:00:00.123Z", "b|2|", "c|3|");
  }

  private static Tally delivered(long rows) {
    return new Tally(rows, rows, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void eachRunReadsOnWhereTheLastOneStopped() {
    RunReport first = scene.sync();
    assertThat(first.adds()).isEqualTo(delivered(3));
    assertThat(first.source()).isEqualTo(new RunReport.Source(3, 3, 0, 0, 0));
    assertThat(first.firstRun()).isTrue();
    assertThat(scene.records())
        .containsExactly(
            "a: id='a' count=1 moment=2026-01-01T00:00:00.123Z",
            "b: id='b' count=2 moment=null",
            "c: id='c' count=3 moment=null");
    RunReport idle = scene.sync();
    assertThat(idle.adds()).isEqualTo(Tally.NONE);
    assertThat(idle.status()).isEqualTo(RunStatus.COMPLETED);
    scene.more("events", "d|4|", "e|5|");
    assertThat(scene.sync().adds()).isEqualTo(delivered(2));
    assertThat(scene.opened()).containsExactly("begin", "3", "3");
    assertThat(scene.batches()).containsExactly("UPSERT a b c", "UPSERT d e");
  }

  @Test
  void anApprovalIsSaidToBeUnused() {
    assertThat(scene.sync(r -> r.approving("0123456789abcdef")).notices())
        .extracting(RunReport.Notice::code)
        .containsExactly("approval.not-needed");
    scene.more("events", "!fails");
    RunReport failed = scene.sync(r -> r.approving("0123456789abcdef"));
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.notices())
        .extracting(RunReport.Notice::code)
        .containsExactly("approval.not-needed");
  }

  @Test
  void rowsAreSentInTheOrderOfTheStreamAndTheLaterOfTwoWithOneKeyHolds() {
    scene.stream("events", "a|1|", "b|1|", "a|2|", "c|1|", "a|3|", "b|2|");
    assertThat(scene.sync().adds()).isEqualTo(new Tally(6, 6, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(scene.batches()).containsExactly("UPSERT a b", "UPSERT a c", "UPSERT a b");
    assertThat(scene.records())
        .containsExactly(
            "a: id='a' count=3 moment=null",
            "b: id='b' count=2 moment=null",
            "c: id='c' count=1 moment=null");
  }

  @Test
  void aRejectedRowIsPassedKeptAndOfferedAgain() {
    scene.answer("b", "rejected");
    RunReport report = scene.sync();
    assertThat(report.adds()).isEqualTo(new Tally(3, 2, 0, 1, 0, 0, 0, 0, 0, 0));
    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
    scene.more("events", "d|4|");
    RunReport next = scene.sync();
    assertThat(next.adds()).isEqualTo(new Tally(2, 1, 0, 0, 0, 0, 0, 0, 1, 0));
    assertThat(next.status()).isEqualTo(RunStatus.COMPLETED);
    scene.answerAll();
    assertThat(scene.sync(r -> r.retryingRejected()).adds()).isEqualTo(delivered(1));
    assertThat(scene.records()).hasSize(4).contains("b: id='b' count=2 moment=null");
    assertThat(scene.sync().adds()).isEqualTo(Tally.NONE);
  }

  @Test
  void aRejectedRowIsOfferedAgainOnceItsTimeHasPassed() {
    scene.answer("b", "rejected");
    scene.sync();
    scene.answerAll().later(Duration.ofDays(2));
    assertThat(scene.sync().adds()).isEqualTo(delivered(1));
  }

  @Test
  void aRowThatNobodyAnsweredIsSentAgainByTheNextRun() {
    scene.answer("b", "unknown").answer("c", "retryable");
    assertThat(scene.sync().adds()).isEqualTo(new Tally(3, 1, 0, 0, 1, 1, 0, 0, 0, 0));
    scene.answerAll();
    assertThat(scene.sync().adds()).isEqualTo(delivered(2));
    assertThat(scene.records()).hasSize(3);
    assertThat(scene.sync().adds().planned())
        .as("b may yet arrive, no: it is the same row")
        .isZero();
  }

  @Test
  void aLaterRowTakesThePlaceOfOneThatIsHeld() {
    scene.answer("b", "rejected");
    scene.sync();
    scene.answerAll().more("events", "b|9|");
    assertThat(scene.sync().adds()).isEqualTo(new Tally(2, 1, 0, 0, 0, 0, 0, 0, 1, 0));
    assertThat(scene.records()).contains("b: id='b' count=9 moment=null");
    assertThat(scene.sync(r -> r.retryingRejected()).adds()).isEqualTo(Tally.NONE);
  }

  @Test
  void aLaterRowIsSentAgainUntilTheEarlierOneCanNoLongerArrive() {
    scene.answer("b", "unknown");
    scene.sync();
    scene.answerAll().more("events", "b|9|");
    // The held row, and then the new one, which the held one may yet overwrite.
    assertThat(scene.sync().adds()).isEqualTo(delivered(2));
    scene.later(Duration.ofMinutes(16));
    assertThat(scene.sync().adds()).isEqualTo(new Tally(1, 1, 1, 0, 0, 0, 0, 0, 0, 0));
    assertThat(scene.sync().adds()).isEqualTo(Tally.NONE);
    assertThat(scene.records()).contains("b: id='b' count=9 moment=null");
  }

  @Test
  void aRunThatStopsPassesNothingThatWasNotSent() {
    scene
        .with("delivery", "{\"attempts\": 1, \"batchSize\": 1, \"window\": 1}")
        .answer("b", "stop");
    RunReport stopped = scene.sync();
    assertThat(stopped.status()).isEqualTo(RunStatus.FAILED);
    assertThat(stopped.adds()).isEqualTo(new Tally(2, 1, 0, 0, 0, 0, 0, 0, 0, 1));
    scene.answerAll();
    // The batch of the stream that holds a and b was not passed.
    assertThat(scene.sync().adds()).isEqualTo(new Tally(3, 3, 1, 0, 0, 0, 0, 0, 0, 0));
    assertThat(scene.records()).hasSize(3);
  }

  @Test
  void aStreamThatBreaksOffIsSentAsFarAsItWasReadAndFailsTheRun() {
    scene.with("delivery", "{\"attempts\": 1, \"window\": 2, \"batchSize\": 2}");
    scene.stream("events", "a|1|", "b|2|", "c|3|", "!fails", "d|4|");
    RunReport report = scene.sync();
    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.problems()).extracting(p -> p.code()).containsExactly("almanac.torn");
    assertThat(report.adds()).isEqualTo(delivered(2));
    scene.stream("events", "a|1|", "b|2|", "c|3|", "d|4|");
    assertThat(scene.sync().adds()).isEqualTo(delivered(2));
    assertThat(scene.records()).hasSize(4);
  }

  @Test
  void whatIsNoRecordIsKeptAsideOnceAndTheRestGoesOn() {
    scene.stream("events", "a|1|", "nothing", "c|3|", "nothing more");
    RunReport report = scene.sync();
    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
    assertThat(report.adds()).isEqualTo(delivered(2));
    assertThat(report.source()).isEqualTo(new RunReport.Source(2, 2, 0, 0, 2));
    assertThat(report.problems())
        .containsExactly(
            new RunReport.Line("almanac.no-event", 2, "This is no event.", "Correct it."));
    RunReport next = scene.sync();
    assertThat(next.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(next.source().malformed()).isZero();
    scene.more("events", "no row at all");
    assertThat(scene.sync().source()).isEqualTo(new RunReport.Source(0, 0, 0, 0, 1));
    assertThat(scene.sync().source().malformed()).isZero();
  }

  @Test
  void aRowWithoutAKeyIsCounted() {
    scene.stream("events", "|1|", "b|2|");
    assertThat(scene.sync().source()).isEqualTo(new RunReport.Source(2, 1, 0, 1, 0));
    assertThat(scene.sync().source()).isEqualTo(RunReport.Source.NONE);
  }

  @Test
  void fullReadsTheStreamFromItsBeginning() {
    scene.sync();
    assertThat(scene.sync(r -> r.full()).adds()).isEqualTo(new Tally(3, 3, 3, 0, 0, 0, 0, 0, 0, 0));
    assertThat(scene.sync().adds()).isEqualTo(Tally.NONE);
  }

  @Test
  void aLimitLeavesTheRestToLaterRuns() {
    RunReport limited = scene.sync(r -> r.limitedTo(2));
    assertThat(limited.adds()).isEqualTo(delivered(2));
    assertThat(limited.notices()).extracting(n -> n.code()).containsExactly("run.limited");
    RunReport rest = scene.sync(r -> r.limitedTo(1));
    assertThat(rest.adds()).isEqualTo(delivered(1));
    assertThat(rest.notices()).isEmpty();
    assertThat(scene.batches()).containsExactly("UPSERT a b", "UPSERT c");
  }

  @Test
  void aMappingChoosesAndRenamesColumns() {
    scene
        .records("events", "key")
        .with(
            "mapping",
            """
            [{"column": "id", "field": "key"}, {"column": "count", "field": "count"},
             {"constant": "almanac", "field": "origin"}]""");
    scene.sync();
    assertThat(scene.records()).contains("a: key='a' count=1 origin='almanac'");
  }

  @Test
  void manyRowsGoThroughManyWindowsInTheirOrder() {
    scene.with("delivery", "{\"batchSize\": 10, \"window\": 40}");
    scene.stream(
        "events", IntStream.range(0, 1_000).mapToObj("%04d|1|"::formatted).toArray(String[]::new));
    assertThat(scene.sync().adds()).isEqualTo(delivered(1_000));
    assertThat(scene.batches()).hasSize(100).isSorted();
    assertThat(scene.records()).hasSize(1_000);
  }

  @Test
  void importHasNoMeaningForAStream() {
    scene.write("known.csv", "id\n1\n");
    assertThatThrownBy(() -> scene.sync(r -> r.importing(folder.resolve("known.csv"))))
        .hasMessageContaining("--import");
  }

  @Test
  void aMirrorOfAStreamReadsItWholeAndDeletesWhatLeftIt() {
    scene.sync();
    scene.mode("mirror").budget(100, 10);
    assertThat(scene.sync().adds()).isEqualTo(new Tally(3, 3, 3, 0, 0, 0, 0, 0, 0, 0));
    scene.stream("events", "a|1|2026-01-01T00:00:00.123Z");
    assertThat(scene.sync().removes().delivered()).isEqualTo(2);
    scene.mode("upsert").stream("events", "a|1|", "b|2|", "c|3|", "d|4|");
    assertThat(scene.sync().adds())
        .as("from where the stream was read last")
        .isEqualTo(delivered(1));
  }

  @Test
  void theNextRunOfAKilledOneRepeatsWhatWasNotPassed() {
    scene.with("delivery", "{\"attempts\": 1, \"window\": 2, \"batchSize\": 1}");
    scene.stream("events", "a|1|", "b|2|", "c|3|", "d|4|");
    scene.answer("d", "halts");
    assertThat(RunElsewhere.of(scene).exit()).isEqualTo(9);
    assertThat(scene.records()).hasSize(3);
    scene.answerAll();
    RunReport next = scene.sync();
    assertThat(next.adds()).isEqualTo(new Tally(2, 2, 1, 0, 0, 0, 0, 0, 0, 0));
    assertThat(next.notices()).extracting(n -> n.code()).contains("run.earlier-killed");
    assertThat(scene.records()).hasSize(4);
  }

  @Test
  void aPlanTellsWhatIsNewAndARunThatFollowsItSendsAsMuch() {
    scene.answer("b", "rejected");
    scene.sync();
    scene.answerAll().more("events", "d|4|", "no event", "e|5|");
    PlanReport plan = scene.plan();
    assertThat(plan.adds()).isEqualTo(new PlanReport.Side(3, 2, 0, 1, List.of("d", "e")));
    assertThat(plan.source()).isEqualTo(new RunReport.Source(2, 2, 0, 0, 1));
    assertThat(plan.notices()).extracting(n -> n.code()).containsExactly("source.malformed");
    scene.more("events", "f|6|");
    RunReport followed = scene.sync(r -> r.following(plan.plan()));
    assertThat(followed.adds()).isEqualTo(new Tally(3, 2, 0, 0, 0, 0, 0, 0, 1, 0));
    assertThatThrownBy(() -> scene.sync(r -> r.following(plan.plan())))
        .hasMessageContaining("the ledger moved");
    // The batch of the stream that holds e and f was cut by the plan, and is read again.
    assertThat(scene.sync().adds()).isEqualTo(new Tally(3, 2, 1, 0, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void planningMovesNothing() {
    String first = scene.plan().plan();
    assertThat(scene.plan().plan()).isEqualTo(first);
    assertThat(scene.sync().adds()).isEqualTo(delivered(3));
    assertThat(scene.plan().adds().planned()).isZero();
    assertThat(scene.plan(r -> r.full()).adds().planned()).isEqualTo(3);
  }

  @Test
  void whyTellsWhereARecordStandsInTheStream() {
    assertThat(why("c").next().action()).isEqualTo(WhyReport.Action.WRITE);
    scene.answer("b", "rejected");
    scene.sync();
    WhyReport sent = why("c");
    assertThat(sent.audience().present()).isTrue();
    assertThat(sent.ledger().state()).isEqualTo(WhyReport.State.NOT_KEPT);
    assertThat(sent.attempts()).extracting(a -> a.outcome()).containsExactly("delivered");
    assertThat(sent.next().because())
        .isEqualTo("It was read and sent; --full would send it again.");
    WhyReport rejected = why("b");
    assertThat(rejected.next().action()).isEqualTo(WhyReport.Action.QUARANTINED);
    assertThat(rejected.rejections()).extracting(r -> r.code()).containsExactly("cabinet.no-room");
    scene.later(Duration.ofDays(2));
    assertThat(why("b").next().because()).contains("could not deliver it; its row is kept");
    scene.more("events", "d|4|");
    assertThat(why("d").next().because()).contains("behind where the last run stopped");
    assertThat(why("z").next().because()).isEqualTo("It is not in the stream.");
  }

  private WhyReport why(String key) {
    return scene.ask(host -> host.why(scene.manifestFile().toString(), key, false));
  }

  @Test
  void aRecordThatIsHeldIsForgottenAndSoIsWhatWasKeptAsideOfIt() {
    scene.stream("events", "a|1|", "b|2|", "b;3;", "ab;4;").answer("b", "rejected");
    scene.sync();
    scene.answerAll();
    scene.ask(host -> host.forget("b", null, false));
    assertThat(scene.sync(r -> r.retryingRejected()).adds()).isEqualTo(Tally.NONE);
    List<String> aside = new ArrayList<>();
    KeptRun.in(scene.syncFolder().resolve("runs"))
        .forEach(run -> run.aside(line -> aside.add(line.raw())));
    assertThat(aside).containsExactly("ab;4;");
  }

  @Test
  void rowsThatWereKeptWithOtherFieldsAreToldOfUntilTheStreamIsReadAgain() {
    scene.answer("b", "rejected");
    scene.sync();
    scene.answerAll();
    scene.with(
        "mapping",
        "[{\"column\": \"id\", \"field\": \"id\"}, {\"column\": \"count\", \"field\": \"count\"}]");

    assertThat(scene.plan().notices())
        .extracting(RunReport.Notice::code)
        .containsExactly("stream.other-fields");
    RunReport next = scene.sync(r -> r.retryingRejected());
    assertThat(next.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
    assertThat(next.problems())
        .extracting(RunReport.Line::code, RunReport.Line::count)
        .containsExactly(tuple("stream.other-fields", 1L));

    RunReport whole = scene.sync(r -> r.full());
    assertThat(whole.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(scene.records()).hasSize(3);
    assertThat(scene.sync().status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void whoIsForgottenStandsInNoRowThatIsStillToBeDelivered() {
    scene.stream("events", "a|1|", "b|4711|", "c|3|").answer("b", "rejected");
    scene.sync();
    scene.answerAll();

    assertThat(scene.ask(host -> host.forget("4711", null, false)).syncs()).hasSize(1);

    assertThat(scene.sync(r -> r.retryingRejected()).adds()).isEqualTo(Tally.NONE);
  }
}
