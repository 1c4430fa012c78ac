package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL alone has: users, locks, triggers, types of one's own. */
class PostgresTest {

  private static final String VIEW_ANEW = "create or replace view w as select * from t";

  private PostgresServer database;

  @BeforeEach
  void start() {
    database = new PostgresServer();
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private Writer.Opening rows() {
    return Writer.into(database, "t").texts("id", "v");
  }

  private static void assertRefused(Writer.Opening opening, String code, String... says) {
    assertThatThrownBy(opening::open)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(code);
              assertThat(e.problem().message()).contains(says);
              assertThat(e).hasNoCause();
            });
  }

  @Test
  void aMadeTableHasItsKey() {
    List<String> notices = new ArrayList<>();
    Writer.into(database, "made")
        .texts("v", "b", "a")
        .key("a", "b")
        .creating()
        .notices((code, message) -> notices.add(code + ": " + message))
        .open()
        .close();
    assertThat(
            database.value(
                "select pg_get_constraintdef(oid) from pg_constraint where conrelid ="
                    + " 'made'::regclass"))
        .isEqualTo("PRIMARY KEY (a, b)");
    assertThat(notices).containsExactly("table.created: The table made was made, with 3 columns.");
  }

  @Test
  void namesThatWouldBeCutOffAreRefused() {
    assertRefused(
        Writer.into(database, "\u00fc".repeat(32)).texts("id").creating(),
        "table.not-created",
        "63 bytes");
    assertRefused(
        Writer.into(database, "t").texts("id", "c".repeat(64)).creating(),
        "table.not-created",
        "63 bytes");
  }

  @Test
  void aSchemaThatIsNotThereIsNotMade() {
    assertRefused(
        Writer.into(database, "nowhere.t").texts("id").creating(),
        "table.not-created",
        "schema does not exist");
  }

  @Test
  void whatAUserMayNotDoIsToldAsPermission() {
    database.asSuperuser("create table t (id text primary key, v text)");
    database.asSuperuser("insert into t values ('1', 'a')");
    try (Writer writer = rows().mode(RecordSyncMode.MIRROR).open()) {
      assertThat(writer.upsert(writer.row("1", "b")))
          .containsExactly("not attempted", "stop table.permission-denied");
      database.asSuperuser("grant select, insert, update on t to writer");
      assertThat(writer.upsert(writer.row("1", "b"))).containsExactly("changed");
      BatchResult result =
          writer.result(
              ChangeKind.DELETE,
              List.of(dev.landfall.connector.sync.Row.of(writer.schema().keyOnly(), "1")));
      assertThat(Objects.requireNonNull(result.stop()).kind()).isEqualTo(ProblemKind.PERMISSION);
    }
  }

  @Test
  void anInsertNeedsNoRightToUpdate() {
    database.asSuperuser("create table t (id text primary key, v text)");
    database.asSuperuser("grant select, insert on t to writer");
    try (Writer writer = rows().mode(RecordSyncMode.INSERT).open()) {
      assertThat(writer.insert(writer.row("1", "b"))).containsExactly("changed");
      assertThat(writer.insert(writer.row("1", "c"))).containsExactly("unchanged");
    }
  }

  @Test
  void temporaryTablesAreNeeded() {
    database.run("create table t (id text primary key, v text)");
    database.asSuperuser("revoke all on database " + database.database() + " from public, writer");
    database.asSuperuser("grant connect on database " + database.database() + " to writer");
    try (Writer writer = rows().open()) {
      assertThat(writer.upsert(writer.row("1", "b")))
          .containsExactly("not attempted", "stop table.permission-denied");
    }
  }

  @Test
  void aDatabaseThatTakesNoWritesIsToldAsSuch() {
    database.run(
        "create table t (id text primary key, v text)",
        "alter database " + database.database() + " set default_transaction_read_only = on");
    try (Writer writer = rows().open()) {
      assertThat(writer.upsert(writer.row("1", "b")))
          .containsExactly("not attempted", "stop table.read-only");
    }
  }

  @Test
  void wrongPasswordsAndDatabasesAreTold() {
    assertRefused(
        rows().connection("password", dev.landfall.connector.settings.Secret.of("wrong")),
        "table.credentials-refused",
        "SQLSTATE 28P01");
    assertRefused(
        rows().connection("url", "jdbc:postgresql://localhost:" + PostgresServer.port() + "/no"),
        "table.database-not-found",
        "SQLSTATE 3D000");
  }

  @Test
  void aTableThatIsDroppedMeanwhileStopsTheRun() {
    database.run("create table t (id text primary key, v text)");
    try (Writer writer = rows().open()) {
      database.run("drop table t");
      BatchResult result = writer.result(ChangeKind.UPSERT, List.of(writer.row("1", "a")));
      assertThat(Writer.words(result)).containsExactly("not attempted", "stop table.not-found");
      assertThat(Objects.requireNonNull(result.stop()).kind())
          .isEqualTo(ProblemKind.TARGET_NOT_FOUND);
    }
  }

  @Test
  void aTableThatIsChangedMeanwhileIsLookedAtAgain() {
    database.run("create table t (id text primary key, v text)");
    try (Writer writer = rows().open()) {
      database.run("alter table t drop constraint t_pkey");
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("retryable table.changed");
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("changed");
      database.run("alter table t rename column v to w");
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("retryable table.changed");
      assertThat(writer.upsert(writer.row("1", "a")))
          .containsExactly("not attempted", "stop table.columns-unfit");
    }
  }

  @Test
  void aViewIsNoTable() {
    database.run("create table t0 (id text, v text)", "create view t as select * from t0");
    assertRefused(rows(), "table.not-a-table", "view");
  }

  @Test
  void aPartitionedTableIsOne() {
    database.run(
        "create table t (id text primary key, v text) partition by hash (id)",
        "create table t0 partition of t for values with (modulus 2, remainder 0)",
        "create table t1 partition of t for values with (modulus 2, remainder 1)");
    try (Writer writer = rows().mode(RecordSyncMode.MIRROR).open()) {
      assertThat(writer.upsert(writer.row("1", "a"), writer.row("2", "b")))
          .containsExactly("changed", "changed");
      assertThat(writer.upsert(writer.row("1", "a"), writer.row("2", "c")))
          .containsExactly("unchanged", "changed");
      assertThat(writer.delete("1", "3")).containsExactly("changed", "unchanged");
    }
    assertThat(database.rows("select * from t")).containsExactly("2|c");
  }

  @Test
  void everythingThatDoesNotFitIsToldAtOnce() {
    database.run(
        "create table t (id text primary key, vallue text, g text generated always as (id) stored,"
            + " n integer not null, d date)");
    assertRefused(
        Writer.into(database, "t")
            .texts("id", "value", "Id", "g", "qqqqq")
            .field("d", FieldType.FLAG),
        "table.columns-unfit",
        "no column for the field \"value\". Did you mean \"vallue\"?",
        "\"id\" and \"Id\" are both written to the column \"id\" (text)",
        "\"g\" (text) is generated",
        "no column for the field \"qqqqq\".",
        "\"d\" is FLAG, and the column \"d\" (date) can hold none",
        "\"n\" (integer) must not be empty, and no field fills it");
  }

  @Test
  void aTriggerMayFillWhatIsEmptyAndChangeWhatIsWritten() {
    database.run(
        "create table t (id text primary key, v text not null, at timestamptz not null)",
        "create function fill() returns trigger language plpgsql as $$ begin"
            + " new.v := coalesce(new.v, 'filled'); new.at := now(); return new; end $$",
        "create trigger fill before insert or update on t for each row execute function fill()");
    try (Writer writer = rows().open()) {
      assertThat(writer.upsert(writer.row("1", null), writer.row("2", "b")))
          .containsExactly("changed", "changed");
    }
    assertThat(database.rows("select id, v from t order by id")).containsExactly("1|filled", "2|b");
  }

  @Test
  void whatATriggerLeavesOutIsNotClaimed() {
    database.run(
        "create table t (id text primary key, v text)",
        "insert into t values ('2', 'old')",
        "create function leave() returns trigger language plpgsql as $$ begin"
            + " if new.v = 'skip' then return null; end if; return new; end $$",
        "create trigger leave before insert or update on t for each row execute function leave()");
    try (Writer writer = rows().open()) {
      assertThat(
              writer.upsert(writer.row("1", "skip"), writer.row("2", "skip"), writer.row("3", "c")))
          .containsExactly("rejected table.not-written", "rejected table.not-written", "changed");
    }
    assertThat(database.rows("select * from t order by id")).containsExactly("2|old", "3|c");
  }

  @Test
  void whatATriggerRefusesIsRejectedByItself() {
    database.run(
        "create table t (id text primary key, v text)",
        "create function refuse() returns trigger language plpgsql as $$ begin"
            + " if new.v = 'secret' then raise exception 'not %', new.v; end if;"
            + " return new; end $$",
        "create trigger refuse before insert on t for each row execute function refuse()");
    try (Writer writer = rows().open()) {
      BatchResult result =
          writer.result(
              ChangeKind.UPSERT,
              List.of(writer.row("1", "a"), writer.row("2", "secret"), writer.row("3", "c")));
      assertThat(Writer.words(result))
          .containsExactly("changed", "rejected table.row-refused", "changed");
      assertThat(result.outcomes().toString()).doesNotContain("secret");
    }
  }

  @Test
  void aConstraintThatIsLookedAtLateIsLookedAtNow() {
    database.run(
        "create table parents (id text primary key)",
        "create table t (id text primary key, v text references parents (id)"
            + " deferrable initially deferred)",
        "insert into parents values ('a')");
    try (Writer writer = rows().open()) {
      assertThat(writer.upsert(writer.row("1", "a"), writer.row("2", "nobody")))
          .containsExactly("changed", "rejected table.row-refused");
    }
    assertThat(database.rows("select * from t")).containsExactly("1|a");
  }

  @Test
  void aRefusalNamesTheConstraintAndNoValue() {
    database.run(
        "create table t (id text primary key, v text, constraint unique_v unique (v))",
        "insert into t values ('1', 'canary')");
    try (Writer writer = rows().open()) {
      BatchResult result = writer.result(ChangeKind.UPSERT, List.of(writer.row("2", "canary")));
      assertThat(((Outcome.Rejected) result.outcomes().get(0)).problem().message())
          .isEqualTo(
              "The table refuses the row: another record has the same value where it must be"
                  + " unique, constraint \"unique_v\" (SQLSTATE 23505).");
    }
  }

  @Test
  void typesOfOnesOwnAreConvertedByTheDatabase() {
    database.run(
        "create type mood as enum ('glad', 'sad')",
        "create domain positive as integer check (value > 0)",
        "create domain short as varchar(3)",
        "create table t (id uuid primary key, m mood, p positive, s short, j jsonb, js json,"
            + " a integer[], b bytea, ip inet, c char(5), n numeric, neg numeric(9, 2))");
    String id = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
    try (Writer writer =
        Writer.into(database, "t")
            .texts("id", "m", "p", "s", "j", "js", "a", "b", "ip", "c", "n", "neg")
            .mode(RecordSyncMode.MIRROR)
            .open()) {
      Object[] good = {
        id,
        "glad",
        "1",
        "abc",
        "{\"b\": 1, \"a\": 2}",
        "{\"b\":1}",
        "{1,2}",
        "\\x00ff",
        "10.0.0.1",
        "ab",
        "1.500",
        "-1.5"
      };
      assertThat(writer.upsert(writer.row(good))).containsExactly("changed");
      assertThat(writer.upsert(writer.row(good))).containsExactly("unchanged");
      String[] bad = {"no", "happy", "0", "abcd", "{", "{", "{1", "\\xz", "10.0.0.300", "abcdef"};
      for (int i = 1; i < bad.length; i++) {
        Object[] row = good.clone();
        row[0] = id.replace('a', 'b');
        row[i] = bad[i];
        assertThat(writer.upsert(writer.row(row)))
            .as(bad[i])
            .containsExactly(i == 2 ? "rejected table.row-refused" : "rejected table.value-unfit");
      }
      good[0] = "no uuid";
      assertThat(writer.upsert(writer.row(good))).containsExactly("rejected table.value-unfit");
      assertThat(database.rows("select * from t"))
          .containsExactly(
              id
                  + "|glad|1|abc|{\"a\": 2, \"b\": 1}|{\"b\":1}|{1,2}|\\x00ff|10.0.0.1|ab   "
                  + "|1.500|-1.50");
      assertThat(writer.delete(id)).containsExactly("changed");
    }
  }

  @Test
  void charactersThatTheDatabaseLacksAreRejectedByThemselves() {
    try (PostgresServer latin =
        new PostgresServer("encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0")) {
      try (Writer writer = Writer.into(latin, "t").texts("id", "v").creating().open()) {
        List<String> words =
            Writer.words(
                writer.result(
                    ChangeKind.UPSERT,
                    IntStream.range(0, 10)
                        .mapToObj(i -> writer.row("" + i, i == 6 ? "\u65e5\u672c" : "\u00fc" + i))
                        .toList()));
        for (int i = 0; i < 10; i++) {
          assertThat(words.get(i)).isEqualTo(i == 6 ? "rejected table.row-refused" : "changed");
        }
      }
      assertThat(latin.value("select v from t where id = '3'")).isEqualTo("\u00fc3");
    }
  }

  @Test
  void collationsDoNotHideAChange() {
    database.run(
        "create collation blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "create table t (id text primary key, v text collate blind)",
        "insert into t values ('1', 'abc')");
    try (Writer writer = rows().open()) {
      assertThat(writer.upsert(writer.row("1", "ABC"))).containsExactly("changed");
      assertThat(writer.upsert(writer.row("1", "ABC"))).containsExactly("unchanged");
    }
  }

  @Test
  void aDeadlockIsTriedAgain() throws Exception {
    database.run(
        "create table t (id text primary key, v text)",
        "insert into t values ('1', 'a'), ('2', 'a')");
    database.asSuperuser(
        "alter database " + database.database() + " set deadlock_timeout = '50ms'");
    try (Writer writer = rows().open();
        var other = database.connect()) {
      other.setAutoCommit(false);
      var statement = other.createStatement();
      statement.execute("update t set v = 'b' where id = '2'");
      CompletableFuture<List<String>> delivering =
          CompletableFuture.supplyAsync(
              () -> writer.upsert(writer.row("1", "c"), writer.row("2", "c")));
      database.awaitLockWait();
      CompletableFuture<Void> crossing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.execute("update t set v = 'b' where id = '1'");
                } catch (java.sql.SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      List<String> words = delivering.get(10, TimeUnit.SECONDS);
      if (crossing.isCompletedExceptionally()) {
        assertThat(words).containsExactly("changed", "changed");
      } else {
        assertThat(words).containsExactly("retryable table.conflict", "retryable table.conflict");
      }
      other.rollback();
      assertThat(writer.upsert(writer.row("1", "d"), writer.row("2", "d")))
          .containsExactly("changed", "changed");
    }
  }

  @Test
  void aScriptThatWaitsForALockIsNotToBlame(@TempDir Path folder) throws Exception {
    database.run(
        "create table t (id text primary key, v text)", "create view w as select * from t");
    Path script = Files.writeString(folder.resolve("views.sql"), "select 1;\n" + VIEW_ANEW);
    try (var other = database.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table w");
      assertRefused(
          rows()
              .connection("connectTimeLimit", "PT1S")
              .connection("totalTimeLimit", "PT1S")
              .target("script", script.toString()),
          "table.timed-out",
          "Statement 2 of the script (line 2) was cancelled in the database",
          "(SQLSTATE 57014); none of the script took effect.");
    }
    rows().target("script", script.toString()).open().close();
  }

  @Test
  void aConnectionThatBreaksInAScriptIsNoFaultOfTheScript(@TempDir Path folder) throws Exception {
    database.run("create table t (id text primary key, v text)");
    Path script =
        Files.writeString(
            folder.resolve("end.sql"), "select pg_terminate_backend(pg_backend_pid())");
    assertRefused(
        rows().target("script", script.toString()),
        "table.connection-lost",
        "The connection to the database broke in statement 1 of the script (line 1) (SQLSTATE");
  }

  @Test
  void withoutAUniqueIndexTwoWritersMakeNothingTwice() throws Exception {
    database.run("create table t (id text, v text)");
    List<String> notices = new ArrayList<>();
    try (Writer one = rows().notices((code, message) -> notices.add(code)).open();
        Writer two = rows().open()) {
      for (int round = 0; round < 5; round++) {
        int from = round * 100;
        var first =
            CompletableFuture.supplyAsync(
                () ->
                    one.result(
                        ChangeKind.UPSERT,
                        IntStream.range(from, from + 200)
                            .mapToObj(i -> one.row("" + i, "1"))
                            .toList()));
        var second =
            CompletableFuture.supplyAsync(
                () ->
                    two.result(
                        ChangeKind.UPSERT,
                        IntStream.range(from, from + 200)
                            .mapToObj(i -> two.row("" + (from + from + 199 - i), "2"))
                            .toList()));
        assertThat(Writer.words(first.get())).isSubsetOf("changed", "unchanged");
        assertThat(Writer.words(second.get())).isSubsetOf("changed", "unchanged");
      }
    }
    assertThat(database.value("select count(*) - count(distinct id) from t")).isEqualTo("0");
    assertThat(notices).containsExactly("table.no-unique-index");
  }

  @Test
  void parametersOfTheUrlReachTheServer() {
    database.run("create schema other", "create table other.t (id text primary key, v text)");
    try (Writer writer =
        rows()
            .connection(
                "url", database.connection().get("url") + "?currentSchema=other&sslmode=disable")
            .open()) {
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("changed");
    }
    assertThat(database.rows("select * from other.t")).containsExactly("1|a");
  }
}
