package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import java.io.BufferedReader;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a DuckDB file alone has: one process, one set of options, a disk. */
class DuckDbTest {

  @TempDir private Path folder;
  private DuckDbFile database;

  @BeforeEach
  void place() {
    database = new DuckDbFile(folder);
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
  void aFileIsMadeOnlyWhereTheTableIsToBeMade() {
    assertRefused(rows(), "table.database-not-found", database.file().toString());
    assertThat(database.file()).doesNotExist();

    rows().creating().open().close();
    assertThat(database.file()).exists();
    assertThat(
            database.rows(
                "select column_name, data_type, is_nullable"
                    + " from information_schema.columns where table_name = 't'"))
        .containsExactly("id|VARCHAR|NO", "v|VARCHAR|YES");
  }

  @Test
  void aTableThatIsGoneIsNotMadeAnewWhereTheHostReliesOnWhatItHeld() {
    assertRefused(rows().creating().deliveredBefore(), "table.gone", "earlier runs wrote to it");
    assertThat(database.file()).doesNotExist();

    Writer.into(database, "another").texts("id").creating().open().close();
    assertRefused(rows().creating().deliveredBefore(), "table.gone", "The table t");
    rows().creating().open().close();
    rows().creating().deliveredBefore().open().close();
  }

  @Test
  void whatIsNoDatabaseIsToldAsSuch() throws Exception {
    Files.writeString(database.file(), "just a text that is somewhat longer than a header");
    assertRefused(rows(), "table.database-unusable", "no DuckDB database");
    assertRefused(
        Writer.into(Map.of("url", "jdbc:duckdb:" + folder), "t").texts("id").creating(),
        "table.database-unusable",
        "is a folder");
    assertRefused(
        Writer.into(Map.of("url", "jdbc:duckdb:" + folder + "/no/such.duckdb"), "t")
            .texts("id")
            .creating(),
        "table.database-unusable",
        "folder does not exist");
  }

  @Test
  void aRelativePathIsRelativeToTheManifest() {
    assertRefused(
        Writer.into(Map.of("url", "jdbc:duckdb:data/../cases.duckdb"), "t").texts("id"),
        "table.database-not-found",
        Writer.FOLDER.resolve("cases.duckdb").toString());
  }

  @Test
  void anotherProcessThatHasTheFileOpenIsToldAndWaitedFor() throws Exception {
    rows().creating().open().close();
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                database.file().toString())
            .start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("open");
      assertRefused(rows(), "table.database-locked", database.file().toString());
      other.getOutputStream().close();
      assertThat(other.waitFor()).isZero();
    } finally {
      other.destroy();
    }
    rows().open().close();
  }

  /** Has a file open until its standard input ends. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      try (Connection connection =
          new DuckDBDriver().connect("jdbc:duckdb:" + arguments[0], new Properties())) {
        System.out.println(connection.isClosed() ? "closed" : "open");
        System.in.read();
      }
    }
  }

  @Test
  void otherOptionsInThisProcessAreTold() throws Exception {
    rows().creating().open().close();
    Properties options = new Properties();
    options.setProperty("memory_limit", "100MiB");
    try (Connection other = new DuckDBDriver().connect("jdbc:duckdb:" + database.file(), options)) {
      assertThat(other.isClosed()).isFalse();
      assertRefused(rows(), "table.database-in-use-here", database.file().toString());
    }
  }

  @Test
  void severalSessionsOfOneProcessShareAFile() throws Exception {
    try (Writer one = rows().creating().open();
        Writer two =
            Writer.into(database, "u")
                .texts("id", "v")
                .connection("memoryMegabytes", 200L)
                .creating()
                .open()) {
      List<Row> rows = IntStream.range(0, 5_000).mapToObj(i -> one.row("" + i, "x")).toList();
      List<Row> others = IntStream.range(0, 5_000).mapToObj(i -> two.row("" + i, "x")).toList();
      var first = CompletableFuture.supplyAsync(() -> one.result(ChangeKind.UPSERT, rows));
      var second = CompletableFuture.supplyAsync(() -> two.result(ChangeKind.UPSERT, others));
      assertThat(Writer.words(first.get())).containsOnly("changed");
      assertThat(Writer.words(second.get())).containsOnly("changed");
    }
    assertThat(database.value("select (select count(*) from t) + (select count(*) from u)"))
        .isEqualTo("10000");
  }

  @Test
  void aFileIsOpenedWhileOthersOfThisProcessCloseIt() throws Exception {
    Method other = otherPluginsCopy(OpenFile.class).getMethod("open", Path.class);
    Callable<Boolean> here = often(() -> OpenFile.open(database.file()));
    Callable<Boolean> elsewhere = often(() -> (AutoCloseable) other.invoke(null, database.file()));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Boolean> thread : threads.invokeAll(List.of(here, here, elsewhere, elsewhere))) {
        assertThat(thread.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Boolean> often(Callable<AutoCloseable> opening) {
    return () -> {
      for (int i = 0; i < 250; i++) {
        opening.call().close();
      }
      return true;
    };
  }

  /** The same class once more, as the class loader of another plugin has it. */
  private static Class<?> otherPluginsCopy(Class<?> type) throws ClassNotFoundException {
    URL classes = type.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {classes}, type.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null || !name.equals(type.getName())) {
          return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
        return findClass(name);
      }
    }.loadClass(type.getName());
  }

  @Test
  void whoChangesTheSameRecordMeanwhileIsAConflictThatIsTriedAgain() throws Exception {
    try (Writer writer = rows().creating().open();
        Connection other = database.connect()) {
      writer.upsert(writer.row("1", "a"), writer.row("2", "a"));
      other.setAutoCommit(false);
      other.createStatement().execute("update t set v = 'other' where id = '1'");
      assertThat(writer.upsert(writer.row("1", "b"), writer.row("2", "b")))
          .containsExactly("retryable table.conflict", "retryable table.conflict");
      other.commit();
      assertThat(writer.upsert(writer.row("1", "b"), writer.row("2", "b")))
          .containsExactly("changed", "changed");
    }
  }

  @Test
  void memoryIsBounded() {
    try (Writer writer = rows().creating().connection("memoryMegabytes", 123L).open()) {
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("changed");
      assertThat(database.value("select current_setting('memory_limit')")).isEqualTo("123.0 MiB");
      assertThat(database.value("select current_setting('temp_directory')"))
          .startsWith(folder.toString());
    }
  }

  @Test
  void everyTypeThatDuckDbHasIsWritten() {
    database.run(
        "create table t (id hugeint, a utinyint, b usmallint, c uinteger, d ubigint, e uhugeint,"
            + " f float, g timestamp_s, h timestamp_ms, i timestamp_ns, j time, k uuid, l varchar[],"
            + " m struct(a integer, b varchar), n map(varchar, integer), o enum ('x', 'y'),"
            + " p interval, q blob, r json, s bit, generated integer generated always as (a::integer + 1),"
            + " z varchar default 'filled' not null)");
    String[] names = "id a b c d e f g h i j k l m n o p q r s".split(" ");
    Object[] values = {
      "-170141183460469231731687303715884105727",
      "255",
      "65535",
      "4294967295",
      "18446744073709551615",
      "340282366920938463463374607431768211455",
      "0.1",
      "2026-01-02 03:04:05",
      "2026-01-02 03:04:05.678",
      "2026-01-02 03:04:05.678901234",
      "03:04:05.678901",
      "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
      "[a, b]",
      "{'a': 1, 'b': x}",
      "{k=1}",
      "x",
      "1 year 2 months",
      "ab\\x00",
      "{\"b\": 1}",
      "0101"
    };
    try (Writer writer = Writer.into(database, "t").texts(names).open()) {
      assertThat(writer.upsert(writer.row(values))).containsExactly("changed");
      assertThat(writer.upsert(writer.row(values))).containsExactly("unchanged");
      for (int i = 0; i < names.length; i++) {
        Object[] bad = values.clone();
        bad[0] = "1";
        bad[i] = i == 17 ? "\\x" : "no such thing";
        if (i != 18) {
          assertThat(writer.upsert(writer.row(bad)))
              .as(names[i])
              .containsExactly("rejected table.value-unfit");
        }
      }
    }
    assertThat(database.rows("select id, e, f, g, h, i::varchar, l, z from t"))
        .containsExactly(
            values[0]
                + "|"
                + values[5]
                + "|0.1|2026-01-02 03:04:05.0|2026-01-02 03:04:05.678|2026-01-02"
                + " 03:04:05.678901234|[a, b]|filled");
  }

  @Test
  void columnsThatCannotBeFilledAreTold() {
    database.run(
        "create table t (id varchar, v integer generated always as (1), need varchar not null)");
    assertRefused(
        rows(),
        "table.columns-unfit",
        "\"v\" (INTEGER) is generated",
        "\"need\" (VARCHAR) must not");
    database.run("create table u (rowid varchar, v varchar)");
    assertRefused(
        Writer.into(database, "u").texts("v"), "table.columns-unfit", "a column \"rowid\"");
  }

  @Test
  void aViewIsNoTable() {
    database.run("create view t as select 1 as id");
    assertRefused(rows(), "table.not-a-table", "view");
  }

  @Test
  void fieldsThatDifferByCaseAloneMakeNoTable() {
    assertRefused(
        Writer.into(database, "t").texts("id", "ID").creating(),
        "table.not-created",
        "upper and lower case");
  }

  @Test
  void aTableThatIsDroppedMeanwhileIsLookedForAgain() {
    try (Writer writer = rows().creating().open()) {
      database.run("drop table t");
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("retryable table.changed");
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("changed");
    }
    database.run("drop table t", "create table t (id varchar, v varchar)");
    try (Writer writer = rows().open()) {
      database.run("drop table t");
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("retryable table.changed");
      assertThat(writer.upsert(writer.row("1", "a")))
          .containsExactly("not attempted", "stop table.not-found");
    }
  }

  @Test
  void aBatchThatTakesTooLongIsGivenUp() {
    slowTable();
    try (Writer writer =
        rows()
            .connection("connectTimeLimit", "PT0.1S")
            .connection("totalTimeLimit", "PT0.1S")
            .open()) {
      long begun = System.nanoTime();
      assertThat(writer.upsert(writer.row("1", "a"))).containsExactly("retryable table.timed-out");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }
    assertThat(database.value("select count(*) from t where v = 'a'")).isEqualTo("0");
  }

  @Test
  void closingFreesABatchThatTakesLong() throws Exception {
    slowTable();
    Writer writer = rows().open();
    CompletableFuture<List<String>> delivering =
        CompletableFuture.supplyAsync(() -> writer.upsert(writer.row("1", "a")));
    assertThatThrownBy(() -> delivering.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    long begun = System.nanoTime();
    writer.close();
    assertThat(delivering.get(1, TimeUnit.SECONDS))
        .containsExactly("not attempted", "stop table.session-closed");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    assertThat(database.value("select count(*) from t where v = 'a'")).isEqualTo("0");
  }

  /** One change of the record changes so many rows that it takes a while. */
  private void slowTable() {
    database.run(
        "create table t (id varchar, v varchar)",
        "insert into t select '1', 'some text that is not so short ' || i from range(4000000) r(i)");
  }
}
