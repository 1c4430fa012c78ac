package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that cannot be written is found, and rejected by itself. */
@ParameterizedClass
@EnumSource
class PoisonTest extends DatabaseTest {

  private static final int ROWS = 300;

  /** Where poison is put: first, in the middle, last, neighbours, and all together. */
  private static final List<Set<Integer>> PLACES =
      List.of(
          Set.of(0), Set.of(149), Set.of(299), Set.of(100, 101), Set.of(0, 7, 8, 150, 298, 299));

  private Writer.Opening rows() {
    return Writer.into(database, "t").texts("id", "v").mode(RecordSyncMode.MIRROR);
  }

  /** Puts poison into each of the places, and holds the outcomes and the table against it. */
  private void eachPlace(IntFunction<String> poison, String code, String... says) {
    for (Set<Integer> places : PLACES) {
      database.run("delete from t where id not like 'kept%'");
      try (Writer writer = rows().open()) {
        List<Row> rows =
            IntStream.range(0, ROWS)
                .mapToObj(i -> writer.row("k" + i, places.contains(i) ? poison.apply(i) : "v" + i))
                .toList();
        BatchResult result = writer.result(ChangeKind.UPSERT, rows);
        assertThat(result.stop()).isNull();
        for (int i = 0; i < ROWS; i++) {
          assertThat(Writer.word(result.outcomes().get(i)))
              .as("row %d of %s", i, places)
              .isEqualTo(places.contains(i) ? "rejected " + code : "changed");
        }
        Problem problem =
            ((Outcome.Rejected) result.outcomes().get(places.iterator().next())).problem();
        assertThat(problem.message()).contains(says);
      }
      assertThat(database.rows("select id from t where id not like 'kept%'"))
          .hasSize(ROWS - places.size())
          .doesNotContainAnyElementsOf(
              places.stream().map(i -> "k" + i).collect(Collectors.toSet()));
    }
  }

  @Test
  void aValueThatTheColumnCannotHold() {
    database.run("create table t (id varchar(9) primary key, v varchar(99))");
    try (Writer writer = Writer.into(database, "t").texts("id", "v").open()) {
      assertThat(writer.upsert(writer.row("a", "b"))).containsExactly("changed");
    }
    database.run("drop table t", "create table t (id varchar(9) primary key, v bigint)");
    try (Writer writer = rows().open()) {
      assertThat(writer.upsert(writer.row("a", "1"), writer.row("b", "two"), writer.row("c", "3")))
          .containsExactly("changed", "rejected table.value-unfit", "changed");
    }
  }

  @Test
  void anEmptyValueWhereThereMustBeOne() {
    database.run("create table t (id varchar(9) primary key, v varchar(99) not null)");
    eachPlace(i -> null, "table.row-refused", "\"v\"", "must not be empty");
  }

  @Test
  void aCheckThatDoesNotHold() {
    database.run(
        "create table t (id varchar(9) primary key, v varchar(99), constraint no_bad"
            + " check (v not like 'bad%'))");
    eachPlace(i -> "bad" + i, "table.row-refused", "CHECK");
  }

  @Test
  void anotherRecordWithTheSameValue() {
    database.run(
        "create table t (id varchar(9) primary key, v varchar(99), unique (v))",
        "insert into t values ('kept', 'taken')");
    eachPlace(i -> "taken", "table.row-refused", "same");
  }

  @Test
  void aForeignKeyThatLeadsNowhere() {
    database.run(
        "create table parents (v varchar(99) primary key)",
        "create table t (id varchar(9) primary key, v varchar(99) references parents (v))");
    database.runEach(0, ROWS, i -> "insert into parents values ('v" + i + "')");
    eachPlace(i -> "nobody" + i, "table.row-refused", "foreign key");
  }

  @Test
  void twoRowsThatExcludeEachOther() {
    database.run("create table t (id varchar(9) primary key, v varchar(99), unique (v))");
    try (Writer writer = rows().open()) {
      assertThat(
              writer.upsert(
                  writer.row("a", "1"),
                  writer.row("b", "same"),
                  writer.row("c", "same"),
                  writer.row("d", "4")))
          .containsExactly("changed", "changed", "rejected table.row-refused", "changed");
    }
    assertThat(database.rows("select id from t order by id")).containsExactly("a", "b", "d");
  }

