package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import dev.landfall.cli.Landfall.Running;
import dev.landfall.kognitiv.sandbox.KognitivSandbox;
import dev.landfall.testkit.sandbox.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in use, and what the command then says and does. */
class FailureIT {

  @TempDir private Path folder;
  private Scene scene = null;

  @BeforeEach
  void start() {
    scene = new Scene(folder).audience(Scene.members(1, 40));
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private Ended sync(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "sync";
    arguments[1] = "vip.json";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return scene.landfall.run(arguments);
  }

  @Test
  void typosInAManifestAreToldAllAtOnceAndNothingIsContacted() {
    scene.file(
        "vip.json",
        scene
            .manifest("vip")
            .replace("mirror", "miror")
            .replace("\"column\"", "\"colum\"")
            .replace("groupExternalReference", "groupReference"));

    Ended validate = scene.landfall.run("validate", "vip.json");
    Ended sync = sync();

    assertThat(validate.code()).isEqualTo(ExitCode.USAGE);
    assertThat(validate.out())
        .contains("/mode", "/mapping/0/colum", "/destination/target/groupReference");
    assertThat(sync.code()).isEqualTo(ExitCode.USAGE);
    assertThat(sync.out()).isEqualTo(validate.out());
    assertThat(sync("--json").json().get("violations").size()).isGreaterThanOrEqualTo(3);
    assertThat(scene.sandbox.state().calls()).isEmpty();
    assertThat(folder.resolve(".landfall")).doesNotExist();
  }

  @Test
  void aSandboxWhoseFolderCannotBeUsedIsNoDefect() {
    scene.file("state", "a file, where a folder belongs");

    Ended ended = scene.landfall.run("sandbox", "kognitiv", "--state", "state", "--json");

    assertThat(ended.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(ended.json().at("/problems/0/code").asString()).isEqualTo("cli.sandbox-not-started");
    assertThat(ended.json().at("/problems/0/message").asString()).contains("cannot be used");
  }

  @Test
  void aLedgerThatMayNotGrowStopsTheRunAndLosesNobody() {
    scene.audience(Scene.members(1, 3_000));

    Ended full =
        scene
            .landfall
            .start(
                Path.of("/bin/sh"),
                "-c",
                "ulimit -f 540; exec \"$0\" \"$@\"",
                Landfall.COMMAND.toString(),
                "sync",
                "vip.json",
                "--json")
            .end();

    assertThat(full.code()).as(full.out()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(full.json().get("problems").size()).isOne();
    assertThat(full.json().at("/problems/0/code").asString()).isEqualTo("ledger.disk");
    assertThat(full.json().at("/adds/delivered").asInt())
        .as("claimed")
        .isLessThanOrEqualTo(scene.group().size());
    Ended next = sync("--json");
    assertThat(next.code()).as(next.out()).isZero();
    assertThat(scene.group()).containsExactlyInAnyOrderElementsOf(Scene.members(1, 3_000));
    assertThat(sync("--json").json().at("/adds/planned").asInt()).isZero();
  }

  @Test
  void aMissingManifestAndAWrongOptionAreUsage() {
    Ended missing = scene.landfall.run("sync", "nowhere.json");
    assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.out()).contains("nowhere.json");

    Ended option = sync("--aprove", "x");
    assertThat(option.code()).isEqualTo(ExitCode.USAGE);
    assertThat(option.err()).contains("--aprove");
  }

  @Test
  void aWrongPasswordIsSaidWithItsRemedyAndNobodyIsTouched() {
    scene.landfall.with("KOGNITIV_CLIENT_SECRET", "no longer good");

    Ended check = scene.landfall.run("check", "vip.json");
    Ended sync = sync();

    assertThat(check.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(check.out()).contains("failed", "Authentication failed", "API Security");
    assertThat(sync.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(sync.out())
        .contains("kognitiv.invalid-client-credentials", "API Security Tokens", "not attempted");
    assertThat(scene.group()).isEmpty();
  }

  @Test
  void aSecretThatIsNotThereIsNamedWithItsVariable() {
    scene.file(
        "vip.json", scene.manifest("vip").replace("KOGNITIV_CLIENT_SECRET", "KOGNITIV_SECRT"));

    Ended sync = sync();

    assertThat(sync.code()).isEqualTo(ExitCode.USAGE);
    assertThat(sync.out()).contains("KOGNITIV_SECRT", "/destination/connection/clientSecret");
  }

  @Test
  void anUnreachableHostFailsTheRunAndTheNextOneGoesOn() {
    scene.file(
        "vip.json",
        scene.manifest("vip").replace(scene.sandbox.address().toString(), "http://127.0.0.1:9"));

    Ended sync = sync();

    assertThat(sync.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(sync.out()).contains("kognitiv.");
  }

  @Test
  void anEmptiedFileRemovesNobodyUntilSomebodyApproves() {
    assertThat(sync().code()).isZero();
    scene.audience(List.of());

    Ended emptied = sync();

    assertThat(emptied.code()).isEqualTo(ExitCode.WITHHELD);
    assertThat(emptied.out()).contains("40 removals are withheld", "--approve ");
    assertThat(scene.group()).hasSize(40);

    String approval = sync("--json").json().get("approval").asString();
    assertThat(emptied.out()).contains("landfall sync vip.json --approve " + approval);
    assertThat(sync("--approve", approval).code()).isZero();
    assertThat(scene.group()).isEmpty();
  }

  @Test
  void aFileWithoutTheColumnOrWithoutARowAtAllChangesNothing() throws IOException {
    assertThat(sync().code()).isZero();

    scene.file("audience.csv", "member,tier\n1,Gold\n");
    Ended renamed = sync();
    scene.file("audience.csv", "");
    Ended empty = sync();
    Files.delete(scene.file("audience.csv"));
    Ended gone = sync();

    assertThat(renamed.code()).isEqualTo(ExitCode.USAGE);
    assertThat(renamed.out()).contains("\"id\"");
    assertThat(List.of(empty.code(), gone.code()))
        .allSatisfy(code -> assertThat(code).isIn(ExitCode.USAGE, ExitCode.RUN_FAILED));
    assertThat(gone.out()).contains("audience.csv");
    assertThat(scene.group()).hasSize(40);
  }

  @Test
  void aSecondRunAtTheSameTimeIsRefusedAndNamesTheFirst() {
    scene.sandbox.faults().inject(Fault.slow(Duration.ofMillis(100)));
    Running first = scene.landfall.start("sync", "vip.json");
    Awaitility.await().until(() -> !scene.group().isEmpty());

    Ended second = sync();

    assertThat(second.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(second.out()).contains(String.valueOf(first.process().pid()));
    assertThat(first.end().code()).isZero();
    assertThat(scene.group()).hasSize(40);
  }

  @Test
  void aSecondSyncOnTheGroupIsRefused() {
    assertThat(sync().code()).isZero();
    scene.file("other.json", scene.manifest("other"));

    Ended other = scene.landfall.run("sync", "other.json");

    assertThat(other.code()).isEqualTo(ExitCode.USAGE);
    assertThat(other.out()).contains("vip", "one query");
  }

  @Test
  void ctrlCFinishesWhatIsInFlightAndRecordsIt() {
    for (String signal : List.of("INT", "TERM")) {
      scene.sandbox.faults().inject(Fault.slow(Duration.ofMillis(50)));
      int before = scene.group().size();
      scene.audience(Scene.members(1, before + 200));
      Running sync = scene.landfall.start("sync", "vip.json", "--json");
      Awaitility.await().until(() -> scene.group().size() > before + 3);

      sync.signal(signal);
      Ended ended = sync.end();

      assertThat(ended.code()).as(signal).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(ended.json().get("status").asString()).isEqualTo("CANCELLED");
      assertThat(ended.json().get("adds").get("unknown").asInt()).isZero();
      assertThat(ended.json().get("adds").get("delivered").asInt())
          .isEqualTo(scene.group().size() - before);
      scene.sandbox.faults().clear();
    }
    assertThat(sync().code()).isZero();
    assertThat(scene.group()).hasSizeGreaterThan(200);
  }

  @Test
  void ctrlCNeedNotWaitUntilTheSourceWasRead() {
    scene.file(
        "endless.json",
        scene
            .manifest("endless")
            .replace(
                "\"audience.csv\"",
                "\"audience.csv\", \"query\": \"select id from file where (select sum(a.range"
                    + " + b.range) from range(100000000) a, range(100000000) b) > 0\""));
    for (String command : List.of("sync", "plan")) {
      Running run = scene.landfall.start(command, "endless.json", "--json");
      Awaitility.await().until(() -> reads("endless"));

      run.signal("INT");
      Ended ended = run.end();

      assertThat(ended.code()).as(command + ended.out()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(ended.out()).contains("run.broken-off");
    }
    assertThat(scene.landfall.run("history", "endless").out()).contains("interrupted");
    assertThat(scene.group()).isEmpty();
  }

  private boolean reads(String sync) throws IOException {
    Path temporary = scene.file(".landfall").resolve("syncs").resolve(sync).resolve("tmp");
    if (!Files.isDirectory(temporary)) {
      return false;
    }
    try (Stream<Path> files = Files.list(temporary)) {
      return files.findAny().isPresent();
    }
  }

  @Test
  void anOptionThatMakesNoSenseIsUsage() {
    for (String[] options :
        new String[][] {
          {"--limit", "-1"},
          {"--limit", "x"},
          {"--max-duration", "5m"},
          {"--max-duration", "PT0S"},
          {"--max-duration", "-PT5M"},
          {"--import", "nowhere.csv"}
        }) {
      Ended ended = scene.landfall.run("sync", "vip.json", options[0], options[1]);

      assertThat(ended.code()).as(options[0] + " " + options[1]).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err()).contains(options[0]).doesNotContain("java.");
      assertThat(scene.group()).isEmpty();
    }
  }

  @Test
  void aSecondCtrlCCutsOffWhatIsInFlightAndRecordsItAsUnknown() {
    scene.sandbox.faults().inject(Fault.silence().notApplied().onCalls(KognitivSandbox.ADD));
    Running sync = scene.landfall.start("sync", "vip.json", "--json");
    Awaitility.await().until(() -> scene.sandbox.state().calls(KognitivSandbox.ADD) > 0);

    sync.signal("INT");
    Awaitility.await().until(() -> Files.readString(sync.err()).contains("Ctrl-C again"));
    sync.signal("INT");
    Ended ended = sync.end();

    assertThat(ended.code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(ended.json().get("adds").get("unknown").asInt()).isEqualTo(1);
    scene.sandbox.faults().clear();
    assertThat(sync().code()).isZero();
    assertThat(scene.group()).hasSize(40);
  }
}
