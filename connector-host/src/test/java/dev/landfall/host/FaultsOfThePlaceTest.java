package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with files and folders around a sync that has run before. */
class FaultsOfThePlaceTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 30);
    scene.sync();
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

  /** A sync goes on from where it was, once the fault is mended. */
  private void assertNothingLost() {
    assertThat(scene.audience(2, 31).callsOf(scene::sync))
        .containsExactly("ADD vip 31", "REMOVE vip 1");
  }

  @Test
  void anAudienceThatWasEmptiedRemovesNobodyUntilAPersonApproves() {
    RunReport report = scene.audience().sync();

    assertThat(report.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(report.removes().withheld()).isEqualTo(30);
    assertThat(scene.members()).hasSize(30);
    assertNothingLost();
  }

  @Test
  void aFileWithoutEvenAHeaderIsNoAudience() {
    assertRefused("source.empty", scene.csv("")::sync);
    assertNothingLost();
  }

  @Test
  void anAudienceThatIsNotThereOrCannotBeReadStopsTheRun() throws IOException {
    Files.delete(folder.resolve("audience.csv"));
    assertRefused("source.missing", scene::sync);
    assertRefused("source.missing", scene::plan);

    Files.createDirectory(folder.resolve("audience.csv"));
    assertRefused("source.folder", scene::sync);
    Files.delete(folder.resolve("audience.csv"));
    assertNothingLost();
  }

  @Test
  void aFileWithoutTheColumnOfTheIdStopsTheRun() {
    assertRefused("source.column-missing", scene.csv("member\n1\n")::sync);

    scene.with("mapping", "[{\"column\": \"number\", \"field\": \"id\"}]");
    assertRefused("source.column-missing", scene::sync).hasMessageContaining("number");
  }

  @Test
  void aQueryThatIsWrongStopsTheRun() {
    for (String query : List.of("selec id from file", "select nothing from file", "drop table x")) {
      scene.with("source", source(query));
      assertRefused("source.query", scene::sync);
    }
    scene.with("source", source("select id from file where id <> '5'"));
    assertThat(scene.sync().removes().delivered()).isOne();
  }

  private static String source(String query) {
    return "{\"type\": \"file\", \"path\": \"audience.csv\", \"query\": \"" + query + "\"}";
  }

  @Test
  void aStateFolderThatCannotBeMadeStopsTheRun() throws IOException {
    Files.move(scene.state(), folder.resolve("away"));
    Files.writeString(scene.state(), "no folder");

    assertRefused("state.unwritable", scene::sync)
        .hasMessageContaining(scene.state().toString())
        .satisfies(e -> assertThat(((HostException) e).problem().remedy()).contains("--state"));
    assertRefused("state.unwritable", scene::plan);

    Files.delete(scene.state());
    Files.move(folder.resolve("away"), scene.state());
    assertNothingLost();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp", "runs"})
  void aFolderOfTheSyncThatIsNoneStopsTheRun(String name) throws IOException {
    replaceByFile(name);

    assertRefused("state.unwritable", scene.audience(2, 31)::sync);

    Files.delete(scene.syncFolder().resolve(name));
    assertNothingLost();
  }

  @Test
  void aPlanThatCannotBeKeptIsNoPlan() throws IOException {
    scene.plan();
    replaceByFile("plans");

    assertRefused("state.unwritable", scene::plan);
    assertNothingLost();
  }

  private void replaceByFile(String name) throws IOException {
    Path path = scene.syncFolder().resolve(name);
    if (Files.exists(path)) {
      Files.move(path, folder.resolve("away-" + name));
    }
    Files.writeString(path, "no folder");
  }

  @Test
  void aRunWhoseFailuresCannotBeWrittenStopsAndKeepsItsBooks() {
    RunListener obstacle =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            makeFolder(scene.syncFolder().resolve("runs/" + planned.run() + "/failures.jsonl"));
          }
        };
    scene.audience(1, 33).answer("*", "rejected").with("delivery", "{\"window\": 1}");

    RunReport report = scene.sync(r -> r, obstacle, new Cancellation());

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.problems().get(0).code()).isEqualTo("history.unwritable");
    assertThat(report.adds().rejected()).isBetween(1L, 2L);
    assertThat(scene.kept(report.run())).isEqualTo(report);
  }

  @Test
  void aRunWhoseEndCannotBeWrittenIsClosedByTheNext() throws IOException {
    List<String> run = new ArrayList<>();
    RunListener obstacle =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            run.add(planned.run());
            makeFolder(scene.syncFolder().resolve("runs/" + planned.run() + "/run.json.new"));
          }
        };
    scene.audience(1, 33);
    assertThatThrownBy(() -> scene.sync(r -> r, obstacle, new Cancellation()))
        .isInstanceOf(HostException.class)
        .hasMessageContaining(run.get(0));
    assertThat(scene.kept(run.get(0)).status()).isEqualTo(RunStatus.RUNNING);
    Files.delete(scene.syncFolder().resolve("runs/" + run.get(0) + "/run.json.new"));

    scene.sync();

    RunReport closed = scene.kept(run.get(0));
    assertThat(closed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(closed.adds().delivered()).isEqualTo(3);
    assertThat(closed.balances()).isTrue();
  }

  private static void makeFolder(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLedgerWhoseFirstBytesAreOverwrittenIsRefused() throws IOException {
    byte[] before = Files.readAllBytes(scene.ledgerFile());
    overwrite(scene.ledgerFile(), 0, 4096);

    assertRefused("ledger.unreadable", scene::sync)
        .satisfies(e -> assertThat(((HostException) e).problem().remedy()).contains("backup"));
    assertRefused("ledger.unreadable", scene::plan);

    Files.write(scene.ledgerFile(), before);
    assertNothingLost();
  }

  @Test
  void aLedgerThatIsOverwrittenAnywhereIsRefusedOrGivesTheSamePlan() throws IOException {
    byte[] before = Files.readAllBytes(scene.ledgerFile());
    PlanReport.Side removes = scene.audience(2, 31).plan().removes();
    int refused = 0;
    for (int block = 3 * 4096; block < before.length; block += 256 * 1024) {
      overwrite(scene.ledgerFile(), block + 64, 1024);
      try {
        assertThat(scene.plan().removes()).isEqualTo(removes);
      } catch (HostException e) {
        assertThat(e.problem().code()).isEqualTo("ledger.unreadable");
        assertThat(e).hasNoCause();
        refused++;
      }
      Files.write(scene.ledgerFile(), before);
    }

    assertThat(refused).isPositive();
    assertNothingLost();
  }

  @Test
  void aLedgerThatWasCutToNothingIsRefusedRatherThanBegunAnew() throws IOException {
    byte[] before = Files.readAllBytes(scene.ledgerFile());
    Files.write(scene.ledgerFile(), new byte[0]);

    assertRefused("ledger.unreadable", scene::sync);
    assertRefused("ledger.unreadable", scene::plan);

    Files.write(scene.ledgerFile(), before);
    assertNothingLost();
  }

  private static void overwrite(Path file, int from, int length) throws IOException {
    byte[] rubbish = new byte[length];
    new Random(1).nextBytes(rubbish);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(from);
      open.write(rubbish);
    }
  }

  @Test
  void aLedgerThatIsMissingIsRefusedRatherThanBegunAnew() throws IOException {
    Path file = scene.ledgerFile();
    Files.move(file, folder.resolve("away"));

    assertRefused("ledger.missing", scene::sync)
        .hasMessageContaining(file.toString())
        .satisfies(e -> assertThat(((HostException) e).problem().remedy()).contains("backup"));
    assertRefused("ledger.missing", scene::plan);

    Files.move(folder.resolve("away"), file);
    assertNothingLost();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{}",
        "{\"mode\": \"mirror\"}",
        "{\"mode\": \"mirror\", \"ledgers\": [null]}",
        "{\"mode\": \"mirror\", \"ledgers\": [{}]}",
        "{\"mode\": \"mirror\", \"ledgers\": []}"
      })
  void aRecordOfTheLedgersThatIsDamagedIsRefusedRatherThanBegunAnew(String content)
      throws IOException {
    Path record = scene.syncFolder().resolve("sync.json");
    String before = Files.readString(record);
    Files.writeString(record, content);

    assertRefused("state.damaged", scene::sync).hasMessageContaining(record.toString());
    assertRefused("state.damaged", scene::plan);

    Files.writeString(record, before);
    assertNothingLost();
  }

  @Test
  void aRecordOfTheLedgersThatIsMissingIsRefusedRatherThanBegunAnew() throws IOException {
    Path record = scene.syncFolder().resolve("sync.json");
    Files.move(record, folder.resolve("away"));

    assertRefused("state.damaged", scene::sync).hasMessageContaining(record.toString());

    Files.move(folder.resolve("away"), record);
    assertNothingLost();
  }

  @Test
  void theRecordOfAnotherSyncThatIsDamagedIsNamed() throws IOException {
    scene.another("others").group("gold").sync();
    Path record = scene.state().resolve("syncs/others/sync.json");
    Files.writeString(record, "{}");

    assertRefused("state.damaged", scene::sync).hasMessageContaining(record.toString());
  }

  @Test
  void aFirstRunThatWasKilledWhileItMadeItsLedgerCanBePlannedAndRun() throws IOException {
    Scene fresh = scene.another("fresh").group("gold").audience(1, 2);
    fresh.sync(r -> r.limitedTo(0));
    // As a kill leaves it between making the file and its tables.
    Path record = fresh.syncFolder().resolve("sync.json");
    Files.writeString(record, Files.readString(record).replace("READY", "FRESH"));
    Files.delete(fresh.ledgerFile());
    try (var made =
        Database.open(
            fresh.syncFolder().resolve(ledgerName(record)),
            new Database.Options(false, 128, folder))) {
      made.run("select 1");
    }

    assertThat(fresh.plan().adds().offered()).isEqualTo(2);
    assertThat(fresh.sync().firstRun()).isTrue();
  }

  private static String ledgerName(Path record) throws IOException {
    return Files.readString(record).replaceAll("(?s).*(ledger-[^\"]*\\.duckdb).*", "$1");
  }
}
