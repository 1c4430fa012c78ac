package dev.landfall.host.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.duckdb.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that an older Landfall wrote is taken on, whole or not at all. */
class MigrationTest {

  private static final Instant UNKNOWN_AT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private Path file;

  /** As the first Landfall made it, with a journal that is not folded and a run that was killed. */
  @BeforeEach
  void aLedgerOfSchema1() {
    file = folder.resolve("ledger.duckdb");
    try (Database db = inMemory()) {
      db.run(
          "attach " + Database.literal(file.toString()) + " as ledger",
          "create table ledger.main.meta(name varchar, value varchar)",
          "insert into ledger.main.meta values ('schema', '1'), ('id', 'an-id'), ('sequence', '4')",
          "create table ledger.main.standings(member varchar, text varchar, present boolean,"
              + " confirmed boolean, add_unknown_at bigint, remove_unknown_at bigint)",
          "create table ledger.main.journal(seq bigint, member varchar, text varchar,"
              + " state integer, confirmed boolean, add_unknown_at bigint,"
              + " remove_unknown_at bigint, intent integer)",
          "create table ledger.main.rejections(member varchar, kind integer, code varchar,"
              + " basis varchar, first_run varchar, last_run varchar, last_at bigint)",
          "create table ledger.main.rejection_journal(seq bigint, member varchar, kind integer,"
              + " code varchar, basis varchar, run varchar, happened_at bigint)",
          "create table ledger.main.runs(run varchar, approved boolean, finished boolean)",
          "create table ledger.main.plans(run varchar, kind integer, planned bigint,"
              + " withheld bigint, quarantined bigint)",
          "create table ledger.main.books(run varchar, kind integer, happened_at bigint,"
              + " delivered bigint, unchanged bigint, rejected bigint, retryable bigint,"
              + " unknown bigint, accepted bigint, not_attempted bigint, confirmed bigint)",
          "create table ledger.main.withholding(digest varchar, changes bigint, nonce varchar)",
          "insert into ledger.main.standings values ('1', '1', true, true, null, null),"
              + " ('2', '02', false, false, "
              + UNKNOWN_AT.toEpochMilli()
              + ", null)",
          "insert into ledger.main.rejections values ('9', 1, 'shelf.no', 'b', 'r1', 'r1', 7)",
          "insert into ledger.main.runs values ('r1', false, true), ('r2', false, false)",
          "insert into ledger.main.plans values ('r2', 1, 2, 0, 0)",
          "insert into ledger.main.books values ('r2', 1, 5, 1, 0, 0, 0, 0, 0, 0, 0)",
          "insert into ledger.main.journal values (5, '3', '3', 1, true, null, null, 0),"
              + " (6, '4', '4', 2, false, null, null, 1)");
    }
  }

  private Database inMemory() {
    return Database.inMemory(new Database.Options(false, 128, folder));
  }

  private static Ledger open(Database db, Path file) {
    Ledger.attach(db, file, false);
    return Ledger.open(db, "ledger", new Rules(Duration.ofMinutes(15)), Clock.systemUTC());
  }

  private static void holdsWhatItHeld(LedgerTables ledger) {
    assertThat(ledger.standing("1")).contains(new Standing("1", true, true, null, null));
    assertThat(ledger.standing("2")).contains(new Standing("02", false, false, UNKNOWN_AT, null));
    assertThat(ledger.standing("3")).contains(new Standing("3", true, true, null, null));
    assertThat(ledger.standing("4").orElseThrow().present()).isFalse();
    assertThat(ledger.rejections("9")).extracting(r -> r.code()).containsExactly("shelf.no");
    assertThat(ledger.awaited()).isZero();
    assertThat(ledger.awaited("2")).isEmpty();
  }

  private int schema(Path of) {
    try (Database db = inMemory()) {
      return Ledger.attachToRead(db, of).orElseThrow().schema();
    }
  }

