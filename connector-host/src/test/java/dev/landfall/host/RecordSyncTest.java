package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a source become records of a target, whole ones, and only those that are news. */
class RecordSyncTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void threeRecords() {
    scene =
        Scene.in(folder)
            .records("people", "id")
            .mode("upsert")
            .csv("id,tier\n1,gold\n2,silver\n3,gold\n");
  }

  private static Tally sent(long planned, long delivered) {
    return new Tally(planned, delivered, 0, 0, 0, 0, 0, 0, 0, planned - delivered);
  }

  @Test
  void aRecordIsWrittenOnceAndAgainOnlyWhenOneOfItsValuesChanged() {
    assertThat(scene.sync().adds()).isEqualTo(sent(3, 3));
    assertThat(scene.sync().adds()).isEqualTo(sent(0, 0));
    scene.csv("id,tier\n1,gold\n2,gold\n3,gold\n4,\n");
    RunReport report = scene.sync();
    assertThat(report.adds()).isEqualTo(sent(2, 2));
    assertThat(report.removes()).isEqualTo(Tally.NONE);
    assertThat(scene.records())
        .containsExactly(
            "1: id='1' tier='gold'",
            "2: id='2' tier='gold'",
            "3: id='3' tier='gold'",
            "4: id='4' tier=null");
    assertThat(scene.batches()).hasSize(2).last().asString().matches("UPSERT (2 4|4 2)");
  }

  @Test
  void anUpsertDeletesNothingAndAMirrorDeletesWhatLeftTheSource() {
    scene.sync();
    scene.csv("id,tier\n1,gold\n");
    assertThat(scene.sync().removes()).isEqualTo(Tally.NONE);
    scene.mode("mirror").budget(100, 10);
    RunReport report = scene.sync();
    assertThat(report.adds()).isEqualTo(sent(0, 0));
    assertThat(report.removes()).isEqualTo(sent(2, 2));
    assertThat(scene.records()).containsExactly("1: id='1' tier='gold'");
    assertThat(scene.sync().removes()).isEqualTo(sent(0, 0));
  }

  @Test
  void deletionsAboveTheBudgetAreWithheldUntilTheyAreApproved() {
    scene.mode("mirror").budget(20, 1);
    scene.sync();
    scene.csv("id,tier\n1,gold\n4,gold\n");
    RunReport withheld = scene.sync();
    assertThat(withheld.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(withheld.adds().delivered()).isEqualTo(1);
    assertThat(scene.records()).hasSize(4);
    assertThat(scene.sync(r -> r.approving(withheld.approval())).removes().delivered())
        .isEqualTo(2);
    assertThat(scene.records()).hasSize(2);
  }

  @Test
  void aMirrorsFirstRunDeletesNothing() {
    scene.mode("mirror");
    scene.write("people.records", "9: id='9' tier='old'\n");
    assertThat(scene.sync().firstRun()).isTrue();
    assertThat(scene.records()).hasSize(4);
  }

  @Test
  void anInsertLeavesAloneWhatIsThereWhateverItsValues() {
    scene.mode("insert");
    scene.write("people.records", "2: id='2' tier='old'\n");
    RunReport report = scene.sync();
    assertThat(report.adds()).isEqualTo(new Tally(3, 3, 1, 0, 0, 0, 0, 0, 0, 0));
    assertThat(scene.records()).contains("2: id='2' tier='old'").hasSize(3);
    scene.csv("id,tier\n1,bronze\n2,bronze\n3,bronze\n");
    assertThat(scene.sync().adds()).isEqualTo(sent(0, 0));
  }

  @Test
  void anUpdateOfWhatIsNotThereIsRejectedAndQuarantined() {
    scene.mode("update");
    scene.write("people.records", "2: id='2' tier='old'\n");
    RunReport report = scene.sync();
    assertThat(report.adds()).isEqualTo(new Tally(3, 1, 0, 2, 0, 0, 0, 0, 0, 0));
    assertThat(report.problems()).extracting(p -> p.code()).containsExactly("cabinet.not-there");
    assertThat(scene.records()).containsExactly("2: id='2' tier='silver'");
    assertThat(scene.sync().adds()).isEqualTo(new Tally(2, 0, 0, 0, 0, 0, 0, 0, 2, 0));
    scene.write("people.records", "1: id='1' tier='old'\n2: id='2' tier='silver'\n");
    assertThat(scene.sync(r -> r.retryingRejected()).adds().delivered()).isEqualTo(1);
    assertThat(scene.records()).contains("1: id='1' tier='gold'");
  }

  @Test
  void aKeyOfSeveralFieldsIsOneKey() {
    scene.records("stock", "shop", "item").mode("mirror").budget(100, 10);
    scene.csv("item,count,shop\na,1,north\nb,2,north\na,3,south\n");
    scene.sync();
    scene.csv("item,count,shop\na,1,north\na,4,south\n");
    RunReport report = scene.sync();
    assertThat(report.adds()).isEqualTo(sent(1, 1));
    assertThat(report.removes()).isEqualTo(sent(1, 1));
    assertThat(scene.records())
        .containsExactly(
            "north/a: item='a' count='1' shop='north'", "south/a: item='a' count='4' shop='south'");
    assertThat(scene.batches().subList(1, 3)).containsExactly("DELETE north/b", "UPSERT south/a");
  }

  @Test
  void textsThatLookLikeOneKeyWhenTheyAreJoinedAreTwo() {
    scene.records("stock", "shop", "item");
    scene.csv("shop;item;count\n\"a\",\"b;c;1\n\"a\";b\",\"c;2\n".replace("\"", "'"));
    assertThat(scene.sync().adds()).isEqualTo(sent(2, 2));
  }

  @Test
  void valuesHaveTheTypesOfTheirColumns() {
    scene.with(
        "source",
        """
        {"type": "file", "path": "audience.csv", "query":
         "select id, 12345678901::bigint as whole, 1.50::decimal(9, 2) as exact, 0.1::double as binary,
          true as flag, date '2026-02-28' as day, timestamp '2026-02-28 13:14:15.678' as local,
          timestamptz '2026-02-28 13:14:15.678+00' as moment, null::bigint as nothing
          from file where id = '1'"}
        """
            .replace("\n", " "));
    scene.sync();
    assertThat(scene.records())
        .containsExactly(
            "1: id='1' whole=12345678901 exact=1.50 binary=0.1 flag=true day=2026-02-28"
                + " local=2026-02-28T13:14:15.678 moment=2026-02-28T13:14:15.678Z nothing=null");
  }

  @Test
  void aFieldMoreIsAnotherRecordForEveryRow() {
    scene.sync();
    scene.with(
        "mapping",
        """
        [{"column": "id", "field": "id"}, {"column": "tier", "field": "tier"},
         {"constant": "shop", "field": "origin"}]""");
    assertThat(scene.sync().adds()).isEqualTo(sent(3, 3));
    assertThat(scene.records()).contains("1: id='1' tier='gold' origin='shop'");
    assertThat(scene.sync().adds()).isEqualTo(sent(0, 0));
  }

  @Test
  void whatWasNotAppliedStandsAsItWasAndIsSentAgain() {
    scene.sync();
    scene.csv("id,tier\n1,bronze\n2,bronze\n3,bronze\n");
    scene.answer("1", "retryable").answer("2", "rejected");
    RunReport report = scene.sync();
    assertThat(report.adds()).isEqualTo(new Tally(3, 1, 0, 1, 1, 0, 0, 0, 0, 0));
    scene.answerAll().csv("id,tier\n1,gold\n2,silver\n3,bronze\n");
    // 1 is as it was before; what the rejected write of 2 left there, nobody saw.
    assertThat(scene.sync(r -> r.retryingRejected()).adds())
        .isEqualTo(new Tally(1, 1, 1, 0, 0, 0, 0, 0, 0, 0));
    assertThat(scene.records())
        .containsExactly(
            "1: id='1' tier='gold'", "2: id='2' tier='silver'", "3: id='3' tier='bronze'");
  }

  @Test
  void aWriteAfterOneThatNobodyAnsweredIsSentAgainUntilTheEarlierCanNoLongerArrive() {
    scene.csv("id,tier\n1,gold\n").answer("1", "unknown");
    scene.sync();
    scene.answerAll().csv("id,tier\n1,silver\n");
    assertThat(scene.sync().adds()).isEqualTo(sent(1, 1));
    // The gold one may still overwrite it.
    assertThat(scene.sync().adds().planned()).isEqualTo(1);
    scene.later(Duration.ofMinutes(16));
    assertThat(scene.sync().adds().planned()).isEqualTo(1);
    assertThat(scene.sync().adds().planned()).isZero();
  }

  @Test
  void attemptsOfOneRunOnOneRecordAreTheSameWrite() {
    scene
        .with("delivery", "{\"attempts\": 1}")
        .csv("id,tier\n1,gold\n")
        .answer("1", "unknown-done");
    scene.sync();
    scene.answerAll().later(Duration.ofMinutes(16));
    scene.sync();
    assertThat(scene.sync().adds().planned()).isZero();
  }

  @Test
  void keysThatStandTwiceWithDifferentValuesAreRefusedAndEqualRowsAreCounted() {
    scene.csv("id,tier\n1,gold\n1,gold\n2,gold\n");
    assertThat(scene.sync().source()).isEqualTo(new RunReport.Source(3, 2, 1, 0, 0));
    scene.csv("id,tier\n1,gold\n1,silver\n2,gold\n3,a\n3,b\n");
    assertThatThrownBy(() -> scene.sync())
        .hasMessageContaining("2 keys stand in")
        .hasMessageContaining("several times with different values");
    scene.csv("id,tier\n1,gold\n1,silver\n2,gold\n");
    assertThatThrownBy(() -> scene.sync()).hasMessageContaining("1 key stands in");
    assertThat(scene.batches()).hasSize(1);
  }

  @Test
  void anotherKeyIsAnotherLedgerAndIsRefused() {
    scene.sync();
    scene.records("people", "id", "tier");
    assertThatThrownBy(() -> scene.sync())
        .hasMessageContaining("knows records by their key id, and the manifest now says id, tier");
  }

  @Test
  void aSecondSyncOnTheSameTableIsRefusedUnlessBothOnlyInsert() {
    scene.sync();
    assertThatThrownBy(() -> scene.another("others").sync()).hasMessageContaining("holds cabinet");
    Scene first = scene.another("first").records("log", "id").mode("insert");
    first.sync();
    assertThat(first.another("second").sync().adds())
        .isEqualTo(new Tally(3, 3, 3, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aPlanOfRecordsIsWhatRuns() {
    PlanReport plan = scene.plan();
    assertThat(plan.adds().offered()).isEqualTo(3);
    scene.csv("id,tier\n9,new\n");
    assertThat(scene.sync(r -> r.following(plan.plan())).adds()).isEqualTo(sent(3, 3));
    assertThat(scene.records()).hasSize(3);
  }

  @Test
  void whyTellsOfARecordByItsKey() {
    scene.sync();
    assertThat(why("1").next().because())
        .isEqualTo("It is in the source and in the target with the same values.");
    scene.csv("id,tier\n1,silver\n");
    WhyReport changed = why("1");
    assertThat(changed.next().action()).isEqualTo(WhyReport.Action.WRITE);
    assertThat(changed.next().because())
        .isEqualTo("It is in the source with other values than it was sent with last.");
    assertThat(changed.attempts()).extracting(a -> a.direction()).containsExactly("upsert");
    assertThat(why("2").next().because())
        .isEqualTo("It is not in the source, but upsert mode deletes nothing.");
    scene.mode("mirror").budget(100, 10);
    assertThat(why("2").next().action()).isEqualTo(WhyReport.Action.DELETE);
  }

  private WhyReport why(String key) {
    return scene.ask(host -> host.why(scene.manifestFile().toString(), key, false));
  }

  @Test
  void aRecordIsForgottenByItsKey() {
    scene.sync();
    assertThat(scene.ask(host -> host.forget("1", null, false)).syncs())
        .extracting(s -> s.ledgers())
        .containsExactly(1);
    assertThat(scene.sync().adds()).isEqualTo(new Tally(1, 1, 1, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aRowWithoutAKeyIsCountedAndLeftOut() {
    scene.csv("id,tier\n,gold\n2,gold\n");
    assertThat(scene.sync().source()).isEqualTo(new RunReport.Source(2, 1, 0, 1, 0));
    assertThat(scene.records()).isEqualTo(List.of("2: id='2' tier='gold'"));
  }

  @Test
  void aKilledRunIsMadeGoodByTheNext() {
    scene.sync();
    scene.csv("id,tier\n1,bronze\n2,bronze\n3,bronze\n");
    scene.answer("*", "unknown-done");
    assertThat(scene.sync().adds().unknown()).isEqualTo(3);
    scene.answerAll().later(Duration.ofMinutes(16));
    assertThat(scene.sync().adds()).isEqualTo(new Tally(3, 3, 3, 0, 0, 0, 0, 0, 0, 0));
    assertThat(scene.sync().adds().planned()).isZero();
  }
}
