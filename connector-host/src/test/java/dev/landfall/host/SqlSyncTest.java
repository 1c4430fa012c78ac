package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.jdbc.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs whose source is a query to a real PostgreSQL. */
class SqlSyncTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void thirtyMembersInATable() {
    Postgres.driverIn(folder.resolve("drivers"));
    Postgres.run(
        "drop table if exists members",
        "create table members as select i::bigint as number from generate_series(1, 30) as i",
        "grant select on members to " + Postgres.READER);
    scene = Scene.in(folder).variable("DB_PASSWORD", Postgres.PASSWORD);
    query("select number as id from members");
  }

  private Scene query(String query) {
    return scene.with(
        "source",
        """
        {"type": "sql", "url": "%s", "user": "%s", "password": {"env": "DB_PASSWORD"},
         "query": "%s"}"""
            .formatted(Postgres.url(), Postgres.READER, query));
  }

  private Problem refused() {
    List<String> before = scene.calls();
    HostException e = catchThrowableOfType(HostException.class, scene::sync);
    assertThat(e).as("refusal").isNotNull();
    assertThat(scene.calls()).as("nothing was sent").isEqualTo(before);
    return e.problem();
  }

  @Test
  void theGroupBecomesWhatTheQueryGives() {
    RunReport first = scene.sync();

    assertThat(first.source()).isEqualTo(new RunReport.Source(30, 30, 0, 0, 0));
    assertThat(scene.members()).isEqualTo(Scene.numbers(1, 30));

    Postgres.run("delete from members where number = 7", "insert into members values (31), (null)");
    assertThat(scene.callsOf(scene::sync)).containsExactly("ADD vip 31", "REMOVE vip 7");
  }

  @Test
  void aQueryThatFailsHalfWayChangesNothing() {
    scene.sync();
    Postgres.run("insert into members select i from generate_series(31, 20000) as i");
    query("select 1 / (15000 - number) as x, number as id from members");

    assertThat(refused().code()).isEqualTo("source.query-failed");
    assertThatThrownBy(scene::plan).isInstanceOf(HostException.class);

    query("select number as id from members where number between 2 and 31");
    assertThat(scene.callsOf(scene::sync)).containsExactly("ADD vip 31", "REMOVE vip 1");
  }

  @Test
  void aQueryThatGivesNobodyRemovesNobodyUntilAPersonApproves() {
    scene.sync();
    query("select number as id from members where false");

    RunReport report = scene.sync();

    assertThat(report.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(report.removes().withheld()).isEqualTo(30);
    assertThat(scene.members()).hasSize(30);
  }

  @Test
  void aPlanThatWasKeptIsSentWithoutAskingAgain() {
    String plan = scene.plan().plan();
    Postgres.run("delete from members");

    assertThat(scene.sync(r -> r.following(plan)).adds().delivered()).isEqualTo(30);
  }

  @Test
  void aPasswordThatIsNowhereIsToldWithItsPlaceInTheManifest() {
    query("select number as id from members");
    scene.variable("DB_PASSWORD", "");

    InvalidManifest e = catchThrowableOfType(InvalidManifest.class, scene::sync);

    assertThat(e.violations()).hasSize(1);
    assertThat(e.violations().get(0).pointer()).isEqualTo("/source/password");
  }

  @Test
  void aQueryIsCheckedWithoutBeingRun() {
    query("select number as id, 1 / (number - number) as x from members");

    CheckReport report = check();

    assertThat(report.ok()).isTrue();
    assertThat(report.items()).filteredOn(i -> i.name().equals("source")).hasSize(1);
    assertThat(report.items())
        .extracting(CheckReport.Item::message)
        .contains("The query can be run, and gives \"id\", \"x\".");
  }

  @Test
  void whatIsWrongWithTheSourceFailsTheCheck() {
    scene.variable("DB_PASSWORD", "wrong");
    assertThat(failed()).isEqualTo("source.credentials");

    scene.variable("DB_PASSWORD", Postgres.PASSWORD);
    query("select nothing from members");
    assertThat(failed()).isEqualTo("source.query");
  }

  private CheckReport check() {
    return scene.ask(host -> host.check(RunRequest.of(scene.manifestFile())));
  }

  private String failed() {
    CheckReport report = check();
    assertThat(report.ok()).isFalse();
    return report.items().stream()
        .flatMap(i -> Stream.ofNullable(i.problem()))
        .map(Problem::code)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void driversLieBesideThePluginsUnlessAnotherFolderIsNamed() throws Exception {
    Files.move(folder.resolve("drivers"), folder.resolve("elsewhere"));
    assertThat(refused().code()).isEqualTo("source.driver-missing");

    try (Host host =
        Host.builder(scene.plugins(), scene.state())
            .drivers(folder.resolve("elsewhere"))
            .variables(name -> Postgres.PASSWORD)
            .build()) {
      assertThat(host.plan(RunRequest.of(scene.manifestFile())).adds().planned()).isEqualTo(30);
    }
  }

  @Test
  void whatARunLeavesBehindHoldsNoPassword() throws Exception {
    scene.sync();
    query("select number / 0 as id from members");
    refused();

    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(Postgres.PASSWORD);
      }
    }
  }
}
