package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The views of cases, on DuckDB and on PostgreSQL. */
@ParameterizedClass
@EnumSource
class CaseViewsTest {

  enum Kind {
    DUCKDB,
    POSTGRESQL
  }

  /** The example rows of Kognitiv's page "Case Sync". */
  private static final String[] UPDATES = {
    "1022|2013-09-05 21:39:50.750||OPEN||G|PI|132|Member states points are missing, unsure"
        + " why.||71291|3451119807|Jason|Schneiders",
    "1022|2013-09-05 21:39:59.513|Jason Schneiders|TOCH|||||||71291|3451119807|Jason|Schneiders",
    "1022|2013-09-05 21:40:23.090||CLSD||||132|Member states points are missing, unsure"
        + " why.|Closing case.|71291|3451119807|Jason|Schneiders",
    "1022|2013-09-05 21:40:23.097|Jason Schneiders|TOCH|||||||71291|3451119807|Jason|Schneiders"
  };

  private static final String ENTRY =
      "1022|2013-09-05 21:40:11.773|Jason Schneiders|PRIV|Member did not use card in store.";

  private static final String TIMELINE =
      "select case_id, kind, code, what, \"user\", change, note, anomaly from case_timeline"
          + " order by case_id, place";
  private static final String ANOMALIES =
      "select place, code, anomaly from case_timeline where anomaly is not null order by place";

  @Parameter private Kind kind;
  @TempDir private Path folder;
  private CaseTables tables;

