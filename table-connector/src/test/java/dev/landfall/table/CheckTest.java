package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.sync.FieldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out before a sync, item by item, and without changing anything. */
class CheckTest {

  @TempDir private Path folder;

  private static List<String> check(Writer.Opening opening) {
    CheckReport report = new TableDestination().check(opening.check());
    return report.items().stream()
        .map(
            i ->
                i.name() + " " + i.status() + (i.problem() == null ? "" : " " + i.problem().code()))
        .toList();
  }

  private static String message(Writer.Opening opening, String item) {
    return new TableDestination()
        .check(opening.check()).items().stream()
            .filter(i -> i.name().equals(item))
            .map(Item::message)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void aDuckDbFileThatIsToBeMadeIsNotMadeYet() throws IOException {
    DuckDbFile database = new DuckDbFile(folder);
    assertThat(check(Writer.into(database, "t").creating()))
        .containsExactly("database PASSED", "table t PASSED");
    assertThat(message(Writer.into(database, "t").creating(), "database"))
        .contains("is made by the first sync");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
    assertThat(new TableDestination().fields(Writer.into(database, "t").creating().check()))
        .isEmpty();
    assertThat(
            check(Writer.into(Map.of("url", "jdbc:duckdb:" + folder + "/no/t.db"), "t").creating()))
        .containsExactly("database FAILED table.database-unusable", "table t UNVERIFIED");
  }

  @Test
  void aDuckDbFileThatIsNotThereAndNotToBeMadeIsMissed() {
    DuckDbFile database = new DuckDbFile(folder);
    assertThat(check(Writer.into(database, "t")))
        .containsExactly(
            "database FAILED table.database-not-found", "table t UNVERIFIED", "rights UNVERIFIED");
    assertThat(database.file()).doesNotExist();
  }

  @Test
  void aDuckDbTableIsDescribedAndLeftAsItWas() throws IOException {
    DuckDbFile database = new DuckDbFile(folder);
    database.run("create table t (id varchar not null, n decimal(9, 2), l varchar[])");
    byte[] before = Files.readAllBytes(database.file());

    assertThat(check(Writer.into(database, "T")))
        .containsExactly("database PASSED", "table T PASSED", "rights PASSED");
    assertThat(message(Writer.into(database, "t"), "table t"))
        .isEqualTo(
            "The table has the columns \"id\" (VARCHAR), \"n\" (DECIMAL(9,2)), \"l\""
                + " (VARCHAR[]).");
    assertThat(check(Writer.into(database, "u")))
        .containsExactly("database PASSED", "table u FAILED table.not-found");
    assertThat(check(Writer.into(database, "u").creating()))
        .containsExactly("database PASSED", "table u PASSED");
    assertThat(Files.readAllBytes(database.file())).isEqualTo(before);
    assertThat(database.rows("select table_name from information_schema.tables"))
        .containsExactly("t");
  }

  @Test
  void theFieldsOfATableAreItsColumns() {
    try (PostgresServer database = new PostgresServer()) {
      database.run(
          "create table t (id text primary key, n numeric(9, 2), j jsonb, at timestamptz not null"
              + " default now(), g integer generated always as (1) stored)");
      assertThat(new TableDestination().fields(Writer.into(database, "t").check()))
          .extracting(FieldSpec::name, FieldSpec::type, FieldSpec::required, FieldSpec::description)
          .extracting(Object::toString)
          .containsExactly(
              "(\"id\", TEXT, true, \"Column of type text.\")",
              "(\"n\", DECIMAL, false, \"Column of type numeric(9,2).\")",
              "(\"j\", TEXT, false, \"Column of type jsonb.\")",
              "(\"at\", INSTANT, false, \"Column of type timestamp with time zone.\")");
      assertThatThrownBy(() -> new TableDestination().fields(Writer.into(database, "u").check()))
          .isInstanceOf(ConnectorException.class)
          .hasMessageContaining("The table u does not exist");
    }
  }

  @Test
  void aServerIsLookedAtItemByItem() {
    try (PostgresServer database = new PostgresServer()) {
      database.asSuperuser("create table t (id text primary key)");
      database.asSuperuser("grant select, insert on t to writer");
      assertThat(check(Writer.into(database, "t")))
          .containsExactly(
              "database PASSED", "credentials PASSED", "table t PASSED", "rights UNVERIFIED");
      assertThat(message(Writer.into(database, "t"), "rights"))
          .isEqualTo(
              "The user has SELECT, INSERT, TEMPORARY, and lacks UPDATE, DELETE on the whole table:"
                  + " whether that suffices depends on the mode and the columns.");
      database.asSuperuser("grant update, delete on t to writer");
      assertThat(check(Writer.into(database, "t")))
          .endsWith("rights PASSED")
          .doesNotContain("table t FAILED");
      database.asSuperuser("revoke all on t from writer");
      assertThat(check(Writer.into(database, "t")))
          .endsWith("rights FAILED table.permission-denied");
      assertThat(check(Writer.into(database, "u").creating()))
          .containsExactly("database PASSED", "credentials PASSED", "table u PASSED");
      database.asSuperuser("revoke create on schema public from public");
      assertThat(check(Writer.into(database, "u").creating()))
          .endsWith("table u FAILED table.permission-denied");
      assertThat(database.rows("select 1 from pg_class where relname = 'u'")).isEmpty();
    }
  }

  @Test
  void wrongCredentialsAreNotAServerThatIsDown() {
    try (PostgresServer database = new PostgresServer()) {
      assertThat(check(Writer.into(database, "t").connection("password", Secret.of("wrong"))))
          .containsExactly(
              "database PASSED",
              "credentials FAILED table.credentials-refused",
              "table t UNVERIFIED",
              "rights UNVERIFIED");
    }
    assertThat(check(Writer.into(Map.of("url", "jdbc:postgresql://localhost:1/db"), "t")))
        .containsExactly(
            "database FAILED table.unreachable",
            "credentials UNVERIFIED",
            "table t UNVERIFIED",
            "rights UNVERIFIED");
  }

  @Test
  void aScriptIsReadAndNotRun() throws IOException {
    DuckDbFile database = new DuckDbFile(folder);
    database.run("create table t (id varchar)");
    Path script =
        Files.writeString(folder.resolve("s.sql"), "create table u (id varchar); select 1");
    assertThat(check(Writer.into(database, "t").target("script", script.toString())))
        .endsWith("script UNVERIFIED");
    assertThat(database.rows("select table_name from information_schema.tables"))
        .containsExactly("t");
    assertThat(check(Writer.into(database, "t").target("script", "missing.sql")))
        .endsWith("script FAILED table.script-unusable");
  }
}