  @Test
  void aRowThatNeedsOneAfterItIsNoPoison() {
    database.run(
        "create table t (id varchar(9) primary key, v varchar(99) references t (id),"
            + " n integer check (n > 0))");
    try (Writer writer =
        Writer.into(database, "t").texts("id", "v").field("n", FieldType.INTEGER).open()) {
      List<String> words =
          writer.upsert(
              writer.row("child", "parent", 1L),
              writer.row("bad", null, 0L),
              writer.row("parent", null, 1L));
      assertThat(words).containsExactly("changed", "rejected table.row-refused", "changed");
    }
    assertThat(database.rows("select id from t order by id")).containsExactly("child", "parent");
  }

  @Test
  void aRecordThatOthersReferToIsNotDeleted() {
    database.run(
        "create table t (id varchar(9) primary key, v varchar(99))",
        "create table children (id varchar(9) references t (id))",
        "insert into t values ('a', '1'), ('b', '2'), ('c', '3')",
        "insert into children values ('b')");
    try (Writer writer = rows().open()) {
      assertThat(writer.delete("a", "b", "c", "d"))
          .containsExactly("changed", "rejected table.row-refused", "changed", "unchanged");
    }
    assertThat(database.rows("select id from t")).containsExactly("b");
  }

  @Test
  void aChangeThatTheTableRefuses() {
    database.run(
        "create table t (id varchar(9) primary key, v varchar(99) check (v <> 'bad'))",
        "insert into t values ('a', '1'), ('b', '2'), ('c', '3')");
    try (Writer writer =
        Writer.into(database, "t").texts("id", "v").mode(RecordSyncMode.UPDATE).open()) {
      assertThat(
              writer.update(
                  writer.row("a", "new"),
                  writer.row("b", "bad"),
                  writer.row("c", "3"),
                  writer.row("d", "bad")))
          .containsExactly(
              "changed",
              "rejected table.row-refused",
              "unchanged",
              "rejected table.record-not-found");
    }
    assertThat(database.rows("select * from t order by id")).containsExactly("a|new", "b|2", "c|3");
  }

  @Test
  void poisonAmongTwentyThousandRows() {
    database.run("create table t (id varchar(9) primary key, v varchar(99) check (v <> 'bad'))");
    try (Writer writer = rows().open()) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        rows.add(writer.row("k" + i, i % 4_999 == 4_998 ? "bad" : "v"));
      }
      List<String> words = Writer.words(writer.result(ChangeKind.UPSERT, rows));
      for (int i = 0; i < 20_000; i++) {
        assertThat(words.get(i))
            .isEqualTo(i % 4_999 == 4_998 ? "rejected table.row-refused" : "changed");
      }
    }
    assertThat(database.value("select count(*) from t")).isEqualTo("19996");
  }

  @Test
  void nothingButPoison() {
    database.run("create table t (id varchar(9) primary key, v varchar(99) check (v <> 'bad'))");
    try (Writer writer = rows().open()) {
      List<Row> rows = IntStream.range(0, 50).mapToObj(i -> writer.row("k" + i, "bad")).toList();
      assertThat(Writer.words(writer.result(ChangeKind.UPSERT, rows)))
          .hasSize(50)
          .containsOnly("rejected table.row-refused");
    }
    assertThat(database.rows("select * from t")).isEmpty();
  }

  @Test
  void whatTakesTooLongToFindIsTriedAgainAndTheRestStays() {
    database.run("create table t (id varchar(9) primary key, v varchar(99) check (v <> 'bad'))");
    try (Writer writer =
        rows()
            .connection("totalTimeLimit", "PT0.7S")
            .connection("connectTimeLimit", "PT0.7S")
            .open()) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 8_000; i++) {
        rows.add(writer.row("k" + i, i % 2 == 0 ? "bad" : "v"));
      }
      List<String> words = Writer.words(writer.result(ChangeKind.UPSERT, rows));
      long written = words.stream().filter("changed"::equals).count();
      assertThat(words).contains("retryable table.timed-out");
      assertThat(words).containsAnyOf("changed", "rejected table.row-refused");
      assertThat(database.value("select count(*) from t")).isEqualTo("" + written);
    }
  }
}
