package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import dev.landfall.cli.Landfall.Running;
import dev.landfall.kognitiv.sandbox.KognitivSandbox;
import dev.landfall.testkit.sandbox.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that look back: history, failures, why, forget. */
class HistoryIT {

  /** An id that the sandbox takes for that of nobody. */
  private static final String NOBODY = "9100000042";

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = new Scene(folder);
  }

  @AfterEach
  void tearDown() {
    scene.close();
  }

  private Scene audienceWithNobody() {
    List<String> members = new ArrayList<>(Scene.members(1, 20));
    members.add(NOBODY);
    return scene.audience(members);
  }

  private static void assertFits(Ended ended) {
    assertThat((ended.out() + ended.err()).lines().filter(l -> !l.contains("/")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  private JsonNode history() {
    return scene.landfall.run("history", "vip", "--json").json().get("runs");
  }

  @Test
  void historyShowsTheLastRunsFirstInEightyColumns() {
    audienceWithNobody().landfall.run("sync", "vip.json");
    scene.landfall.run("sync", "vip.json");

    Ended ended = scene.landfall.run("history");

    assertThat(ended.code()).isZero();
    assertFits(ended);
    List<String> lines = ended.out().lines().toList();
    assertThat(lines.get(0)).startsWith("vip: kognitiv ");
    assertThat(lines.get(2)).containsPattern("^[0-9a-f]{4} .* mirror +done .* 0 +0 +0 +0$");
    assertThat(lines.get(3)).containsPattern("^[0-9a-f]{4} .* mirror +some failed .* 20 +0 +1 +0$");
    assertThat(ended.out()).contains("Added     @_", "Failed    @_");
    assertThat(scene.landfall.run("history", "vip", "--limit", "1").out().lines()).hasSize(7);
    assertThat(history()).hasSize(2);
    assertThat(scene.landfall.run("history", "gold").code()).isEqualTo(ExitCode.USAGE);
    assertThat(scene.landfall.run("history", "--limit", "0").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aRunUnderWayInAnotherProcessIsSeenAndAKilledOneIsToldFromIt() {
    scene.audience(Scene.members(1, 300)).also(", \"delivery\": {\"window\": 10}");
    scene.sandbox.faults().inject(Fault.slow(Duration.ofMillis(100)).onCalls(KognitivSandbox.ADD));
    Running run = scene.landfall.start("sync", "vip.json", "--no-progress");

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              JsonNode runs = scene.landfall.run("history", "--json").json().get("runs");
              return !runs.isEmpty() && runs.get(0).get("adds").get("delivered").asInt() > 0;
            });
    assertThat(scene.landfall.run("history").out()).contains("running");
    JsonNode why = scene.landfall.run("why", "vip", "1", "--json").json();
    assertThat(why.get("underWay").asString()).contains("process " + run.process().pid());
    assertThat(why.get("audience").get("present").asBoolean()).isTrue();
    assertThat(why.get("ledger").get("state").asString()).isEqualTo("UNREAD");
    assertThat(why.get("next").get("action").asString()).isEqualTo("NOT_KNOWN");
    assertThat(scene.landfall.run("why", "vip", "1").out()).contains("is under way");
    assertThat(scene.landfall.run("forget", "1").out()).contains("state.locked");

    run.process().destroyForcibly();
    run.end();
    assertThat(scene.landfall.run("history").out()).contains("killed", "closed by the next run");
    assertThat(history().get(0).get("status").asString()).isEqualTo("KILLED");
    assertThat(scene.landfall.run("failures", "vip").out())
        .contains("was killed before its end.")
        .doesNotContain("no failure");
    scene.sandbox.faults().clear();

    assertThat(scene.landfall.run("sync", "vip.json").code()).isZero();
    assertThat(history().get(0).get("status").asString()).isEqualTo("COMPLETED");
    assertThat(history().get(1).get("status").asString()).isEqualTo("FAILED");
    assertThat(scene.group()).hasSize(300);
  }

  @Test
  void failuresAreListedForAPersonAndAsATable() {
    audienceWithNobody().landfall.run("sync", "vip.json");

    Ended ended = scene.landfall.run("failures", "vip");

    assertFits(ended);
    assertThat(ended.out())
        .contains("1 × kognitiv.member-not-found, add", "> Verify that the member exists", NOBODY);
    String run = history().get(0).get("run").asString();
    List<String> csv = scene.landfall.run("failures", run, "--csv").out().lines().toList();
    assertThat(csv.get(0)).isEqualTo("member,direction,code,message,remedy,at");
    assertThat(csv.get(1))
        .startsWith("\"" + NOBODY + "\",\"add\",\"kognitiv.member-not-found\",\"Kognitiv knows");
    assertThat(csv).hasSize(2);
    JsonNode json = scene.landfall.run("failures", run, "--json").json();
    assertThat(json.get("run").asString()).isEqualTo(run);
    assertThat(json.get("failures")).hasSize(1);
    assertThat(scene.landfall.run("failures", "20200101T000000Z-0000").code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void whoNamesASyncIsLedToItsLatestRunWithFailures() {
    audienceWithNobody().landfall.run("sync", "vip.json");
    String first = history().get(0).get("run").asString();
    scene.audience(Scene.members(1, 20)).landfall.run("sync", "vip.json");

    Ended ended = scene.landfall.run("failures", "vip");

    assertFits(ended);
    assertThat(ended.out())
        .contains("no failure.", "The latest run with failures:")
        .containsPattern("landfall failures .*" + first);
    String last = history().get(0).get("run").asString();
    assertThat(scene.landfall.run("failures", last).out())
        .as("another run was not asked for")
        .isEqualTo("Run " + last + ": no failure.\n");
  }

  @Test
  void aRunThatFailedAsAWholeIsNotSaidToHaveNoFailure() throws IOException {
    audienceWithNobody();
    Files.delete(folder.resolve("audience.csv"));
    assertThat(scene.landfall.run("sync", "vip.json").code()).isNotZero();

    assertThat(scene.landfall.run("failures", "vip").out())
        .contains("failed as a whole.", "source.missing")
        .doesNotContain("no failure");
  }

  @Test
  void aTableKeepsIdsToTheCharacterAndWarnsOfThoseThatASpreadsheetWouldTakeForFormulas() {
    scene
        .file("audience.csv", "id,tier\n\"=1+1,\"\"2\"\"\",Gold\n1,Gold\n")
        .landfall
        .run("sync", "vip.json");

    Ended ended = scene.landfall.run("failures", "vip", "--csv");

    assertThat(ended.out().lines().toList().get(1)).startsWith("\"=1+1,\"\"2\"\"\",\"add\",");
    assertThat(ended.err()).contains("1 id begins with = + - or @");
  }

  @Test
  void whySaysWhatIsKnownAndWhatComesNext() {
    audienceWithNobody().landfall.run("sync", "vip.json");
    scene.landfall.run("sync", "vip.json");

    Ended rejected = scene.landfall.run("why", "vip", "00" + NOBODY);
    Ended delivered = scene.landfall.run("why", "vip.json", "7");
    Ended unseen = scene.landfall.run("why", "vip", "4242");

    assertThat(rejected.out())
        .contains(
            "Leaves it alone until",
            "--retry-rejected",
            "kognitiv.member-not-found",
            "add: rejected");
    assertThat(delivered.out()).contains("In it: that was confirmed", "Nothing.", "add: done");
    assertThat(unseen.out()).contains("Not in it now.", "Nothing.", "No run that is kept");
    for (Ended ended : List.of(rejected, delivered, unseen)) {
      assertThat(ended.code()).isZero();
      assertFits(ended);
    }
    assertThat(scene.landfall.run("why", "gold", "7").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void howToOfferWhomQuarantineHoldsBackIsSaidWhereverAPersonLooks() {
    audienceWithNobody().landfall.run("sync", "vip.json");

    for (String[] command :
        new String[][] {
          {"plan", "vip.json"},
          {"sync", "vip.json"},
          {"history"},
          {"failures", "vip"},
          {"why", "vip", NOBODY}
        }) {
      Ended ended = scene.landfall.run(command);
      assertThat(ended.out()).as(command[0]).contains("--retry-rejected");
      assertFits(ended);
    }
  }

  @Test
  void whatIsForgottenStandsNowhereAnyMore() throws IOException {
    audienceWithNobody().landfall.run("sync", "vip.json");
    assertThat(naming()).isNotEmpty();

    Ended ended = scene.landfall.run("forget", " " + NOBODY);

    assertThat(ended.code()).isZero();
    assertFits(ended);
    assertThat(ended.out()).contains("1 rejection", "1 run", "it is added again");
    assertThat(naming()).isEmpty();
    assertThat(scene.landfall.run("forget", NOBODY).out()).contains("Nothing in .landfall named");
    assertThat(scene.landfall.run("sync", "vip.json", "--json").json().get("adds").get("rejected"))
        .hasToString("1");
  }

  private List<Path> naming() throws IOException {
    List<Path> naming = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve(".landfall"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(NOBODY)) {
          naming.add(file);
        }
      }
    }
    return naming;
  }

  @Test
  void noCommandThatLooksBackShowsACredential() {
    audienceWithNobody().landfall.run("sync", "vip.json");
    String id = scene.sandbox.tokens().clientId().reveal();
    String secret = scene.sandbox.tokens().clientSecret().reveal();
    StringBuilder said = new StringBuilder();
    for (String[] command :
        new String[][] {
          {"history", "--json"},
          {"history", "--verbose"},
          {"failures", "vip", "--json"},
          {"failures", "vip", "--csv", "--verbose"},
          {"why", "vip", NOBODY, "--json"},
          {"why", "vip", NOBODY, "--verbose"},
          {"forget", NOBODY, "--json", "--verbose"}
        }) {
      Ended ended = scene.landfall.run(command);
      assertThat(ended.code()).as(String.join(" ", command) + ended.out()).isZero();
      said.append(ended.out()).append(ended.err());
    }

    assertThat(said).contains(NOBODY).doesNotContain(id).doesNotContain(secret);
  }

  @Test
  void theSandboxIsLookedAtOnlyWhenItIsAskedFor() {
    audienceWithNobody().landfall.run("sync", "vip.json", "--sandbox");

    assertThat(scene.landfall.run("history").out()).contains("No run is kept");
    assertThat(scene.landfall.run("history", "--sandbox").out()).contains("some failed");
    assertThat(scene.landfall.run("failures", "vip", "--sandbox").out()).contains(NOBODY);
    assertThat(scene.landfall.run("why", "vip", "7", "--sandbox").out()).contains("In it:");
    Ended without = scene.landfall.run("failures", "vip");
    assertThat(without.code()).isEqualTo(ExitCode.USAGE);
    assertThat(without.out()).contains("--sandbox");
  }
}
