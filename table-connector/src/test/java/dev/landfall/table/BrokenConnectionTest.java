package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told when the connection to PostgreSQL breaks, hangs or waits: only what is certain. */
class BrokenConnectionTest {

  private PostgresServer database;
  private CutProxy proxy;

  @BeforeEach
  void start() {
    database = new PostgresServer();
    database.run("create table t (id text primary key, v text)", "insert into t values ('0', 'a')");
    proxy = new CutProxy(PostgresServer.port());
  }

  @AfterEach
  void stop() {
    proxy.close();
    database.close();
  }

  private Writer.Opening through() {
    return Writer.into(database.connection(proxy.port()), "t").texts("id", "v");
  }

  private static List<Row> rows(Writer writer, int count) {
    return IntStream.range(0, count).mapToObj(i -> writer.row("" + i, "v")).toList();
  }

  private List<String> upsert(Writer writer, int count) {
    return Writer.words(writer.result(ChangeKind.UPSERT, rows(writer, count)));
  }

  private String count() {
    return database.value("select count(*) from t");
  }

  @Test
  void aCutBeforeTheCommitIsCertainlyNotWritten() {
    for (String word : List.of("create temporary", "copy pg_temp", "with made as")) {
      try (Writer writer = through().open()) {
        proxy.at(word, CutProxy.Then.CUT_BEFORE);
        assertThat(upsert(writer, 3)).containsOnly("retryable table.connection-lost");
        assertThat(count()).isEqualTo("1");
        assertThat(upsert(writer, 3)).as("over a new connection").containsOnly("changed");
      }
      database.run("delete from t", "insert into t values ('0', 'a')");
    }
    assertThat(proxy.sprung()).isEqualTo(3);
  }

  @Test
  void aCommitThatNeverArrivedIsUnknown() {
    try (Writer writer = through().open()) {
      proxy.at("commit\0", CutProxy.Then.CUT_BEFORE);
      assertThat(upsert(writer, 3)).containsOnly("unknown table.commit-unseen");
      assertThat(count()).isEqualTo("1");
      assertThat(upsert(writer, 3)).containsOnly("changed");
    }
  }

  @Test
  void aCommitWhoseAnswerWasLostIsUnknownToo() {
    try (Writer writer = through().open()) {
      proxy.at("commit\0", CutProxy.Then.CUT_AFTER);
      assertThat(upsert(writer, 3)).containsOnly("unknown table.commit-unseen");
      assertThat(upsert(writer, 3)).containsOnly("unchanged");
    }
    assertThat(count()).isEqualTo("3");
    assertThat(proxy.sprung()).isOne();
  }

  @Test
  void withoutAUniqueIndexALostCommitMakesNothingTwiceEither() {
    database.run("alter table t drop constraint t_pkey");
    try (Writer writer = through().open()) {
      proxy.at("commit\0", CutProxy.Then.CUT_AFTER);
      assertThat(upsert(writer, 3)).containsOnly("unknown table.commit-unseen");
      assertThat(upsert(writer, 3)).containsOnly("unchanged");
    }
    assertThat(count()).isEqualTo("3");
  }

  @Test
  void silenceEndsWithTheTimeLimit() {
    try (Writer writer =
        through()
            .connection("connectTimeLimit", "PT1S")
            .connection("totalTimeLimit", "PT1S")
            .open()) {
      proxy.at("with made as", CutProxy.Then.HOLD);
      long begun = System.nanoTime();
      assertThat(upsert(writer, 3)).containsOnly("retryable table.timed-out");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
      assertThat(count()).isEqualTo("1");
      assertThat(upsert(writer, 3)).containsOnly("changed");
    }
  }

  @Test
  void silenceAfterTheCommitIsUnknown() {
    try (Writer writer =
        through()
            .connection("connectTimeLimit", "PT1S")
            .connection("totalTimeLimit", "PT1S")
            .open()) {
      proxy.at("commit\0", CutProxy.Then.HOLD);
      assertThat(upsert(writer, 3)).containsOnly("unknown table.commit-unseen");
    }
  }

  @Test
  void whoHoldsALockIsWaitedForUntilTheTimeLimit() throws Exception {
    try (var other = database.connect();
        Writer writer =
            through()
                .connection("connectTimeLimit", "PT1S")
                .connection("totalTimeLimit", "PT1S")
                .open()) {
      other.setAutoCommit(false);
      other.createStatement().execute("update t set v = 'b' where id = '0'");
      assertThat(upsert(writer, 3)).containsOnly("retryable table.timed-out");
      other.commit();
      assertThat(upsert(writer, 3)).containsOnly("changed");
    }
  }

  @Test
  void closingFreesWhoWaitsForALock() throws Exception {
    try (var other = database.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("update t set v = 'b' where id = '0'");
      Writer writer = through().open();
      CompletableFuture<List<String>> delivering =
          CompletableFuture.supplyAsync(() -> upsert(writer, 3));
      database.awaitLockWait();

      long begun = System.nanoTime();
      writer.close();
      assertThat(delivering.get(1, TimeUnit.SECONDS))
          .containsExactly(
              "not attempted", "not attempted", "not attempted", "stop table.session-closed");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      other.rollback();
    }
    assertThat(count()).isEqualTo("1");
  }

  @Test
  void closingFreesWhoConnects() throws Exception {
    Writer writer = through().connection("connectTimeLimit", "PT1M").open();
    proxy.cut();
    proxy.at(database.database(), CutProxy.Then.HOLD);
    CompletableFuture<List<String>> delivering =
        CompletableFuture.supplyAsync(() -> upsert(writer, 1));
    // The first call finds the old connection gone, the second one makes a new one.
    assertThat(delivering.get(5, TimeUnit.SECONDS)).containsOnly("retryable table.connection-lost");
    CompletableFuture<List<String>> connecting =
        CompletableFuture.supplyAsync(() -> upsert(writer, 1));
    while (proxy.sprung() == 0) {
      Thread.onSpinWait();
    }
    writer.close();
    assertThat(connecting.get(1, TimeUnit.SECONDS))
        .containsExactly("not attempted", "stop table.session-closed");
  }

  @Test
  void aServerThatGoesDownIsToldAsSuch() throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.start();
    String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    try (Writer writer =
        Writer.into(Map.of("url", url, "user", "postgres"), "t")
            .texts("id", "v")
            .creating()
            .open()) {
      assertThat(upsert(writer, 2)).containsOnly("changed");
      server.close();
      assertThat(upsert(writer, 2)).containsOnly("retryable table.connection-lost");
      assertThat(upsert(writer, 2)).containsOnly("retryable table.unreachable");
    }
  }

  @Test
  void anAdministratorMayEndAConnection() {
    try (Writer writer = through().open()) {
      assertThat(upsert(writer, 2)).contains("changed");
      PostgresServer.asAdministrator(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
              + database.database()
              + "'");
      assertThat(upsert(writer, 3)).containsOnly("retryable table.connection-lost");
      assertThat(upsert(writer, 3)).contains("changed");
    }
  }

  @Test
  void nobodyThereIsToldAsSuch() {
    proxy.close();
    assertThatThrownBy(() -> through().open())
        .isInstanceOf(ConnectorException.class)
        .extracting(e -> ((ConnectorException) e).problem().code())
        .isEqualTo("table.unreachable");
  }

  @Test
  void whoAnswersNothingIsNotWaitedForLongerThanTheLimit() {
    proxy.at(database.database(), CutProxy.Then.HOLD);
    assertThatThrownBy(() -> through().connection("connectTimeLimit", "PT0.5S").open())
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("within PT0.5S");
  }
}
