package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.jdbc.Line;
import dev.landfall.host.jdbc.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who wants a run to end need not wait until its source was read. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class BrokenOffTest {

  /** What the driver says before the query, to set its transaction up, is over in a moment. */
  private static final String OF_THE_RUN =
      " from pg_stat_activity where application_name = 'Landfall' and state = 'active'"
          + " and query like '%pg_sleep%'";

  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();
  private CompletableFuture<Void> meanwhile = CompletableFuture.completedFuture(null);
  private volatile @Nullable String stopped;
  private volatile boolean over;
  private Scene scene;

  @BeforeEach
  void setUp() {
    Postgres.driverIn(folder.resolve("drivers"));
    scene = Scene.in(folder).variable("DB_PASSWORD", Postgres.PASSWORD);
  }

  @AfterEach
  void theDatabaseIsLeftAlone() throws Exception {
    over = true;
    meanwhile.get(30, TimeUnit.SECONDS);
    if (stopped != null) {
      kill("CONT", stopped);
    }
    Postgres.run("select pg_terminate_backend(pid)" + OF_THE_RUN);
  }

  private void query(String query) {
    query(Postgres.url(), query);
  }

  private void query(String url, String query) {
    scene.with(
        "source",
        """
        {"type": "sql", "url": "%s", "user": "%s", "password": {"env": "DB_PASSWORD"},
         "query": "%s"}"""
            .formatted(url, Postgres.READER, query));
  }

  private static long queries() {
    return Long.parseLong(Postgres.value("select count(*)" + OF_THE_RUN));
  }

  /** Does something in another thread as soon as a process of the database works for the run. */
  private void onceTheDatabaseWorks(Consumer<String> what) {
    meanwhile =
        CompletableFuture.runAsync(
            () -> {
              String process;
              do {
                process = Postgres.value("select min(pid)" + OF_THE_RUN);
              } while (process == null && !over);
              if (process != null) {
                what.accept(process);
              }
            });
  }

  private RunReport sync() {
    return scene.sync(r -> r, RunListener.NONE, cancellation);
  }

  private void assertInterrupted(RunReport report) {
    assertThat(report.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(report.plan()).isNull();
    assertThat(report.source()).isNull();
    assertThat(report.notices())
        .extracting(RunReport.Notice::code)
        .containsExactly("run.broken-off");
    assertThat(scene.calls()).isEmpty();
    assertThat(scene.kept(report.run())).isEqualTo(report);
  }

  @Test
  void aLongQueryIsGivenUpByTheDatabaseAsSoonAsTheRunIsCancelled() {
    query("select 1 as id from pg_sleep(3600)");
    onceTheDatabaseWorks(process -> cancellation.cancel());

    assertInterrupted(sync());

    assertThat(queries()).isZero();
    query("select 1 as id");
    assertThat(scene.sync().adds().delivered()).isOne();
  }

  @Test
  void rowsThatComeOneByOneAreGivenUpToo() {
    query("select i as id, pg_sleep(0.001) from generate_series(1, 100000000) as i");
    onceTheDatabaseWorks(process -> cancellation.cancel());

    assertInterrupted(sync());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDatabaseThatHearsNoMoreIsCutOffByTheSecondSignal() {
    query("select 1 as id from pg_sleep(3600)");
    onceTheDatabaseWorks(
        process -> {
          stopped = process;
          kill("STOP", process);
          cancellation.cancel();
          cancellation.cancelHard();
        });

    assertInterrupted(sync());
  }

  @Test
  void aDatabaseThatFallsSilentIsCutOffWhenItDoesNotHear() throws IOException {
    try (Line line = Line.deadAt("show transaction_read_only", cancellation::cancel)) {
      query(line.url(), "select 1 as id");

      assertInterrupted(sync());
    }
  }

  @Test
  void aRunWhoseTimeIsOverDoesNotWaitForASilentDatabase() throws IOException {
    try (Line line = Line.deadAt("pg_sleep", () -> {})) {
      query(line.url(), "select 1 as id from pg_sleep(0)");

      Problem problem =
          catchThrowableOfType(
                  HostException.class, () -> scene.sync(r -> r.within(Duration.ofSeconds(1))))
              .problem();

      assertThat(problem.code()).isEqualTo("run.no-time-to-plan");
    }
  }

  @Test
  void aQueryThatFailedIsNotRolledBackForEver() throws IOException {
    try (Line line = Line.deadAt("ROLLBACK", cancellation::cancelHard)) {
      query(line.url(), "select 1 / 0 as id");

      assertInterrupted(sync());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"show transaction_read_only", "ROLLBACK"})
  void aDatabaseThatFallsSilentBeforeOrAfterTheQueryIsCutOffToo(String last) throws IOException {
    try (Line line = Line.deadAt(last, cancellation::cancelHard)) {
      query(line.url(), "select 1 as id");

      assertInterrupted(sync());
    }
  }

  private static void kill(String signal, String process) {
    try {
      assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRunWhoseTimeIsOverBeforeTheQueryHasFailed() {
    query("select 1 as id from pg_sleep(3600)");

    Problem problem =
        catchThrowableOfType(
                HostException.class, () -> scene.sync(r -> r.within(Duration.ofSeconds(1))))
            .problem();

    assertThat(problem.code()).isEqualTo("run.no-time-to-plan");
    assertThat(queries()).isZero();
    assertThat(scene.ask(host -> host.past(false).history("members", 1)).runs())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(RunStatus.FAILED);
              assertThat(run.problems())
                  .extracting(RunReport.Line::code)
                  .containsExactly("run.no-time-to-plan");
            });
  }

  private void assertNoPlan() {
    HostException e =
        catchThrowableOfType(
            HostException.class,
            () -> scene.ask(host -> host.plan(RunRequest.of(scene.manifestFile()), cancellation)));

    assertThat(e.problem().code()).isEqualTo("run.broken-off");
  }

  @Test
  void aPlanIsBrokenOffToo() {
    query("select 1 as id from pg_sleep(3600)");
    onceTheDatabaseWorks(process -> cancellation.cancel());

    assertNoPlan();

    assertThat(queries()).isZero();
  }

  @Test
  void aPlanOfWhatIsNewInAStreamIsBrokenOff() {
    scene.records("sheets", "id").mode("upsert").stream("events", "a|1|", "b|2|", "!waits");
    cancelOnceIn("shelf.Almanac$Reader");

    assertNoPlan();
  }

  @Test
  void aFileThatIsReadIsGivenUp() {
    scene
        .audience(1, 5)
        .with(
            "source",
            "{\"type\": \"file\", \"path\": \"audience.csv\", \"query\": \"select id from file where"
                + " (select sum(a.range + b.range) from range(100000000) a, range(100000000) b) >"
                + " 0\"}");
    cancelOnceIn("host.audience.AudienceTable");

    assertInterrupted(sync());

    assertThat(scene.syncFolder().resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void aStreamThatEndsBecauseItWasClosedIsNotTakenForTheWhole() {
    scene.stream("facts", "1|10|", "2|20|", "!waits");
    cancelOnceIn("shelf.Almanac$Reader");

    assertInterrupted(sync());
  }

  @Test
  void aPlanThatIsBeingMadeIsGivenUp() {
    scene
        .audience(1, 1)
        .with(
            "source",
            "{\"type\": \"file\", \"path\": \"audience.csv\","
                + " \"query\": \"select range as id from range(4000000)\"}");
    cancelOnceIn("host.plan.PlanTable");

    assertInterrupted(sync());
  }

  /** Cancels as soon as a thread works in a class. */
  private void cancelOnceIn(String type) {
    meanwhile =
        CompletableFuture.runAsync(
            () -> {
              while (!worksIn(type) && !over) {
                Thread.onSpinWait();
              }
              cancellation.cancel();
            });
  }

  private static boolean worksIn(String type) {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().equals("dev.landfall." + type));
  }

  @Test
  void whoeverCancelsBeforeTheRunNeedsNoSource() {
    scene.csv("");
    cancellation.cancel();

    assertInterrupted(sync());
  }
}
