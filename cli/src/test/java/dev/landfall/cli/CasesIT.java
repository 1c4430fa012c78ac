package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.CaseStory.Kind;
import dev.landfall.cli.Landfall.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code landfall cases} over tables that syncs loaded from files: into DuckDB the updates first,
 * into PostgreSQL the entries.
 */
class CasesIT {

  private static final String UPDATES =
      Stream.of(
              "1022|2013-09-05 21:39:50.750||OPEN||G|PI|132|Member states points are missing,"
                  + " unsure why.",
              "1022|2013-09-05 21:39:59.513|Jason Schneiders|TOCH",
              "1022|2013-09-05 21:40:23.090||CLSD||||132|Member states points are missing, unsure"
                  + " why.|Closing case.",
              "1022|2013-09-05 21:40:23.097|Jason Schneiders|TOCH",
              "1023|2013-09-06 08:00:00.000|Eva Evans|CQUE|||RW",
              "1023|2013-09-06 08:00:01.000|Eva Evans|ADDD|Callback",
              "1023|2013-09-06 08:00:02.000|Eva Evans|ADDD|Angry",
              "1023|2013-09-06 08:00:03.000|Eva Evans|RMVD|Callback",
              "1023|2013-09-06 09:00:00.000||CLSD",
              "1023|2013-09-06 08:30:00.000|Eva Evans|CCAT||H",
              "1023|2013-09-06 10:00:00.000||REOP",
              "1023|2013-09-06 10:30:00.000|Gus Fisher|TOCH")
          .map(line -> line + "|".repeat(9 - (int) line.chars().filter(c -> c == '|').count()))
          .collect(
              Collectors.joining(
                  "|71291|3451119807|Jason|Schneiders\n",
                  "",
                  "|71291|3451119807|Jason|Schneiders\n"));

  private static final String ENTRIES =
      """
      1022|2013-09-05 21:40:11.773|Jason Schneiders|PRIV|Member did not use card in store.
      1023|2013-09-06 10:10:00.000|Eva Evans|PUBL|Asked for the receipt, which the member will bring \
      along on the next visit.<br>\u001b[31mSo they said.
      """;

  @TempDir private static Path folder;
  private static Landfall landfall;
  private static List<String> duckDb;
  private static List<String> postgres;

  @BeforeAll
  static void load() throws IOException {
    landfall = new Landfall(folder).with("DB_WORD", Postgres.PASSWORD).with("WRONG", "no-such");
    String server = Postgres.database();
    load("duckdb", "jdbc:duckdb:cases.duckdb", Kind.UPDATES, Kind.ENTRIES);
    load("postgres", server, Kind.ENTRIES, Kind.UPDATES);
    duckDb = List.of("--db", "jdbc:duckdb:duckdb/cases.duckdb");
    postgres = List.of("--db", server, "--user", Postgres.READER, "--password-env", "DB_WORD");
  }

  private static void load(String name, String url, Kind... kinds) throws IOException {
    CaseLoad load = new CaseLoad(Files.createDirectory(folder.resolve(name)), url, name);
    for (Kind kind : kinds) {
      Path manifest = load.manifest(kind, "");
      Path file = load.drop().resolve(kind.prefix + "_20130906.txt");
      Files.writeString(file, kind.header + "\n" + (kind == Kind.UPDATES ? UPDATES : ENTRIES));
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2013-09-07T00:00:00Z")));
      Ended sync = landfall.run("sync", manifest.toString());
      assertThat(sync.code()).as(sync.out() + sync.err()).isZero();
    }
  }

  static Stream<List<String>> databases() {
    return Stream.of(duckDb, postgres);
  }

  private static Ended cases(List<String> database, String... more) {
    List<String> arguments = new ArrayList<>(List.of("cases"));
    arguments.addAll(database);
    arguments.addAll(List.of(more));
    return landfall.run(arguments.toArray(String[]::new));
  }

  private static void assertFails(Ended ended, String code, String message) {
    assertFails(ended, ExitCode.USAGE, code, message);
  }