  @BeforeEach
  void script() throws SQLException {
    tables =
        new CaseTables(
                kind == Kind.DUCKDB
                    ? DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("cases.duckdb"))
                    : Postgres.connect(Postgres.database()))
            .script();
  }

  @AfterEach
  void close() {
    tables.close();
  }

  private String state(String columns) {
    return String.join(
        "\n", tables.rows("select " + columns + " from case_state order by case_id"));
  }

  @Test
  void theExampleRowsAreTheStoryThatTheyTell() {
    tables.updates(UPDATES).entries(ENTRY);

    assertThat(tables.rows(TIMELINE))
        .containsExactly(
            "1022|update|OPEN|opened||category G, queue PI, location 132|Member states points are"
                + " missing, unsure why.|",
            "1022|update|TOCH|touched|Jason Schneiders|||",
            "1022|entry|PRIV|private entry|Jason Schneiders||Member did not use card in store.|",
            "1022|update|CLSD|closed||location 132|Closing case.|",
            "1022|update|TOCH|touched|Jason Schneiders|||");
    assertThat(
            state(
                "case_id, status, category, queue, location, descriptors, times_reopened,"
                    + " open_seconds, last_touched_by, open_summary, close_summary,"
                    + " member_internal_id, member_primary_id, updates, entries, anomalies"))
        .isEqualTo(
            "1022|closed|G|PI|132||0|32|Jason Schneiders|Member states points are missing, unsure"
                + " why.|Closing case.|71291|3451119807|4|1|0");
    assertThat(
            state(
                "opened_at = timestamp with time zone '2013-09-05 21:39:50.75+00' and closed_at ="
                    + " timestamp with time zone '2013-09-05 21:40:23.09+00' and last_touched_at ="
                    + " timestamp with time zone '2013-09-05 21:40:23.097+00'"))
        .isIn("true", "t");
  }

  @Test
  void runAgainTheScriptChangesNothing() {
    tables.updates(UPDATES).script().entries(ENTRY).script();

    assertThat(tables.rows(TIMELINE)).hasSize(5);
  }

  @Test
  void changesNameWhatWasAndWhatIs() {
    tables.one(
        "01 10:00:00|OPEN|vip|G|PI",
        "01 10:00:01|CQUE|||RW",
        "01 10:00:02|TOCH",
        "01 10:00:03|CQUE|||AC",
        "01 10:00:04|CCAT||H|",
        "01 10:00:05|ADDD|callback",
        "01 10:00:06|RMVD|vip",
        "01 10:00:07|ADDD|angry",
        "01 10:00:08|NEWC");

    assertThat(tables.rows("select what, change from case_timeline order by place"))
        .containsExactly(
            "opened|category G, queue PI, descriptor vip",
            "queue changed|PI -> RW",
            "touched|",
            "queue changed|RW -> AC",
            "category changed|G -> H",
            "descriptor added|callback",
            "descriptor removed|vip",
            "descriptor added|angry",
            "unknown action|");
    assertThat(state("status, category, queue, descriptors, anomalies"))
        .isEqualTo("open|H|AC|angry, callback|0");
  }

  @Test
  void aCaseThatWasReopenedIsOpenAndItsTimeOpenLeavesThePauseOut() {
    tables.one(
        "01 10:00:00|OPEN|vip",
        "01 10:00:10|CLSD",
        "01 11:00:00|REOP",
        "01 11:00:05|CLSD",
        "01 12:00:00|REOP",
        "01 12:00:07|TOCH");

    assertThat(state("status, times_reopened, open_seconds, descriptors, anomalies"))
        .isEqualTo("open|2|22|vip|0");
    assertThat(state("closed_at is null")).isIn("true", "t");
  }

  @Test
  void whatShouldNotBeIsShown() {
    tables.one(
        "01 10:00:00|CQUE|||RW",
        "01 10:00:05|CLSD",
        "01 10:00:06|TOCH",
        "01 10:00:07|ADDD|late",
        "01 10:00:03|CCAT||G",
        "01 10:00:08|REOP",
        "01 10:00:09|ADDD|in time");

    assertThat(tables.rows(ANOMALIES))
        .containsExactly(
            "1|CQUE|the first event is no OPEN",
            "4|ADDD|changed after it was closed, and not reopened",
            "5|CCAT|changed after it was closed, and not reopened; the clock went back");
    assertThat(state("status, open_seconds, anomalies")).isEqualTo("open|6|3");
  }

  @Test
  void whereTheClockWentBackTheOrderIsThatOfTheFiles() {
    tables
        .file("_20260102.txt")
        .one("02 00:00:00|CLSD")
        .file("_20260101 (2).txt")
        .one("01 10:00:02|TOCH", "01 10:00:02|CQUE|||RW", "01 10:00:01|ADDD|x")
        .file("_20260101-10.txt.gz")
        .one("01 10:00:02|RMVD|x")
        .file("_20260101.txt")
        .one("01 10:00:00|OPEN");

    assertThat(tables.rows("select code from case_timeline order by place"))
        .containsExactly("OPEN", "TOCH", "CQUE", "ADDD", "RMVD", "CLSD");
    assertThat(tables.rows(ANOMALIES)).containsExactly("4|ADDD|the clock went back");
    assertThat(state("status, queue, descriptors")).isEqualTo("closed|RW|");
  }

  @Test
  void anEntryStandsBehindTheUpdatesUpToItsMoment() {
    tables
        .one("01 10:00:00|OPEN", "01 10:00:05|TOCH", "01 10:00:05|CLSD")
        .entries("1|2026-01-01 10:00:05|Eva|PUBL|b", "1|2026-01-01 10:00:05|Eva|HKEP|c")
        .entries("1|2026-01-01 10:00:04|Eva|PRIV|a", "1|2026-01-01 09:00:00||WHAT|before");

    assertThat(tables.rows("select code, what, note from case_timeline order by place"))
        .containsExactly(
            "WHAT|unknown entry|before",
            "OPEN|opened|",
            "PRIV|private entry|a",
            "TOCH|touched|",
            "CLSD|closed|",
            "PUBL|public entry|b",
            "HKEP|house keeping entry|c");
    assertThat(state("updates, entries, anomalies")).isEqualTo("3|4|0");
  }

  @Test
  void aCaseOfEntriesAloneIsNotHidden() {
    tables.entries("7|2026-01-01 10:00:00|Eva|PUBL|a").one("01 10:00:00|OPEN");

    assertThat(state("case_id, status, times_reopened, updates, entries, anomalies"))
        .isEqualTo("1|open|0|1|0|0\n7|unknown|0|0|1|0");
  }
}
