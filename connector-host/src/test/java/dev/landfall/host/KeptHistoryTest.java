package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.history.Attempt;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Settlement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What runs leave behind, and for how long. */
class KeptHistoryTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 6);
  }

  private Path runs() {
    return scene.syncFolder().resolve("runs");
  }

  private List<String> kept() {
    return KeptRun.in(runs()).stream().map(KeptRun::id).toList();
  }

  private List<String> files(String run) {
    return names(runs().resolve(run));
  }

  private static List<String> names(Path in) {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Attempt> attempts(String member) {
    try (Database database = Database.inMemory(new Database.Options(false, 128, folder))) {
      List<Attempt> all = new ArrayList<>();
      KeptRun.in(runs()).forEach(run -> all.addAll(run.attempts(database, member)));
      return all;
    }
  }

  private long packed(Path file) {
    try (Database database = Database.inMemory(new Database.Options(false, 128, folder))) {
      return database.one(
          "select count(*) from read_parquet('" + file + "')", row -> row.getLong(1));
    }
  }

  @Test
  void everyAnswerOfEveryRunIsKept() {
    scene
        .csv("id\n0001\n2\n3\n4\n5\n")
        .putIntoGroup("2")
        .answer("3", "rejected")
        .answer("4", "unknown")
        .answer("5", "accepted")
        .sync();
    scene.answerAll().budget(100, 100).audience("2", "4", "7").sync();

    assertThat(attempts("1"))
        .extracting(Attempt::text, Attempt::direction, Attempt::outcome, Attempt::code)
        .containsExactly(
            tuple("0001", "remove", "delivered", null), tuple("0001", "add", "delivered", null));
    assertThat(attempts("2")).extracting(Attempt::outcome).containsExactly("unchanged");
    assertThat(attempts("3"))
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.outcome()).isEqualTo("rejected");
              assertThat(a.code()).isEqualTo("shelf.no-such-member");
              assertThat(a.message()).isEqualTo("There is no such member.");
              assertThat(a.remedy()).isEqualTo("Ask whoever keeps the shelf.");
              assertThat(a.at()).startsWith("2026-03-01T06:00:0");
            });
    assertThat(attempts("4")).extracting(Attempt::outcome).containsExactly("delivered", "unknown");
    assertThat(attempts("5")).extracting(Attempt::outcome).containsExactly("unchanged", "accepted");
    assertThat(attempts("0001")).as("by identity").isEmpty();
  }

  @Test
  void linesArePackedWhenTheRunEndsAndNotBefore() {
    scene.answer("3", "rejected").with("delivery", "{\"attempts\": 1, \"window\": 2}");
    List<String> meanwhile = new ArrayList<>();
    RunListener looking =
        new RunListener() {
          @Override
          public void settled(List<Settlement> settlements) {
            meanwhile.addAll(files(kept().get(0)));
            assertThat(attempts(settlements.get(0).change().member())).hasSize(1);
          }
        };

    RunReport report = scene.sync(r -> r, looking, new Cancellation());

    assertThat(meanwhile).contains("changes.jsonl").doesNotContain("changes.parquet");
    assertThat(files(report.run()))
        .containsExactly("changes.parquet", "failures.jsonl", "run.json");
    assertThat(files(scene.sync().run())).as("nothing to send").containsExactly("run.json");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theLinesOfARunThatWasKilledArePackedByTheNextWhateverTheLastOfThemLooksLike()
      throws IOException {
    scene.audience(1, 9).with("delivery", "{\"attempts\": 1, \"window\": 4}").answer("5", "halts");
    RunElsewhere.of(scene);
    String killed = kept().get(0);
    Path lines = runs().resolve(killed).resolve("changes.jsonl");
    Path whole = runs().resolve(killed).resolve("changes.parquet");
    String line =
        "{\"member\":\"77\",\"text\":\"77\",\"direction\":\"add\",\"outcome\":\"delivered\","
            + "\"at\":\"2026-03-01T06:00:01Z\"}\n";
    Files.writeString(lines, line + line.replace("77", "78").substring(0, 40));
    assertThat(attempts("77")).as("read as lines").hasSize(1);

    scene.answerAll().sync();

    assertThat(whole).exists();
    assertThat(lines).doesNotExist();
    assertThat(attempts("77")).hasSize(1);
    assertThat(attempts("78")).isEmpty();
    assertThat(packed(whole)).isOne();
  }

  @Test
  void theReportOfAnOlderHostIsReadWithoutWhatThatDidNotKnow() throws IOException {
    RunReport report = scene.sync();
    Path file = runs().resolve(report.run()).resolve("run.json");

    assertThat(scene.kept(report.run()).manifest()).isEqualTo(scene.manifestFile().toString());
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(" *\"manifest\".*\n", "")
            .replaceFirst(" *\"records\".*\n", "")
            .replaceFirst(",\\s*\"malformed\" : 0", ""));
    assertThat(file).content().doesNotContain("manifest", "records", "malformed");

    RunReport read = scene.kept(report.run());
    assertThat(read.manifest()).isNull();
    assertThat(read.records()).isFalse();
    assertThat(read.source()).isEqualTo(report.source());
    assertThat(read.adds()).isEqualTo(report.adds());
  }

  @Test
  void runsOlderThanNinetyDaysAreLetGo() {
    String first = scene.sync().run();
    String second = scene.later(Duration.ofDays(89)).sync().run();
    assertThat(kept()).containsExactly(second, first);

    String third = scene.later(Duration.ofDays(2)).sync().run();

    assertThat(kept()).containsExactly(third, second);
  }

  @Test
  void theManifestSaysHowLongAndTheLatestRunStaysWhateverItSays() {
    scene.with("history", "{\"keep\": \"PT1H\"}");
    scene.sync();
    String second = scene.later(Duration.ofHours(2)).sync().run();

    assertThat(kept()).containsExactly(second);
  }

  @Test
  void aRunWhoseBooksAreOpenIsKeptAndSoIsWhatIsNoRun() throws IOException {
    RunReport first = scene.sync();
    Path file = runs().resolve(first.run()).resolve("run.json");
    Files.writeString(file, Files.readString(file).replace("COMPLETED", "RUNNING"));
    Files.createDirectories(runs().resolve("20200101-by-hand"));

    scene.later(Duration.ofDays(100)).sync();

    assertThat(scene.kept(first.run()).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(runs().resolve("20200101-by-hand")).exists();
  }

  @Test
  void oldPlansAreLetGoWithTheRuns() throws IOException {
    scene.plan();
    Path plans = scene.syncFolder().resolve("plans");
    for (String name : names(plans)) {
      Files.setLastModifiedTime(
          plans.resolve(name), FileTime.from(scene.now().minus(Duration.ofDays(91))));
    }
    scene.audience(1, 7).plan();
    assertThat(names(plans)).hasSize(4);

    scene.sync();

    assertThat(names(plans)).hasSize(2);
  }

  @Test
  void howLongToKeepIsNotPartOfAPlan() {
    String plan = scene.plan().plan();
    scene.with("history", "{\"keep\": \"P1D\"}");

    assertThat(scene.sync(r -> r.following(plan)).status()).isEqualTo(RunStatus.COMPLETED);
  }
}
