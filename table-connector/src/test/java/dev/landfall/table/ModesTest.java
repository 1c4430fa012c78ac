package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What each mode does to records that are there, and to those that are not. */
@ParameterizedClass
@EnumSource
class ModesTest extends DatabaseTest {

  private Writer.Opening people() {
    return Writer.into(database, "people").texts("id", "name", "town");
  }

  private List<String> people(String order) {
    return database.rows("select id, name, town from people order by " + order);
  }

  @Test
  void insertWritesWhatIsNotThereAndLeavesTheRestAsItIs() {
    database.run(
        "create table people (id varchar(9) primary key, name varchar(9), town varchar(9))",
        "insert into people values ('1', 'Ann', 'Oslo')");
    try (Writer writer = people().mode(RecordSyncMode.INSERT).open()) {
      assertThat(writer.insert(writer.row("1", "Other", "Rome"), writer.row("2", "Bob", null)))
          .containsExactly("unchanged", "changed");
      assertThat(writer.insert(writer.row("2", "Bob", null))).containsExactly("unchanged");
    }
    assertThat(people("id")).containsExactly("1|Ann|Oslo", "2|Bob|null");
  }

  @Test
  void updateChangesWhatIsThereAndMakesNothing() {
    database.run(
        "create table people (id varchar(9) primary key, name varchar(9), town varchar(9))",
        "insert into people values ('1', 'Ann', 'Oslo'), ('2', 'Bob', 'Rome')");
    try (Writer writer = people().mode(RecordSyncMode.UPDATE).open()) {
      assertThat(
              writer.update(
                  writer.row("1", "Anna", null),
                  writer.row("2", "Bob", "Rome"),
                  writer.row("3", "Cid", "Bonn")))
          .containsExactly("changed", "unchanged", "rejected table.record-not-found");
    }
    assertThat(people("id")).containsExactly("1|Anna|null", "2|Bob|Rome");
  }

  @Test
  void upsertWritesBothAndLeavesOtherColumnsAlone() {
    database.run(
        "create table people (id varchar(9) primary key, name varchar(9), town varchar(9),"
            + " note varchar(9) default 'new')",
        "insert into people values ('1', 'Ann', 'Oslo', 'old'), ('2', 'Bob', 'Rome', 'old')");
    try (Writer writer = people().open()) {
      assertThat(
              writer.upsert(
                  writer.row("3", "Cid", "Bonn"),
                  writer.row("1", "Anna", "Oslo"),
                  writer.row("2", "Bob", "Rome")))
          .containsExactly("changed", "changed", "unchanged");
    }
    assertThat(database.rows("select * from people order by id"))
        .containsExactly("1|Anna|Oslo|old", "2|Bob|Rome|old", "3|Cid|Bonn|new");
  }

  @Test
  void aFieldThatTheRowLacksStaysAsItWas() {
    database.run(
        "create table people (id varchar(9) primary key, name varchar(9), town varchar(9))",
        "insert into people values ('1', 'Ann', 'Oslo')");
    try (Writer writer = Writer.into(database, "people").texts("id", "town").open()) {
      assertThat(writer.upsert(writer.row("1", "Rome"), writer.row("2", "Bonn")))
          .containsExactly("changed", "changed");
    }
    assertThat(people("id")).containsExactly("1|Ann|Rome", "2|null|Bonn");
  }

  @Test
  void mirrorDeletesByTheKeyAlone() {
    database.run(
        "create table people (id varchar(9) primary key, name varchar(9), town varchar(9))",
        "insert into people values ('1', 'Ann', 'Oslo'), ('2', 'Bob', 'Rome')");
    try (Writer writer = people().mode(RecordSyncMode.MIRROR).open()) {
      assertThat(writer.delete("1", "9")).containsExactly("changed", "unchanged");
      assertThat(writer.delete("1")).containsExactly("unchanged");
      assertThat(writer.upsert(writer.row("3", "Cid", "Bonn"))).containsExactly("changed");
    }
    assertThat(people("id")).containsExactly("2|Bob|Rome", "3|Cid|Bonn");
  }