  @Test
  void isReadAsItIsWhereNothingMayBeWritten() throws IOException {
    byte[] before = Files.readAllBytes(file);
    try (Database db = inMemory()) {
      LedgerTables ledger = Ledger.attachToRead(db, file).orElseThrow();
      holdsWhatItHeld(ledger);
      assertThat(ledger.generation()).isEqualTo("an-id:6");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void isMadeTheNewSchemaWhenItIsOpenedToBeWritten() {
    try (Database db = inMemory()) {
      Ledger ledger = open(db, file);
      holdsWhatItHeld(ledger.tables());
      assertThat(ledger.interrupted().orElseThrow().books().get(ChangeKind.ADD))
          .isEqualTo(new Tally(2, 1, 0, 0, 0, 1, 0, 0, 0, 0));
      assertThat(ledger.outstandingShapes()).isEmpty();
    }
    assertThat(schema(file)).isEqualTo(LedgerTables.SCHEMA);
    try (Database db = inMemory()) {
      holdsWhatItHeld(open(db, file).tables());
    }
  }

  /** With receipts, and before there were records. */
  private void makeItSchema2() {
    try (Database db = inMemory()) {
      db.run(
          "attach " + Database.literal(file.toString()) + " as ledger",
          "create table ledger.main.receipts(id bigint, receipt varchar, kind integer,"
              + " shape varchar, run varchar, basis varchar)",
          "create table ledger.main.accepted(receipt bigint, place integer, live boolean,"
              + " member varchar, text varchar, others varchar, rejected_before boolean,"
              + " sent_at bigint, before_text varchar, present boolean, confirmed boolean,"
              + " add_unknown_at bigint, remove_unknown_at bigint)",
          "insert into ledger.main.receipts values (3, 'token', 1,"
              + " '{\"fields\":[\"id\"],\"key\":[\"id\"]}', 'r1', 'b')",
          "insert into ledger.main.accepted values (3, 0, true, '2', '02', '[]', false, 7, null,"
              + " false, false, null, null)",
          "update ledger.main.meta set value = '2' where name = 'schema'");
    }
  }

  @Test
  void aReceiptThatWasKeptBeforeThereWereRecordsIsStillAskedFor() {
    makeItSchema2();
    try (Database db = inMemory()) {
      Ledger ledger = open(db, file);
      RowShape shape = new RowShape(List.of("id"), List.of("id"), Map.of());
      assertThat(ledger.outstandingShapes()).containsExactly(shape);
      Outstanding receipt = ledger.outstanding(ledger.outstanding(shape).get(0)).orElseThrow();
      assertThat(receipt.rows())
          .extracting(row -> row.change().text() + " " + row.change().hash())
          .containsExactly("02 null");
      Outcome delivered = new Outcome.Delivered(Effect.UNREPORTED);
      ledger.confirm(receipt, List.of(delivered));
      assertThat(ledger.tables().standing("2").orElseThrow().present()).isTrue();
      assertThat(ledger.outstandingShapes()).isEmpty();
    }
    assertThat(schema(file)).isEqualTo(LedgerTables.SCHEMA);
  }

  @Test
  void aLedgerWithReceiptsIsReadAsItIsWhereNothingMayBeWritten() {
    makeItSchema2();
    try (Database db = inMemory()) {
      LedgerTables ledger = Ledger.attachToRead(db, file).orElseThrow();
      assertThat(ledger.standing("1")).contains(new Standing("1", true, true, null, null));
      assertThat(ledger.awaited()).isEqualTo(1);
    }
    assertThat(schema(file)).isEqualTo(2);
  }

  @Test
  void aKillInTheMiddleLeavesItAsItWas() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Killed.class.getName(),
                    file.toString(),
                    folder.toString()))
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isEqualTo(9);

    assertThat(schema(file)).isEqualTo(1);
    isReadAsItIsWhereNothingMayBeWritten();
    isMadeTheNewSchemaWhenItIsOpenedToBeWritten();
  }

  /** A process that is killed once all is migrated, and nothing committed. */
  static final class Killed {

    private Killed() {}

    /** Migrates a file: its path, and a folder for what does not fit into memory. */
    public static void main(String[] args) {
      try (Database db = Database.inMemory(new Database.Options(false, 128, Path.of(args[1])))) {
        Ledger.attach(db, Path.of(args[0]), false);
        db.transaction(
            () -> {
              LedgerSchema.migrate(LedgerTables.of(db, "ledger"));
              if (LedgerTables.of(db, "ledger").schema() == LedgerTables.SCHEMA) {
                Runtime.getRuntime().halt(9);
              }
            });
      }
    }
  }
}
