package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts and names that other programs trip over. */
@ParameterizedClass
@EnumSource
class OddTextTest extends DatabaseTest {

  private static final List<String> TEXTS =
      List.of(
          "it's",
          "\"quoted\"",
          "back\\slash",
          "\\N",
          "\\.",
          "\\t",
          "tab\there",
          "line\nbreak",
          "carriage\rreturn",
          "\r\n",
          " blanks ",
          "'); drop table t; --",
          "$1 ? :name {d}",
          "%s %d",
          "\u00fc\u00df\u65e5\u672c",
          "\ud83d\udc68\u200d\ud83d\udc69",
          "\ufeffbom",
          "\u0001\u001f\u007f",
          "e\u0301",
          "null",
          "NULL",
          "x".repeat(100_000));

  @Test
  void everyTextComesBackToTheCharacter() throws Exception {
    try (Writer writer = Writer.into(database, "odd").texts("id", "v").creating().open()) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < TEXTS.size(); i++) {
        rows.add(writer.row("" + i, TEXTS.get(i)));
      }
      assertThat(Writer.words(writer.result(ChangeKind.UPSERT, rows))).containsOnly("changed");
      assertThat(Writer.words(writer.result(ChangeKind.UPSERT, rows))).containsOnly("unchanged");
    }
    try (var connection = database.connect();
        var rows = connection.createStatement().executeQuery("select id, v from odd")) {
      int count = 0;
      while (rows.next()) {
        assertThat(rows.getString(2)).isEqualTo(TEXTS.get(Integer.parseInt(rows.getString(1))));
        count++;
      }
      assertThat(count).isEqualTo(TEXTS.size());
    }
  }

  @Test
  void everyTextMayBeAKey() {
    List<String> keys = TEXTS.stream().filter(t -> t.length() < 1_000).toList();
    try (Writer writer =
        Writer.into(database, "odd")
            .texts("id", "v")
            .creating()
            .mode(dev.landfall.connector.sync.RecordSyncMode.MIRROR)
            .open()) {
      List<Row> rows = keys.stream().map(k -> writer.row(k, "1")).toList();
      assertThat(Writer.words(writer.result(ChangeKind.UPSERT, rows))).containsOnly("changed");
      assertThat(database.value("select count(*) from odd")).isEqualTo("" + keys.size());
      assertThat(writer.delete(keys.toArray())).containsOnly("changed");
    }
    assertThat(database.value("select count(*) from odd")).isEqualTo("0");
  }

  @Test
  void aZeroCharacterIsKeptWhereTheDatabaseHasOne() {
    try (Writer writer = Writer.into(database, "odd").texts("id", "v").creating().open()) {
      assertThat(
              writer.upsert(
                  writer.row("1", "a"), writer.row("2", "zero\0byte"), writer.row("3", "c")))
          .containsExactly(
              "changed", kind == Kind.DUCKDB ? "changed" : "rejected table.value-unfit", "changed");
    }
    if (kind == Kind.DUCKDB) {
      assertThat(database.value("select v = 'zero' || chr(0) || 'byte' from odd where id = '2'"))
          .isEqualTo("true");
    }
  }

  @Test
  void halfACharacterIsRejected() {
    try (Writer writer = Writer.into(database, "odd").texts("id", "v").creating().open()) {
      assertThat(
              writer.upsert(
                  writer.row("1", "half \ud83d"),
                  writer.row("\ude00", "b"),
                  writer.row("3", "\ud83d\ude00")))
          .containsExactly("rejected table.value-unfit", "rejected table.value-unfit", "changed");
    }
  }

  @Test
  void namesMayHoldAnything() {
    String table = "we\"ird; drop table x; --";
    String column = "a \"b\" '; drop table x";
    database.run("create table x (id varchar(9))");
    try (Writer writer =
        Writer.into(database, TableName.quote(table))
            .texts("key of it", column, "select", "\u00fc")
            .creating()
            .open()) {
      assertThat(writer.upsert(writer.row("1", "2", "3", "4"))).containsExactly("changed");
      assertThat(writer.upsert(writer.row("1", "2", "5", "4"))).containsExactly("changed");
    }
    assertThat(database.rows("select * from " + TableName.quote(table))).containsExactly("1|2|5|4");
    assertThat(database.rows("select * from x")).isEmpty();
  }

  @Test
  void aSchemaMayStandBeforeTheTable() {
    database.run(
        "create schema \"my.own\"", "create table \"my.own\".t (id varchar(9), v varchar(9))");
    try (Writer writer = Writer.into(database, "\"my.own\".t").texts("id", "v").open()) {
      assertThat(writer.upsert(writer.row("1", "2"))).containsExactly("changed");
    }
    try (Writer writer =
        Writer.into(database, "\"my.own\".made").texts("id", "v").creating().open()) {
      assertThat(writer.upsert(writer.row("1", "3"))).containsExactly("changed");
    }
    assertThat(database.rows("select * from \"my.own\".t")).containsExactly("1|2");
    assertThat(database.rows("select * from \"my.own\".made")).containsExactly("1|3");
  }

  @Test
  void upperAndLowerCaseCountOnlyWhereTheyMust() {
    database.run("create table \"Cases\" (\"Case_Id\" varchar(9), \"Note\" varchar(9))");
    try (Writer writer = Writer.into(database, "CASES").texts("case_id", "NOTE").open()) {
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("changed");
    }
    assertThat(database.rows("select * from \"Cases\"")).containsExactly("1|a");
  }

  @Test
  void theManifestsColumnNamesAreColumnsToo() {
    try (Writer writer =
        Writer.into(database, "case_updates")
            .texts("event_key", "case_id", "user", "action", "queue", "location")
            .field("timestamp", FieldType.INSTANT)
            .field("source_line", FieldType.INTEGER)
            .creating()
            .open()) {
      assertThat(
              writer.upsert(
                  writer.row("k", "1022", null, "OPEN", "PI", "132", java.time.Instant.EPOCH, 4L)))
          .containsExactly("changed");
    }
    assertThat(database.value("select action from case_updates where \"user\" is null"))
        .isEqualTo("OPEN");
  }
}