  @Test
  void theSameHoldsWithoutAUniqueIndex() {
    database.run(
        "create table people (id varchar(9), name varchar(9), town varchar(9))",
        "insert into people values ('1', 'Ann', 'Oslo'), (null, 'Nobody', 'Rome')");
    try (Writer writer = people().mode(RecordSyncMode.MIRROR).open()) {
      assertThat(writer.upsert(writer.row("1", "Anna", "Oslo"), writer.row("2", "Bob", "Rome")))
          .containsExactly("changed", "changed");
      assertThat(
              writer.upsert(
                  writer.row("2", "Bob", "Rome"),
                  writer.row("3", "Cid", "Bonn"),
                  writer.row("1", "Ann", "Oslo")))
          .containsExactly("unchanged", "changed", "changed");
      assertThat(writer.delete("3", "4")).containsExactly("changed", "unchanged");
    }
    try (Writer writer = people().mode(RecordSyncMode.INSERT).open()) {
      assertThat(writer.insert(writer.row("1", "x", "x"), writer.row("5", "Eve", "Bern")))
          .containsExactly("unchanged", "changed");
    }
    assertThat(people("id is null, id"))
        .containsExactly("1|Ann|Oslo", "2|Bob|Rome", "5|Eve|Bern", "null|Nobody|Rome");
  }

  @Test
  void recordsThatStandTwiceAreChangedAndDeletedTogether() {
    database.run(
        "create table people (id varchar(9), name varchar(9), town varchar(9))",
        "insert into people values ('1', 'Ann', 'Oslo'), ('1', 'Bob', 'Rome')");
    try (Writer writer =
        Writer.into(database, "people").texts("id", "town").mode(RecordSyncMode.MIRROR).open()) {
      assertThat(writer.upsert(writer.row("1", "Rome"))).containsExactly("changed");
      assertThat(people("name")).containsExactly("1|Ann|Rome", "1|Bob|Rome");
      assertThat(writer.delete("1")).containsExactly("changed");
    }
    assertThat(people("name")).isEmpty();
  }

  @Test
  void aKeyMayHaveSeveralFieldsInAnyPlace() {
    database.run(
        "create table visits (shop integer, note varchar(9), visit_day date,"
            + " primary key (shop, visit_day))",
        "insert into visits values (1, 'old', '2026-01-02'), (2, 'old', '2026-01-02')");
    try (Writer writer =
        Writer.into(database, "visits")
            .texts("visit_day", "note")
            .field("shop", FieldType.INTEGER)
            .key("shop", "visit_day")
            .mode(RecordSyncMode.MIRROR)
            .open()) {
      assertThat(
              writer.upsert(
                  writer.row("2026-01-02", "new", 1L), writer.row("2026-01-03", "new", 1L)))
          .containsExactly("changed", "changed");
      assertThat(writer.delete(new Object[] {"2026-01-02", 2L}, new Object[] {"2026-01-04", 2L}))
          .containsExactly("changed", "unchanged");
    }
    assertThat(database.rows("select shop, visit_day, note from visits order by visit_day"))
        .containsExactly("1|2026-01-02|new", "1|2026-01-03|new");
  }

  @Test
  void aTableOfKeysAloneIsASet() {
    database.run("create table members (id varchar(9) primary key)");
    try (Writer writer = Writer.into(database, "members").texts("id").open()) {
      assertThat(writer.upsert(writer.row("1"), writer.row("2")))
          .containsExactly("changed", "changed");
      assertThat(writer.upsert(writer.row("2"), writer.row("3")))
          .containsExactly("unchanged", "changed");
    }
    try (Writer writer =
        Writer.into(database, "members").texts("id").mode(RecordSyncMode.UPDATE).open()) {
      assertThat(writer.update(writer.row("2"), writer.row("9")))
          .containsExactly("unchanged", "rejected table.record-not-found");
    }
    assertThat(database.rows("select id from members order by id")).containsExactly("1", "2", "3");
  }

  @Test
  void aKeyWithoutAValueIsRejectedAndTheRestLands() {
    try (Writer writer = people().creating().key("id", "town").open()) {
      assertThat(
              writer.upsert(
                  writer.row(null, "Ann", "Oslo"),
                  writer.row("2", "Bob", "Rome"),
                  writer.row("3", "Cid", null)))
          .containsExactly("rejected table.key-empty", "changed", "rejected table.key-empty");
    }
    assertThat(people("id")).containsExactly("2|Bob|Rome");
  }

