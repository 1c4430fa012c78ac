package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a run would take, and how it is kept within a time. */
class CarefulRunTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = Scene.in(folder).audience(1, 10);
  }

  @Test
  void aPlanForecastsNothingAsLongAsNothingWasSent() {
    assertThat(scene.plan().forecast()).isNull();
  }

  @Test
  void aPlanForecastsFromTheCallsOfTheLastRunThatSentAny() {
    RunReport first = scene.sync();
    scene.sync();
    assertThat(first.calls()).isNotNull();
    assertThat(Objects.requireNonNull(first.calls()).count()).isEqualTo(10);

    Forecast forecast = Objects.requireNonNull(scene.audience(1, 2_000).plan().forecast());

    assertThat(forecast.run()).isEqualTo(first.run());
    assertThat(forecast.calls()).isEqualTo(1_990);
    double perSecond = 1_000 / Objects.requireNonNull(first.calls()).meanMillis();
    assertThat(forecast.perSecond()).isEqualTo(perSecond);
    assertThat(forecast.seconds()).isEqualTo(Math.max(1, Math.round(1_990 / perSecond)));
    assertThat(forecast.exceedsSchedule()).isFalse();
  }

  @Test
  void aPlanWarnsWhereSendingTakesLongerThanTheSchedule() {
    scene.sync();
    scene.with("delivery", "{\"attempts\": 1, \"requestsPerSecond\": 1}").audience(1, 130);

    scene.with("schedule", "{\"every\": \"PT2M\"}");
    assertThat(Objects.requireNonNull(scene.plan().forecast()).exceedsSchedule()).isFalse();
    scene.with("schedule", "{\"every\": \"PT1M\"}");
    Forecast late = Objects.requireNonNull(scene.plan().forecast());
    assertThat(late.seconds()).isEqualTo(120);
    assertThat(late.exceedsSchedule()).isTrue();
  }

  @Test
  void moreCallsInFlightMakeTheForecastShorter() {
    scene.sync();
    double one = Objects.requireNonNull(scene.audience(1, 2_000).plan().forecast()).perSecond();

    scene.with("delivery", "{\"attempts\": 1, \"maxInFlight\": 4}");

    assertThat(Objects.requireNonNull(scene.plan().forecast()).perSecond()).isEqualTo(4 * one);
  }

  @Test
  void aRunWhoseTimeIsOverLeavesTheRestForTheNext() {
    Cancellation cancellation = new Cancellation();
    RunListener slow =
        new RunListener() {
          @Override
          public void planned(RunReport planned) {
            cancellation.expire();
          }
        };

    RunReport report = scene.sync(r -> r, slow, cancellation);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.balances()).isTrue();
    assertThat(report.adds().notAttempted()).isEqualTo(10);
    assertThat(report.notices())
        .containsExactly(
            new RunReport.Notice(
                "run.out-of-time", "The run's time was over; 10 changes are left for later runs."));
    assertThat(scene.sync(r -> r.within(Duration.ofHours(1))).adds().delivered()).isEqualTo(10);
    assertThat(scene.members()).hasSize(10);
  }
}
