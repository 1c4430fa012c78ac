package dev.landfall.host.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Secret;
import dev.landfall.host.HostException;
import dev.landfall.host.jdbc.JdbcDrivers;
import dev.landfall.host.jdbc.JdbcRequest;
import dev.landfall.host.jdbc.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRefusalTest {

  /** Stands for a record's value; no message may hold it. */
  private static final String CANARY = "canary4711";

  @TempDir private Path folder;
  private SqlSource source;

  @BeforeEach
  void aTableThatNobodyMayChange() {
    source = new SqlSource(folder);
    Postgres.run(
        "drop table if exists precious cascade",
        "drop sequence if exists counter",
        "create table precious (id text, mail text)",
        "insert into precious values ('7', '" + CANARY + "')",
        "create sequence counter",
        "create or replace function sneaky() returns text language sql as"
            + " $$ insert into precious values ('8', 'x') returning id $$");
  }

  @AfterEach
  void nothingWasWritten() {
    source.close();
    assertThat(Postgres.value("select string_agg(id, ',') from precious")).isEqualTo("7");
    assertThat(Postgres.value("select is_called from counter")).isEqualTo("f");
    assertThat(Postgres.value("select count(*) from pg_class where relname = 'stolen'"))
        .isEqualTo("0");
    assertThat(
            Postgres.value(
                "select count(*) from pg_stat_activity where application_name = 'Landfall'"
                    + " and state like 'idle in%'"))
        .as("transactions left open")
        .isEqualTo("0");
  }

  private Problem refused(String query) {
    return refused(source.request(query));
  }

  private Problem refused(JdbcRequest request) {
    HostException e = catchThrowableOfType(HostException.class, () -> source.read(request));
    return looked(e);
  }

  private Problem looked(@Nullable HostException e) {
    assertThat(e).as("refusal").isNotNull().hasNoCause();
    assertThat(e.getSuppressed()).isEmpty();
    assertThat(e.problem().toString())
        .doesNotContain(CANARY)
        .doesNotContain(Postgres.PASSWORD)
        .doesNotContain("jdbc:postgresql://")
        .doesNotContain("\n");
    assertThat(e.problem().remedy()).isNotBlank();
    assertThat(source.left()).as("left behind").noneMatch(f -> f.contains("duckdb"));
    return e.problem();
  }

  private static JdbcRequest asReader(@Nullable String password, String query) {
    return new JdbcRequest(
        Postgres.url(),
        Postgres.READER,
        password == null ? null : Secret.of(password),
        query,
        JdbcRequest.CONNECT_TIME_LIMIT);
  }

  private static JdbcRequest at(String url) {
    return new JdbcRequest(url, "postgres", null, "select 1 as id", Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into precious values ('8', 'x') returning id",
        "delete from precious returning id",
        "copy precious to program 'cat'",
        "copy (select 1) to '/tmp/stolen'",
        "call anything()",
        "do $$ begin end $$",
        "set transaction read write",
        "commit",
        "explain analyze select 1 as id",
        "/* select */ truncate precious",
        "-- select\ndelete from precious",
        "('select')"
      })
  void aStatementThatIsNoSelect(String query) {
    Problem problem = refused(query);

    assertThat(problem.code()).isEqualTo("source.query");
    assertThat(problem.message()).contains("is no SELECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 as id; select 2",
        "select 1 as id; commit; insert into precious values ('8', 'x')",
        "select '\\'; commit; delete from precious; --' as id",
        "select 1 as id -- ';\n; delete from precious",
        "select $$;$$ as id; delete from precious",
        "select 1 as id /* ; */; delete from precious",
        "select 'open as id; delete from precious"
      })
  void moreThanOneStatement(String query) {
    assertThat(refused(query).message()).contains("more than one statement");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ;", "-- nothing", "/* nothing */"})
  void noStatement(String query) {
    assertThat(refused(query).message()).contains("holds no statement");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with gone as (delete from precious returning id) select id from gone",
        "select nextval('counter') as id",
        "select id from precious for update",
        "select sneaky() as id",
        "select set_config('transaction_read_only', 'off', true) as id, sneaky()"
      })
  void aSelectThatWrites(String query) {
    Problem problem = refused(query);

    assertThat(problem.code()).isEqualTo("source.query-writes");
    assertThat(problem.kind()).isEqualTo(ProblemKind.CONFIGURATION);
    assertThat(problem.message()).contains("SQLSTATE 25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with new as (insert into precious values ('8', 'x') returning id) select * from new",
        "select id into stolen from precious",
        "select id from precious INTO outfile '/tmp/stolen'"
      })
  void aSelectIntoSomething(String query) {
    assertThat(refused(query).code()).isEqualTo("source.query-writes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from dblink('host=far.example', 'select 1') as t(id text)",
        "select id, DbLink_Exec('x', 'y') from precious",
        "select \"dblink\"  ('x', 'y') as id",
        "select public.dblink_connect('x') as id",
        "select pg_read_file('/etc/passwd') as id",
        "select pg_ls_dir('.') as id",
        "select id from openrowset('a', 'b', 'c')",
        "select load_file('/etc/passwd') as id",
        "select utl_http.request('http://far.example') as id from dual"
      })
  void aSelectThatReachesBeyondTheDatabase(String query) {
    Problem problem = refused(query);

    assertThat(problem.code()).isEqualTo("source.query-reaches");
    assertThat(problem.message()).doesNotContain("far.example");
  }

  @Test
  void wordsThatOnlyLookDangerousAreNone() {
    assertThat(
            source
                .read(
                    "select id, 'into x dblink(' as into_date, 1 as \"into\" /* into x */"
                        + " from (select id, 7 as dblink from precious) as my_dblink (id)")
                .members())
        .isPositive();
  }

  @Test
  void aUrlThatTellsTheDriverToIgnoreReadOnlyDoesNotHelp() {
    JdbcRequest request =
        new JdbcRequest(
            Postgres.url() + "?readOnlyMode=ignore",
            "postgres",
            null,
            "select sneaky() as id",
            JdbcRequest.CONNECT_TIME_LIMIT);

    assertThat(refused(request).code()).isEqualTo("source.query-writes");
  }

  @Test
  void whatIsWrongWithTheWordsOfTheQueryIsToldInThoseOfTheDatabase() {
    assertThat(refused("select id from nowhere").message())
        .contains("relation \"nowhere\" does not exist")
        .contains("SQLSTATE 42P01");
    assertThat(refused("select idd from precious").message())
        .contains("column \"idd\" does not exist");
    assertThat(refused("select id from precious wher id = '7'").message())
        .contains("syntax error at or near");
    assertThat(refused("select id from nowhere").code()).isEqualTo("source.query");
  }

  @Test
  void aColumnThatTheMappingNeedsIsMissing() {
    Problem problem = refused("select id as i_d from precious");

    assertThat(problem.code()).isEqualTo("source.column-missing");
    assertThat(problem.message())
        .contains("no column \"id\" (nearest: \"i_d\") in what the source's query gives");
  }

  @Test
  void aColumnThatIsGivenTwice() {
    assertThat(refused("select id, mail as \"ID\" from precious").message())
        .contains("column \"ID\" twice");
  }

  @Test
  void aColumnWithoutAText() {
    for (String id : new String[] {"array[id]", "'\\x00'::bytea", "precious"}) {
      assertThat(refused("select " + id + " as id from precious").code())
          .as(id)
          .isEqualTo("source.column-type");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"71291.5::numeric", "71291.50::numeric(10, 2)", "7.5::real", "1e17::float8"})
  void anIdWithAFraction(String id) {
    Problem problem = refused("select " + id + " as id");

    assertThat(problem.code()).isEqualTo("source.id-fraction");
    assertThat(problem.message()).contains("what the source's query gives").doesNotContain("71291");
  }

  @Test
  void aValueThatHasNoText() {
    for (String name :
        new String[] {"'NaN'::numeric", "'infinity'::date", "'-infinity'::timestamptz"}) {
      Problem problem =
          refused(
              "select i as id, case when i = 3 then "
                  + name
                  + " end as name from generate_series(1, 9) i");

      assertThat(problem.code()).as(name).isEqualTo("source.value");
      assertThat(problem.message()).contains("Row 3 ").contains("\"name\"");
    }
  }

  @Test
  void aQueryThatFailsHalfWay() {
    Problem problem =
        refused("select i as id, 1 / (100000 - i) as name from generate_series(1, 200000) as i");

    assertThat(problem.code()).isEqualTo("source.query-failed");
    assertThat(problem.kind()).isEqualTo(ProblemKind.CONFIGURATION);
    assertThat(problem.message())
        .containsPattern("after 9\\d,\\d{3} rows \\(SQLSTATE 22012\\)")
        .contains("Nothing was planned or sent");
  }

  @Test
  void aValueThatDoesNotConvertIsNotQuoted() {
    Problem problem = refused("select mail::integer as id from precious");

    assertThat(problem.code()).isEqualTo("source.query-failed");
    assertThat(problem.message()).contains("SQLSTATE 22P02");
  }

  @Test
  void whatAFunctionSaysWhileItRunsIsNotQuoted() {
    Postgres.run(
        "create or replace function dynamic(what text) returns text language plpgsql as"
            + " $$ begin execute 'select ' || what; end $$");

    Problem problem = refused("select dynamic(mail) as id from precious");

    assertThat(problem.message()).contains("SQLSTATE 42703");
  }

  @Test
  void aConnectionThatIsCutHalfWay() {
    Problem problem =
        refused(
            "select i as id, case when i = 50000 then pg_terminate_backend(pg_backend_pid()) end"
                + " from generate_series(1, 100000) as i");

    assertThat(problem.code()).isEqualTo("source.unreachable");
    assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE);
    assertThat(problem.message()).contains("was lost after 4").contains("SQLSTATE 57P01");
  }

  @Test
  void aQueryThatTheDatabaseGaveUp() {
    JdbcRequest request =
        new JdbcRequest(
            Postgres.url() + "?options=-c%20statement_timeout=50",
            "postgres",
            null,
            "select pg_sleep(30) as id",
            JdbcRequest.CONNECT_TIME_LIMIT);

    Problem problem = refused(request);

    assertThat(problem.code()).isEqualTo("source.query-failed");
    assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE);
    assertThat(problem.message()).contains("SQLSTATE 57014");
  }

  @Test
  void aWrongOrMissingPassword() {
    for (String password : new String[] {"wrong", null}) {
      Problem problem = refused(asReader(password, "select 1 as id"));

      assertThat(problem.code()).isEqualTo("source.credentials");
      assertThat(problem.kind()).isEqualTo(ProblemKind.AUTHENTICATION);
    }
  }

  @Test
  void aTableThatTheUserMayNotRead() {
    Problem problem = refused(asReader(Postgres.PASSWORD, "select id from precious"));

    assertThat(problem.code()).isEqualTo("source.permission");
    assertThat(problem.kind()).isEqualTo(ProblemKind.PERMISSION);
    assertThat(source.read(asReader(Postgres.PASSWORD, "select 7 as id")).members()).isOne();
  }

  @Test
  void aDatabaseThatIsNotThere() {
    Problem problem = refused(at(Postgres.url().replace("/postgres", "/nowhere")));

    assertThat(problem.code()).isEqualTo("source.database-missing");
    assertThat(problem.kind()).isEqualTo(ProblemKind.CONFIGURATION);
  }

  @Test
  void aServerThatIsNotThere() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }

    Problem problem = refused(at("jdbc:postgresql://localhost:" + port + "/postgres"));

    assertThat(problem.code()).isEqualTo("source.unreachable");
    assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE);
    assertThat(problem.message()).contains("SQLSTATE 08001");
  }

  @Test
  void aServerThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Problem problem =
          refused(at("jdbc:postgresql://localhost:" + silent.getLocalPort() + "/postgres"));

      assertThat(problem.code()).isEqualTo("source.unreachable");
    }
  }

  @Test
  void aUrlThatNoDriverTakes() {
    Problem problem = refused(at("jdbc:nosuch://" + CANARY + "/db"));

    assertThat(problem.code()).isEqualTo("source.driver-missing");
    assertThat(problem.message())
        .contains(folder.resolve("drivers").toString())
        .contains("begins with jdbc:nosuch:.");
  }

  @Test
  void aFolderWithoutDrivers() {
    try (JdbcDrivers none = JdbcDrivers.in(folder.resolve("none"))) {
      Problem problem =
          looked(
              catchThrowableOfType(
                  HostException.class, () -> source.read(source.request("select 1 as id"), none)));

      assertThat(problem.code()).isEqualTo("source.driver-missing");
      assertThat(problem.message()).contains("jdbc:postgresql:");
    }
  }

  @Test
  void aDriverThatCannotBeLoadedHarmsNoOther() throws IOException {
    Files.writeString(folder.resolve("drivers/a-broken.jar"), "no jar");
    Files.writeString(folder.resolve("drivers/README.txt"), "no driver");

    assertThat(source.read("select 7 as id").members()).isOne();
  }

  @Test
  void aDriverMayLieInAFolderWithItsLibraries() throws IOException {
    Path own = Files.createDirectories(folder.resolve("others/postgresql"));
    Postgres.driverIn(own);
    try (JdbcDrivers drivers = JdbcDrivers.in(folder.resolve("others"))) {
      assertThat(source.read(source.request("select 7 as id"), drivers).members()).isOne();
    }
  }

  /** Two copies of it in one process lose the ledger's rows. */
  @Test
  void aSecondDuckDbIsNotLoaded() throws Exception {
    Path jar =
        Path.of(
            org.duckdb.DuckDBDriver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    Files.copy(jar, folder.resolve("drivers/duckdb.jar"));

    Problem problem = refused(at("jdbc:duckdb:"));

    assertThat(problem.code()).as("the host's own was asked").isEqualTo("source.missing");
    assertThat(refused(at("jdbc:other:")).message()).contains("duckdb.jar cannot be loaded");
  }
}
