package dev.landfall.host.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Outcome DELIVERED = new Outcome.Delivered(Effect.CHANGED);
  private static final Problem PROBLEM =
      new Problem(ProblemKind.RECORD, "test.rejected", "No such member.", "Correct the id.");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void inANewFile() {
    file = folder.resolve("ledger.duckdb");
  }

  /** What a process does between opening the ledger and ending, cleanly or not. */
  private interface Work {
    void on(Ledger ledger);
  }

  private void inAProcess(Work work) {
    inAProcess(NOW, work);
  }

  private void inAProcess(Instant now, Work work) {
    try (Database db = Database.inMemory(new Database.Options(false, 256, folder))) {
      db.run("attach " + Database.literal(file.toString()) + " as ledger");
      work.on(
          Ledger.open(
              db, "ledger", new Rules(Duration.ofMinutes(15)), Clock.fixed(now, ZoneOffset.UTC)));
    }
  }

  private static Change add(String member, @Nullable Standing before) {
    return new Change(1, ChangeKind.ADD, member, member, List.of(), before, false);
  }

  private static Change remove(String member, @Nullable Standing before) {
    return new Change(1, ChangeKind.REMOVE, member, member, List.of(), before, false);
  }

  private static Settlement settled(Change change, Outcome outcome) {
    return new Settlement(change, outcome, null, NOW);
  }

  private static void run(Ledger ledger, String id, long adds, long removes) {
    ledger.forRun(id, "basis", new RowShape(List.of("id"), List.of("id"), Map.of()));
    ledger.beginRun(
        false, Map.of(ChangeKind.ADD, planned(adds), ChangeKind.REMOVE, planned(removes)));
  }

  private static Tally planned(long count) {
    return new Tally(count, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void aConfirmedAddIsPresentAndIsThereInTheNextProcess() {
    inAProcess(
        ledger -> {
          run(ledger, "r1", 1, 0);
          ledger.intend(List.of(add("7", null)));
          ledger.record(List.of(settled(add("7", null), DELIVERED)));
          ledger.endRun();
        });
    inAProcess(
        ledger -> {
          Standing standing = ledger.tables().standing("7").orElseThrow();
          assertThat(standing.present()).isTrue();
          assertThat(standing.confirmed()).isTrue();
          assertThat(ledger.interrupted()).isEmpty();
        });
  }

  @Test
  void anIntentThatACrashLeftOpenIsUnknownAndStampedAndItsRunsBooksBalance() {
    inAProcess(
        ledger -> {
          run(ledger, "r1", 5, 0);
          ledger.intend(List.of(add("7", null), add("8", null)));
          ledger.record(List.of(settled(add("8", null), DELIVERED)));
        });
    inAProcess(
        NOW.plusSeconds(60),
        ledger -> {
          Standing standing = ledger.tables().standing("7").orElseThrow();
          assertThat(standing.present()).isFalse();
          assertThat(standing.addUnknownAt()).isEqualTo(NOW.plusSeconds(60));
          Ledger.InterruptedRun interrupted = ledger.interrupted().orElseThrow();
          assertThat(interrupted.id()).isEqualTo("r1");
          Tally adds = interrupted.books().get(ChangeKind.ADD);
          assertThat(adds).isEqualTo(new Tally(5, 1, 0, 0, 0, 1, 0, 0, 0, 3));
          assertThat(adds.balances()).isTrue();
          ledger.closeInterrupted(interrupted);
          assertThat(ledger.interrupted()).isEmpty();
        });
  }

  @Test
  void aConfirmedRemoveDropsTheRow() {
    Standing present = new Standing("7", true, true, null, null);
    inAProcess(
        ledger -> {
          run(ledger, "r1", 1, 0);
          ledger.intend(List.of(add("7", null)));
          ledger.record(List.of(settled(add("7", null), DELIVERED)));
          ledger.endRun();
          run(ledger, "r2", 0, 1);
          ledger.intend(List.of(remove("7", present)));
          ledger.record(List.of(settled(remove("7", present), DELIVERED)));
          ledger.endRun();
        });
    inAProcess(ledger -> assertThat(ledger.tables().standing("7")).isEmpty());
  }

  @Test
  void theGenerationMovesWithEveryCommitAndNotWithFolding() {
    String[] generation = new String[2];
    inAProcess(
        ledger -> {
          generation[0] = ledger.tables().generation();
          run(ledger, "r1", 1, 0);
          ledger.intend(List.of(add("7", null)));
          ledger.record(List.of(settled(add("7", null), DELIVERED)));
          generation[1] = ledger.tables().generation();
          assertThat(generation[1]).isNotEqualTo(generation[0]);
          ledger.endRun();
          assertThat(ledger.tables().generation()).isEqualTo(generation[1]);
        });
    inAProcess(
        ledger -> {
          assertThat(ledger.tables().generation()).isEqualTo(generation[1]);
          ledger.distrust();
          assertThat(ledger.tables().generation()).isNotEqualTo(generation[1]);
        });
  }

  @Test
  void theJournalCanBeReadBeforeItIsFolded() {
    inAProcess(
        ledger -> {
          run(ledger, "r1", 2, 0);
          ledger.intend(List.of(add("7", null), add("8", null)));
          ledger.record(List.of(settled(add("8", null), DELIVERED)));
          assertThat(ledger.tables().standing("8").orElseThrow().present()).isTrue();
          assertThat(ledger.tables().standing("7").orElseThrow().present()).isFalse();
        });
  }

  @Test
  void distrustMakesEveryRowUnknownDurably() {
    inAProcess(
        ledger -> {
          run(ledger, "r1", 1, 0);
          ledger.intend(List.of(add("7", null)));
          ledger.record(List.of(settled(add("7", null), DELIVERED)));
          ledger.endRun();
          ledger.distrust();
        });
    inAProcess(
        ledger -> {
          Standing standing = ledger.tables().standing("7").orElseThrow();
          assertThat(standing.present()).isFalse();
          assertThat(standing.confirmed()).isTrue();
        });
  }

  @Test
  void aRejectionIsRememberedUntilTheMemberIsDelivered() {
    Change again = new Change(1, ChangeKind.ADD, "7", "7", List.of(), null, true);
    inAProcess(
        ledger -> {
          run(ledger, "r1", 1, 0);
          ledger.intend(List.of(add("7", null)));
          ledger.record(List.of(settled(add("7", null), new Outcome.Rejected(PROBLEM))));
          ledger.endRun();
          assertThat(rejected(ledger)).containsExactly("7 test.rejected r1 r1");
          run(ledger, "r2", 1, 0);
          ledger.intend(List.of(again));
          ledger.record(List.of(settled(again, new Outcome.Rejected(PROBLEM))));
          ledger.endRun();
        });
    inAProcess(
        ledger -> {
          assertThat(rejected(ledger)).containsExactly("7 test.rejected r1 r2");
          run(ledger, "r3", 1, 0);
          ledger.intend(List.of(again));
          ledger.record(List.of(settled(again, DELIVERED)));
          ledger.endRun();
          assertThat(rejected(ledger)).isEmpty();
        });
  }

  private static List<String> rejected(Ledger ledger) {
    LedgerTables tables = ledger.tables();
    return tables
        .database()
        .query(
            "select member, code, first_run, last_run from " + tables.rejections(),
            r -> String.join(" ", r.getString(1), r.getString(2), r.getString(3), r.getString(4)));
  }

  @Test
  void theSameWithheldSetKeepsItsNonceAndAnotherSetVoidsIt() {
    String[] nonce = new String[1];
    inAProcess(ledger -> nonce[0] = ledger.withhold("a", 3).orElseThrow().nonce());
    inAProcess(
        ledger -> {
          assertThat(ledger.withhold("a", 3).orElseThrow().nonce()).isEqualTo(nonce[0]);
          assertThat(ledger.withhold("b", 3).orElseThrow().nonce()).isNotEqualTo(nonce[0]);
          assertThat(ledger.withhold("a", 3).orElseThrow().nonce()).isNotEqualTo(nonce[0]);
          assertThat(ledger.withhold(null, 0)).isEmpty();
          assertThat(ledger.tables().withholding()).isEmpty();
        });
  }

  @Test
  void aLedgerOfANewerHostIsRefused() {
    inAProcess(
        ledger ->
            ledger
                .tables()
                .database()
                .run(
                    "update ledger.main.meta set value = '%d' where name = 'schema'"
                        .formatted(LedgerTables.SCHEMA + 1)));
    assertThatThrownBy(() -> inAProcess(ledger -> {}))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("newer Landfall");
  }

  @Test
  void aDamagedFileIsRefusedWithAWayOut() throws Exception {
    inAProcess(ledger -> run(ledger, "r1", 0, 0));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i += 7) {
      bytes[i] ^= 0x5a;
    }
    Files.write(file, bytes);
    assertThatThrownBy(() -> inAProcess(ledger -> {})).isInstanceOf(RuntimeException.class);
  }

  @Test
  void membersTakenOverAreUnknownAndThoseAlreadyHeldStayAsTheyAre() {
    inAProcess(
        ledger -> {
          run(ledger, "r1", 1, 0);
          ledger.intend(List.of(add("7", null)));
          ledger.record(List.of(settled(add("7", null), DELIVERED)));
          ledger.endRun();
          assertThat(ledger.takeOver("(values ('7', '7'), ('8', '8')) as t(member, text)"))
              .isEqualTo(1);
          assertThat(ledger.tables().standing("7").orElseThrow().present()).isTrue();
          assertThat(ledger.tables().standing("8").orElseThrow().present()).isFalse();
        });
  }
}
