package dev.landfall.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSandbox;
import dev.landfall.testkit.golden.GoldenSandboxProvider;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connectors that cannot be made, block, or call themselves without end: the kit survives them. */
@Timeout(60)
class HardToTryTest {

  private static Report run(Supplier<Destination> destination, String... rules) throws IOException {
    return Conformance.of(Subject.of(destination, new GoldenSandboxProvider()))
        .limit(Duration.ofMillis(500))
        .rules(rule -> List.of(rules).contains(rule.id()))
        .run(result -> {});
  }

  private static Finding finding(RuleResult result) {
    return Objects.requireNonNull(result.finding());
  }

  private static void waitLong() {
    try {
      boolean unused = new CountDownLatch(1).await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatCannotBeMadeBreaksOneRuleAndLeavesTheOthersUnverified() throws IOException {
    Report report =
        run(
            () -> {
              throw new IllegalStateException("No license");
            },
            "D-4.1",
            "D-5.1");

    assertThat(report.connector()).isEqualTo("golden");
    assertThat(report.results())
        .extracting(result -> result.rule().id() + " " + result.verdict())
        .containsExactly("D-1.7 VIOLATED", "D-4.1 UNVERIFIED", "D-5.1 UNVERIFIED");
    assertThat(finding(report.results().get(0)).actual()).contains("No license");
    assertThat(report.replay(report.results().get(0)))
        .isEqualTo("landfall certify golden --rule D-1.7 --seed 1");
    assertThat(KnownViolations.NONE.conforms(report)).isFalse();
  }

  @Test
  void whatBlocksWhenItIsMadeIsReportedWithItsStack() throws IOException {
    Report report =
        run(
            () -> {
              waitLong();
              return new GoldenDestination();
            },
            "D-1.7");

    assertThat(finding(report.results().get(0)).actual())
        .contains("it was still at")
        .contains(HardToTryTest.class.getName());
  }

  @Test
  void whatCanBeMadeOnlyOnceBreaksTheRuleThatIsTried() throws IOException {
    AtomicInteger made = new AtomicInteger();
    Report report =
        run(
            () -> {
              if (made.incrementAndGet() > 2) {
                throw new IllegalStateException("Only once");
              }
              return new GoldenDestination();
            },
            "D-5.7");

    assertThat(report.results()).extracting(RuleResult::verdict).containsExactly(Verdict.VIOLATED);
    assertThat(finding(report.results().get(0)).actual()).contains("Only once");
  }

  @Test
  void afterFourScenariosInARowThatDidNotEndTheOthersAreNotTried() throws IOException {
    Report report =
        run(
            () ->
                new GoldenDestination() {
                  @Override
                  public DestinationSession open(SessionRequest request) {
                    waitLong();
                    return super.open(request);
                  }
                },
            "D-4.1",
            "D-5.1",
            "D-5.2",
            "D-5.3",
            "D-5.4",
            "D-5.5");

    assertThat(report.results())
        .extracting(RuleResult::verdict)
        .containsExactly(
            Verdict.VIOLATED,
            Verdict.VIOLATED,
            Verdict.VIOLATED,
            Verdict.VIOLATED,
            Verdict.UNVERIFIED,
            Verdict.UNVERIFIED);
    assertThat(report.results().get(4).note()).contains("did not come to an end in 4 scenarios");
  }

  @Test
  void aSandboxThatDoesNotStartInTimeIsNoFaultOfTheConnector() throws IOException {
    Report report =
        runIn(
            request -> {
              waitLong();
              return new GoldenSandbox(request, false);
            });

    assertThat(report.results()).extracting(RuleResult::verdict).containsExactly(Verdict.ERRORED);
    assertThat(report.results().get(0).note()).contains("Blocked").contains("waitLong");
  }

  @Test
  void aSandboxThatDoesNotEndInTimeIsNoFaultOfTheConnector() throws IOException {
    Report report =
        runIn(
            request ->
                new GoldenSandbox(request, false) {
                  @Override
                  public void close() {
                    super.close();
                    waitLong();
                  }
                });

    assertThat(report.results()).extracting(RuleResult::verdict).containsExactly(Verdict.ERRORED);
  }

  @Test
  void aSandboxThatLacksALibraryIsNoFaultOfTheConnector() throws IOException {
    Report report =
        runIn(
            request -> {
              throw new NoClassDefFoundError("acme/Library");
            });

    assertThat(report.results()).extracting(RuleResult::verdict).containsExactly(Verdict.ERRORED);
    assertThat(report.results().get(0).note()).contains("acme/Library");
  }

  private static Report runIn(Function<SandboxRequest, Sandbox> start) throws IOException {
    SandboxProvider provider =
        new SandboxProvider() {
          @Override
          public String connector() {
            return "golden";
          }

          @Override
          public Sandbox start(SandboxRequest request) {
            return start.apply(request);
          }
        };
    return Conformance.of(Subject.of(GoldenDestination::new, provider))
        .limit(Duration.ofMillis(500))
        .rules(rule -> rule.id().equals("D-2.5"))
        .run(result -> {});
  }

  @Test
  @SuppressWarnings("InfiniteRecursion") // on purpose
  void aStackThatOverflowsIsTheConnectorsOwnDoing() throws IOException {
    Report report =
        run(
            () ->
                new GoldenDestination() {
                  @Override
                  protected DestinationSession session(SessionRequest request, Api api) {
                    return session(request, api);
                  }
                },
            "D-4.5");

    assertThat(report.results()).extracting(RuleResult::verdict).containsExactly(Verdict.VIOLATED);
    assertThat(finding(report.results().get(0)).actual())
        .contains("open threw java.lang.StackOverflowError");
  }
}
