package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The README's first command, by somebody who has just built Landfall. */
class FirstCommandIT {

  private static final String MANIFEST =
      Landfall.HOME.resolve("manifests/vip-members.json").toString();

  @TempDir private Path folder;
  private Landfall landfall = new Landfall(Path.of(""));

  @BeforeEach
  void start() {
    landfall = new Landfall(folder);
  }

  @Test
  void theFirstRunAddsWhoCanBeAddedAndSaysWhoFailedAndTheSecondSendsNothing() {
    Ended first = landfall.run("sync", MANIFEST, "--sandbox");

    assertThat(first.code()).isEqualTo(ExitCode.RECORDS_FAILED);
    assertThat(first.out())
        .contains("3,013 rows, 2,992 members, 15 duplicates, 6 without an id")
        .contains("2,992 planned: 2,970 delivered, 22 rejected")
        .contains("it removes nobody")
        .contains("14 × kognitiv.member-not-found", "> Verify that the member exists")
        .contains("8 × kognitiv.member-inactive", "failures.jsonl");

    Ended second = landfall.run("sync", MANIFEST, "--sandbox");

    assertThat(second.code()).isZero();
    assertThat(second.out())
        .contains("22 planned: 22 in quarantine", "--retry-rejected", "nothing to send");
  }

  @Test
  void jsonIsOneDocumentWithEveryCount() {
    Ended ended = landfall.run("sync", MANIFEST, "--sandbox", "--json");

    JsonNode report = ended.json();
    assertThat(report.get("status").asString()).isEqualTo("COMPLETED_WITH_FAILURES");
    assertThat(report.get("firstRun").asBoolean()).isTrue();
    assertThat(report.get("adds").propertyNames())
        .containsExactly(
            "planned",
            "delivered",
            "unchanged",
            "rejected",
            "retryable",
            "unknown",
            "accepted",
            "withheld",
            "quarantined",
            "notAttempted");
    assertThat(report.get("adds").get("delivered").asInt()).isEqualTo(2_970);
    assertThat(report.get("source").get("blank").asInt()).isEqualTo(6);
    assertThat(report.get("problems").get(0).propertyNames())
        .containsExactly("code", "count", "message", "remedy");
  }

  @Test
  void aPlanIsWhatRuns() {
    Ended plan = landfall.run("plan", MANIFEST, "--sandbox");

    assertThat(plan.code()).isZero();
    assertThat(plan.out()).contains("2,992 changes").contains("Nothing was sent");
    String command =
        plan.out().lines().filter(l -> l.contains("--plan")).findFirst().orElseThrow().strip();
    String id = command.substring(command.indexOf("--plan ") + 7);

    Ended sync = landfall.run("sync", MANIFEST, "--sandbox", "--plan", id, "--json");

    assertThat(sync.json().get("plan").asString()).isEqualTo(id);
    assertThat(sync.json().get("adds").get("delivered").asInt()).isEqualTo(2_970);
  }

  @Test
  void everyLineFitsIntoATerminalExceptWhatIsThereToBeCopied() {
    for (String[] command :
        new String[][] {
          {"--help"},
          {"sync", "--help"},
          {"connectors"},
          {"connectors", "kognitiv"},
          {"connectors", "kognitiv-case-sync"},
          {"connectors", "table"},
          {"check", MANIFEST, "--sandbox"},
          {"sync", MANIFEST, "--sandbox"}
        }) {
      Ended ended = landfall.run(command);
      assertThat((ended.out() + ended.err()).lines().filter(l -> !l.contains("/")))
          .as(String.join(" ", command))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
  }

  @Test
  void checkLooksAtCredentialsAndGroup() {
    Ended ended = landfall.run("check", MANIFEST, "--sandbox");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("passed").contains("VIP-2026");
  }

  @Test
  void theConnectorIsListedAndDescribed() {
    assertThat(landfall.run("connectors").out()).contains("kognitiv", "add, remove, mirror");
    assertThat(landfall.run("connectors", "kognitiv").out())
        .contains("apiBaseUrl *", "groupExternalReference *", "member_internal_id *");
    assertThat(landfall.run("connectors", "--json").json().get("connectors").get(0).get("name"))
        .hasToString("\"Kognitiv Inspire\"");
    Ended unknown = landfall.run("connectors", "kognitv");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.out()).contains("Did you mean \"kognitiv\"?");
    assertThat(landfall.run("connectors", "kognitiv-case-syn").out())
        .contains("Did you mean \"kognitiv-case-sync\"?");
  }

  @Test
  void theSourceIsListedAndDescribed() {
    assertThat(landfall.run("connectors").out())
        .contains("kognitiv-case-sync", "streams: case_updates,");
    assertThat(landfall.run("connectors", "kognitiv-case-sync").out())
        .contains("folder *", "Stream case_updates", "case_open_summary", "instant");
    assertThat(landfall.run("connectors", "--json").json().at("/sources/0/connector"))
        .hasToString("\"kognitiv-case-sync\"");
  }
}
