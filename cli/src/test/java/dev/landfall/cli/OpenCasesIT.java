package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From Case Sync files to a table, to case histories, to a group, by the README's own lines. */
class OpenCasesIT {

  private static final String PROMPT = "    ./landfall ";

  @TempDir private Path folder;
  private Landfall landfall = new Landfall(Path.of(""));

  @BeforeEach
  void aCopyOfTheManifests() throws IOException {
    landfall = new Landfall(folder);
    Path from = Landfall.HOME.resolve("manifests");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, folder.resolve("manifests").resolve(from.relativize(file).toString()));
      }
    }
  }

  /** The section's lines of code: the commands, and behind them what one of them prints. */
  private static List<String> section() {
    try {
      String readme = Files.readString(Path.of("../README.md"));
      int begin = readme.indexOf("## Case histories\n");
      return readme
          .substring(begin, readme.indexOf("\n## ", begin))
          .lines()
          .filter(line -> line.startsWith("    ") || line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Ended> commands() {
    return section().stream()
        .filter(line -> line.startsWith(PROMPT))
        .map(line -> landfall.run(line.substring(PROMPT.length()).split(" ")))
        .toList();
  }

  private JsonNode sync(String... more) {
    return landfall
        .run(Stream.concat(Stream.of("sync", "--json"), Stream.of(more)).toArray(String[]::new))
        .json();
  }

  @Test
  void theCommandsOfTheReadmeLoadCasesPrintOneAndFillTheGroup() {
    List<Ended> ended = commands();

    assertThat(ended).extracting(Ended::code).containsExactly(1, 0, 0, 0);
    assertThat(ended.get(0).out())
        .contains("101 rows, 101 records, 1 kept aside", "101 planned: 101 delivered")
        .contains("Done, but 1 piece of the source was kept aside,");
    assertThat(ended.get(1).out()).contains("22 planned: 22 delivered");
    String shown =
        String.join("\n", section().stream().map(line -> line.replaceFirst("^ {4}", "")).toList());
    assertThat(shown).contains(ended.get(2).out().strip());
    assertThat(ended.get(3).out()).contains("9 rows, 9 members", "9 planned: 9 delivered");
    assertThat(landfall.run("failures", "case-updates").out())
        .contains("CaseUpdatesSync_20130906.txt", "10");
    assertThat(landfall.run("history").out()).contains("case-updates: table case_updates");

    assertThat(commands()).extracting(Ended::code).containsOnly(0);
  }

  @Test
  void aCaseThatIsClosedTakesItsMemberOutOfTheGroupAndANewOnePutsOneIn() throws IOException {
    commands();

    Files.writeString(
        folder.resolve("manifests/samples/case-sync/CaseUpdatesSync_20130908.txt"),
        """
        1024|2013-09-08 08:00:00.000||CLSD||||121|||%s||Ada|Evans
        2000|2013-09-08 08:00:00.000||OPEN||G|PI|121|Points are missing.||4711||Ada|Evans
        """
            .formatted(memberOf("1024")));
    JsonNode updates = sync("manifests/case-sync.json");
    assertThat(updates.at("/adds/delivered").intValue()).isEqualTo(2);

    JsonNode members = sync("manifests/open-case-members.json", "--sandbox");
    assertThat(members.at("/adds/delivered").intValue()).isOne();
    assertThat(members.at("/removes/delivered").intValue()).isOne();
    assertThat(members.at("/status").stringValue()).isEqualTo("COMPLETED");
  }

  @Test
  void aDatabaseThatIsGoneIsToldOfAndNotTakenForOneThatHasItAll() throws IOException {
    landfall.run("sync", "manifests/case-sync.json");
    Files.delete(folder.resolve(".landfall/cases.duckdb"));

    Ended gone = landfall.run("sync", "manifests/case-sync.json");
    assertThat(gone.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(gone.out()).contains("table.gone", "--full");
    assertThat(folder.resolve(".landfall/cases.duckdb")).doesNotExist();

    assertThat(landfall.run("sync", "manifests/case-sync.json", "--full").out())
        .contains("101 planned: 101 delivered");
  }

  @Test
  void checkSaysWhichColumnsAreMissing() throws Exception {
    landfall.run("sync", "manifests/case-sync.json");
    assertThat(landfall.run("check", "manifests/case-sync.json").code()).isZero();
    try (Connection database =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(".landfall/cases.duckdb"));
        Statement statement = database.createStatement()) {
      statement.execute("drop view case_state");
      statement.execute("drop view case_timeline");
      statement.execute("alter table case_updates drop column location");
    }

    Ended ended = landfall.run("check", "manifests/case-sync.json");

    assertThat(ended.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(ended.out()).contains("The target lacks fields that the sync fills: location.");
  }

  private String memberOf(String number) {
    return landfall
        .run("cases", "--db", "jdbc:duckdb:.landfall/cases.duckdb", number, "--json")
        .json()
        .at("/case/member_internal_id")
        .stringValue();
  }
}