  @Test
  void anotherSpellingOfAKeyTouchesNothingOfTheRecordThatHasItsNumber() {
    database.run("create table people (id integer primary key, name varchar(9))");
    String refused = "rejected table.key-spelling";
    try (Writer writer = Writer.into(database, "people").texts("id", "name").open()) {
      assertThat(writer.upsert(writer.row("7", "Ann"), writer.row("07", "Bob")))
          .containsExactly("changed", refused);
      assertThat(writer.upsert(writer.row("7.0", "Bob"))).containsExactly(refused);
    }
    for (RecordSyncMode mode :
        List.of(RecordSyncMode.INSERT, RecordSyncMode.UPDATE, RecordSyncMode.MIRROR)) {
      try (Writer writer = Writer.into(database, "people").texts("id", "name").mode(mode).open()) {
        Row other = writer.row("07", "Bob");
        assertThat(
                switch (mode) {
                  case INSERT -> writer.insert(other);
                  case UPDATE -> writer.update(other);
                  default -> writer.delete("07");
                })
            .as(mode.toString())
            .containsExactly(refused);
      }
    }
    assertThat(database.rows("select * from people")).containsExactly("7|Ann");
  }

  @Test
  void emptyTextIsNotNull() {
    try (Writer writer = people().creating().open()) {
      writer.upsert(writer.row("1", "", null));
      assertThat(writer.upsert(writer.row("1", null, null))).containsExactly("changed");
      assertThat(writer.upsert(writer.row("1", "", null))).containsExactly("changed");
      assertThat(writer.upsert(writer.row("1", "", null))).containsExactly("unchanged");
    }
    assertThat(database.value("select name = '' and town is null from people")).isIn("t", "true");
  }

  @Test
  void aBatchMayHaveTwentyThousandRows() {
    List<Row> rows = new ArrayList<>();
    try (Writer writer = people().creating().mode(RecordSyncMode.MIRROR).open()) {
      for (int i = 0; i < 20_000; i++) {
        rows.add(writer.row("id-" + i, "name " + i, null));
      }
      assertThat(Writer.words(writer.result(ChangeKind.UPSERT, rows))).containsOnly("changed");
      for (int i = 10_000; i < 20_000; i++) {
        rows.set(i, writer.row("id-" + i, "name " + i, "Oslo"));
      }
      Collections.shuffle(rows, new java.util.Random(1));
      List<String> again = Writer.words(writer.result(ChangeKind.UPSERT, rows));
      for (int i = 0; i < rows.size(); i++) {
        assertThat(again.get(i)).isEqualTo(rows.get(i).text(2) == null ? "unchanged" : "changed");
      }
    }
    assertThat(database.value("select count(*) from people where town = 'Oslo'"))
        .isEqualTo("10000");
    assertThat(database.value("select count(distinct id) from people")).isEqualTo("20000");
  }

  @Test
  void aReaderSeesAllOfABatchOrNone() throws Exception {
    try (Writer writer = people().creating().open();
        var connection = database.connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        rows.add(writer.row("id-" + i, "name", null));
      }
      var written =
          java.util.concurrent.CompletableFuture.runAsync(
              () -> writer.result(ChangeKind.UPSERT, rows));
      java.util.Set<Integer> counts = new java.util.HashSet<>();
      boolean more = true;
      while (more) {
        more = !written.isDone();
        try (var count = statement.executeQuery("select count(*) from people")) {
          count.next();
          counts.add(count.getInt(1));
        }
        connection.commit();
      }
      written.join();
      assertThat(counts).contains(2_000).isSubsetOf(0, 2_000);
    }
  }

  @Test
  void changesThatTheModeDoesNotMakeAreRefused() {
    try (Writer writer = people().creating().mode(RecordSyncMode.INSERT).open()) {
      assertThat(writer.upsert(writer.row("1", "Ann", "Oslo")))
          .containsExactly("not attempted", "stop table.batch-unusable");
    }
    assertThat(people("id")).isEmpty();
  }

  @Test
  void nothingIsWrittenAfterTheEnd() {
    Writer writer = people().creating().open();
    writer.close();
    writer.close();
    assertThat(writer.upsert(writer.row("1", "Ann", "Oslo")))
        .containsExactly("not attempted", "stop table.session-closed");
    assertThat(people("id")).isEmpty();
  }
}