  private static void assertFails(Ended ended, int exit, String code, String message) {
    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(exit);
    assertThat(ended.out()).contains("Failed: " + code).contains(message);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void theListTellsWhatEachCaseHasComeTo(List<String> database) {
    Ended all = cases(database);

    assertThat(all.code()).as(all.err()).isZero();
    assertThat(all.out())
        .isEqualTo(
            """
            Case        Status   Last event        Queue       Category   Reopened     Odd
            1023        open     2013-09-06 10:30  RW          H                 1       2
            1022        closed   2013-09-05 21:40  PI          G                 0       0
            """);
    assertThat(cases(database, "--open").out()).contains("1023  ").doesNotContain("1022  ");
    assertThat(cases(database, "--limit", "1").out())
        .contains("1023  ", "There are more; --limit shows them.")
        .doesNotContain("1022  ");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aCaseIsToldReadably(List<String> database) {
    Ended ended = cases(database, "1022");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            """
            Case 1022: closed
            Opened      2013-09-05 21:39:50.750
            Closed      2013-09-05 21:40:23.090
            Open for    32.0 s
            Queue       PI
            Category    G
            Location    132
            Member      71291 (account 3451119807)
            Touched by  Jason Schneiders

            2013-09-05 21:39:50.750  opened: category G, queue PI, location 132
                                       Member states points are missing, unsure why.
            2013-09-05 21:39:59.513  touched by Jason Schneiders
            2013-09-05 21:40:11.773  private entry by Jason Schneiders
                                       Member did not use card in store.
            2013-09-05 21:40:23.090  closed: location 132
                                       Closing case.
            2013-09-05 21:40:23.097  touched by Jason Schneiders
            """);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void whatIsOddStandsBesideItsEventAndNothingIsWiderThanATerminal(List<String> database) {
    Ended ended = cases(database, "1023");

    assertThat(ended.out())
        .isEqualTo(
            """
            Case 1023: open
            Open for    1 h 30 min
            Reopened    1 time
            Queue       RW
            Category    H
            Descriptors Angry
            Member      71291 (account 3451119807)
            Touched by  Gus Fisher

            2013-09-06 08:00:00.000  queue changed by Eva Evans: ? -> RW
                                     ! the first event is no OPEN
            2013-09-06 08:00:01.000  descriptor added by Eva Evans: Callback
            2013-09-06 08:00:02.000  descriptor added by Eva Evans: Angry
            2013-09-06 08:00:03.000  descriptor removed by Eva Evans: Callback
            2013-09-06 09:00:00.000  closed
            2013-09-06 08:30:00.000  category changed by Eva Evans: ? -> H
                                     ! changed after it was closed, and not reopened; the
                                     clock went back
            2013-09-06 10:00:00.000  reopened
            2013-09-06 10:10:00.000  public entry by Eva Evans
                                       Asked for the receipt, which the member will bring
                                       along on the next visit.
                                       [31mSo they said.
            2013-09-06 10:30:00.000  touched by Gus Fisher
            """);
    assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void jsonIsOneDocumentWithNumbersAsNumbers(List<String> database) {
    JsonNode list = cases(database, "--json").json().get("cases");
    assertThat(list.size()).isEqualTo(2);
    assertThat(list.get(0).get("anomalies").isNumber()).isTrue();

    JsonNode document = cases(database, "1023", "--json").json();
    JsonNode state = document.get("case");
    assertThat(state.get("status").asString()).isEqualTo("open");
    assertThat(state.get("times_reopened").asInt()).isEqualTo(1);
    assertThat(state.get("open_seconds").asInt()).isEqualTo(5_400);
    assertThat(state.get("last_touched_at").asString()).isEqualTo("2013-09-06T10:30:00Z");
    assertThat(state.has("closed_at")).isFalse();
    JsonNode entry = document.get("events").get(7);
    assertThat(entry.get("note").asString()).endsWith("next visit.\n\u001b[31mSo they said.");
    assertThat(entry.get("place").asInt()).isEqualTo(8);
    assertThat(entry.get("source_file").asString()).isEqualTo("CaseEntriesSync_20130906.txt");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aCaseThatIsNotThereIsSaidToBeMissing(List<String> database) {
    assertFails(
        cases(database, "10'22"), "cases.unknown", "There is no case 10'22 in the database.");
  }

  @Test
  void withoutTheTablesItIsSaidWhatMakesThem() {
    List<String> empty =
        List.of(
            "--db", Postgres.database(), "--user", Postgres.READER, "--password-env", "DB_WORD");
    assertFails(cases(empty), "cases.no-table", "The database has no table case_updates.");
  }

  @Test
  void aFileThatIsNotThereIsNotMade() {
    Ended ended = cases(List.of("--db", "jdbc:duckdb:none.duckdb"));

    assertFails(ended, "cases.no-database", "The DuckDB file none.duckdb does not exist.");
    assertThat(folder.resolve("none.duckdb")).doesNotExist();
  }

  @Test
  void aWrongPasswordIsSaidToBeWrongAndNotShown() {
    List<String> wrong =
        List.of("--db", postgres.get(1), "--user", Postgres.READER, "--password-env", "WRONG");
    Ended ended = cases(wrong);

    assertFails(ended, ExitCode.RUN_FAILED, "source.credentials", "refused the user or password");
    assertThat(ended.out() + ended.err()).doesNotContain("no-such");
    assertThat(ended.out()).contains("Check --user and the password's place");
  }

  @Test
  void aFileThatIsNamedWithoutASchemeIsToldHowToWriteIt() {
    Ended ended = cases(List.of("--db", "big.duckdb"));

    assertFails(ended, "cases.url", "this is none: big.duckdb.");
    assertThat(ended.out()).contains("Write jdbc:duckdb:big.duckdb");
    assertThat(cases(List.of("--db", "postgresql://h/d")).out()).contains("jdbc:postgresql://HOST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost/d?user=u&password=hunter2",
        "jdbc:postgresql://u:hunter2@localhost/d",
        "postgresql://u:hunter2@localhost/d"
      })
  void aPasswordInTheUrlIsRefusedAndNotShown(String url) {
    Ended ended = cases(List.of("--db", url));

    assertFails(ended, "cases.url", "--db holds a user or password");
    assertThat(ended.out()).contains("--password-env", "--password-file");
    assertThat(ended.out() + ended.err()).doesNotContain("hunter2");
  }

  @Test
  void whatIsWrongWithTheDatabaseIsToldInTheWordsOfTheOptions() {
    Ended ended = cases(List.of("--db", "jdbc:postgresql://localhost:1/d", "--user", "u"));

    assertFails(ended, ExitCode.RUN_FAILED, "source.unreachable", "The database cannot be reached");
    assertThat(ended.out()).contains("Check host and port in --db").doesNotContain("source's");
  }

  @Test
  void aPasswordMayStandInAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("word"), Postgres.PASSWORD + "\n");
    List<String> database =
        List.of("--db", postgres.get(1), "--user", Postgres.READER, "--password-file");
    assertThat(cases(database, file.toString()).out()).contains("1022");
    assertFails(
        cases(database, "no-such-file"),
        "cases.password",
        "The file that --password-file names cannot be read.");
    assertFails(
        cases(database.subList(0, 4), "--password-env", "NOT_SET"),
        "cases.password",
        "The environment variable that --password-env names is not set.");
  }

  @Test
  void withoutEntriesAndViewsTheUpdatesAreTold() throws Exception {
    Path file = folder.resolve("bare.duckdb");
    try (CaseTables tables =
        new CaseTables(new CaseLoad(folder, "jdbc:duckdb:" + file, "").connect())) {
      tables.script().one("01 10:00:00|OPEN", "01 10:00:05|ADDD|vip");
      tables.run("drop view case_state").run("drop view case_timeline").run("drop view case_files");
      tables.run("drop table case_entries");
    }
    List<String> database = List.of("--db", "jdbc:duckdb:bare.duckdb");
    assertThat(cases(database).out()).contains("1           open     2026-01-01 10:00");
    assertThat(cases(database, "1").out()).contains("descriptor added by Eva: vip");
    assertThat(cases(database, "--limit", "0").err()).contains("--limit must be at least 1.");
  }
}
