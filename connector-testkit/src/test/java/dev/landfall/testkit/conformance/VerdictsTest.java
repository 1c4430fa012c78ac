package dev.landfall.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSandbox;
import dev.landfall.testkit.golden.GoldenSandboxProvider;
import dev.landfall.testkit.golden.GoldenSession;
import dev.landfall.testkit.golden.GoldenSettings;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.sandbox.Faults;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.sandbox.SandboxState;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VerdictsTest {

  private static final SandboxProvider HEALTHY = new GoldenSandboxProvider();

  private static Conformance of(Supplier<Destination> destination, SandboxProvider sandbox) {
    return Conformance.of(new Subject(destination, sandbox, null, null));
  }

  private static Report run(Conformance conformance, String... rules) throws IOException {
    return conformance.rules(rule -> List.of(rules).contains(rule.id())).run(result -> {});
  }

  private static SandboxProvider sandbox(Function<SandboxRequest, Sandbox> start) {
    return new SandboxProvider() {
      @Override
      public String connector() {
        return "golden";
      }

      @Override
      public Sandbox start(SandboxRequest request) {
        return start.apply(request);
      }
    };
  }

  private static Finding only(Report report) {
    assertThat(report.results()).singleElement().matches(r -> r.verdict() == Verdict.VIOLATED);
    return Objects.requireNonNull(report.results().get(0).finding());
  }

  @Test
  void aRuleIsSkippedWhenTheConnectorDoesNotDeclareWhatItIsAbout() throws IOException {
    Supplier<Destination> addsOneByOne =
        () ->
            new GoldenDestination() {
              @Override
              protected DestinationDescriptor.Builder describe(String id) {
                return super.describe(id)
                    .modes(AudienceSyncMode.ADD)
                    .callsInFlight(1)
                    .batch(1, 1)
                    .idempotent();
              }
            };
    Report report =
        run(of(addsOneByOne, HEALTHY), "D-3.4", "D-4.1", "D-4.2", "D-6.3", "D-8.7", "D-8.8");
    assertThat(report.with(Verdict.SKIPPED))
        .extracting(r -> r.rule().id() + " " + r.note())
        .containsExactly(
            "D-3.4 Without REMOVE.",
            "D-4.2 Without REMOVE.",
            "D-6.3 Without IN_FLIGHT.",
            "D-8.7 Without IDEMPOTENT_ADD.",
            "D-8.8 Without REMOVE, IDEMPOTENT_REMOVE.");
    assertThat(KnownViolations.NONE.conforms(report)).isTrue();
  }

  @Test
  void aRuleIsUnverifiedWhereTheSandboxCannotBeMadeToFail() throws IOException {
    SandboxProvider steady =
        sandbox(
            request ->
                new GoldenSandbox(request, false) {
                  @Override
                  public boolean injectsFaults() {
                    return false;
                  }
                });
    Report report = run(of(GoldenDestination::new, steady), "D-5.7", "D-7.1", "D-9.4");
    assertThat(report.with(Verdict.UNVERIFIED))
        .extracting(r -> r.rule().id() + " " + r.note())
        .containsExactly("D-7.1 Without FAULTS.", "D-9.4 Without FAULTS.");
    assertThat(report.with(Verdict.PASSED)).hasSize(1);
    assertThat(KnownViolations.NONE.conforms(report))
        .as("what is unverified is not passed")
        .isFalse();
  }

  @Test
  void aRuleIsUnverifiedWithoutJarsAndWithoutALog() throws IOException {
    Report report = run(of(GoldenDestination::new, HEALTHY), "D-1.1", "D-1.2", "D-1.3", "D-10.3");
    assertThat(report.with(Verdict.UNVERIFIED)).hasSize(4);
  }

  @Test
  void everythingIsErroredWhenTheSandboxDoesNotStart() throws IOException {
    SandboxProvider broken =
        sandbox(
            request -> {
              throw new IllegalStateException("The disk is full");
            });
    Report report = run(of(GoldenDestination::new, broken), "D-4.1", "D-7.1");
    assertThat(report.results())
        .hasSize(2)
        .allMatch(r -> r.verdict() == Verdict.ERRORED)
        .allMatch(r -> r.note().contains("The disk is full"));
    assertThat(KnownViolations.NONE.conforms(report)).isFalse();
  }

  @Test
  void oneRuleIsErroredWhenTheSandboxDoesNotStartForIt() throws IOException {
    AtomicInteger started = new AtomicInteger();
    SandboxProvider broken =
        sandbox(
            request -> {
              if (started.incrementAndGet() == 2) {
                throw new IllegalStateException("The disk was full");
              }
              return HEALTHY.start(request);
            });
    Report report = run(of(GoldenDestination::new, broken), "D-4.1", "D-4.2");
    assertThat(report.results())
        .extracting(RuleResult::verdict)
        .containsExactly(Verdict.ERRORED, Verdict.PASSED);
  }

  @Test
  void everythingIsErroredWithASandboxThatIsNoTestbed() throws IOException {
    Report report = run(of(GoldenDestination::new, sandbox(Plain::new)), "D-4.1");
    assertThat(report.results())
        .singleElement()
        .matches(r -> r.verdict() == Verdict.ERRORED)
        .matches(r -> r.note().contains("does not implement"));
  }

  @Test
  void aScenarioThatFailsSaysNothingOfTheConnector() throws IOException {
    SandboxProvider forgetful =
        sandbox(
            request ->
                new GoldenSandbox(request, false) {
                  @Override
                  public Set<String> members(Map<String, Object> target) {
                    if (super.members(target).isEmpty()) {
                      return Set.of();
                    }
                    throw new IllegalStateException("Nobody knows who is there");
                  }
                });
    Report report = run(of(GoldenDestination::new, forgetful), "D-4.1", "D-2.5");
    assertThat(report.results())
        .extracting(RuleResult::verdict)
        .containsExactly(Verdict.PASSED, Verdict.ERRORED);
    assertThat(report.with(Verdict.ERRORED).get(0).note()).contains("Nobody knows who is there");
  }

  @Test
  void aConnectorThatBlocksIsReportedWithItsStackWithinTheLimit() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    Supplier<Destination> blocking =
        delivering(
            batch -> {
              try {
                boolean unused = never.await(30, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return notAttempted(batch);
            });
    Report report = run(of(blocking, HEALTHY).limit(Duration.ofMillis(700)), "D-4.1");
    Finding finding = only(report);
    assertThat(finding.actual()).contains("it was still at").contains(VerdictsTest.class.getName());
    assertThat(finding.given()).contains("deliver(add");
    assertThat(report.results().get(0).took()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aConnectorThatOpensNothingBreaksTheRuleThatIsTried() throws IOException {
    assertThat(
            only(run(
                    of(
                        opening(
                            () -> {
                              throw new IllegalArgumentException("secret words");
                            }),
                        HEALTHY),
                    "D-4.1"))
                .actual())
        .startsWith("open threw java.lang.IllegalArgumentException at ")
        .doesNotContain("secret words");
    assertThat(only(run(of(opening(() -> null), HEALTHY), "D-4.1")).actual())
        .isEqualTo("open gave null");
  }

  @Test
  void whoWantsOneOfTwoSettingsIsNotBlamedForWantingIt() throws IOException {
    Setting<Optional<String>> list = Setting.text("list", "List").description("A list.").optional();
    Setting<Optional<String>> all = Setting.text("all", "All").description("All lists.").optional();
    SettingsSpec oneOfTwo =
        SettingsSpec.of(list, all)
            .withRule(
                settings ->
                    settings.get(list).or(() -> settings.get(all)).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Violation("/list", "golden.which", "Name a list.")));
    Report report =
        run(
            of(
                () ->
                    new GoldenDestination() {
                      @Override
                      protected DestinationDescriptor.Builder describe(String id) {
                        return super.describe(id).target(oneOfTwo).identity(GoldenSettings.ADDRESS);
                      }
                    },
                HEALTHY),
            "D-2.1");

    assertThat(report.results())
        .singleElement()
        .matches(result -> result.verdict() == Verdict.PASSED);
  }

  @Test
  void aCheckWithoutAReportIsAViolation() throws IOException {
    Supplier<Destination> mute =
        () ->
            new GoldenDestination() {
              @Override
              public CheckReport check(CheckRequest request) {
                return null;
              }
            };
    assertThat(only(run(of(mute, HEALTHY), "D-9.6")).actual()).isEqualTo("it was null");
  }

  @Test
  void whatAnotherScenarioSeesIsReportedWithThatScenario() throws IOException {
    Supplier<Destination> swallowing = delivering(batch -> new BatchResult(List.of(), null));
    Report report = run(of(swallowing, HEALTHY).seed(7), "D-4.4", "D-5.1", "D-8.1");
    RuleResult result =
        report.with(Verdict.VIOLATED).stream()
            .filter(r -> r.rule().id().equals("D-5.1"))
            .findFirst()
            .orElseThrow();
    assertThat(result.scenario()).isEqualTo("D-5.1");
    assertThat(report.replay(result)).isEqualTo("landfall certify golden --rule D-5.1 --seed 7");

    Report stray = run(of(VerdictsTest::stillChanging, HEALTHY).seed(7), "D-5.7", "D-5.12");
    assertThat(stray.with(Verdict.VIOLATED))
        .extracting(r -> r.rule().id())
        .containsExactly("D-5.12");
  }

  @Test
  void theSameSeedGivesTheSameVerdictsAndFindings() throws IOException {
    String[] rules = {"D-5.1", "D-5.2", "D-5.5", "D-5.6", "D-5.12"};
    List<Object> first = seen(run(of(VerdictsTest::stillChanging, HEALTHY).seed(42), rules));
    assertThat(first).hasSize(5);
    assertThat(seen(run(of(VerdictsTest::stillChanging, HEALTHY).seed(42), rules)))
        .isEqualTo(first);
  }

  private static List<Object> seen(Report report) {
    List<Object> seen = new ArrayList<>();
    report
        .results()
        .forEach(r -> seen.add(List.of(r.rule().id(), r.verdict(), String.valueOf(r.finding()))));
    return seen;
  }

  private static Destination stillChanging() {
    return new GoldenDestination() {
      @Override
      protected DestinationSession session(SessionRequest request, Api api) {
        return new StillChanging(api, request.target().get(GoldenSettings.LIST));
      }
    };
  }

  /** Reverses outcomes, and takes every delivery for a change. */
  private static final class StillChanging extends GoldenSession {
    StillChanging(Api api, String list) {
      super(api, list);
    }

    @Override
    protected BatchResult judge(List<String> keys, Reply reply) {
      List<Outcome> outcomes = new ArrayList<>(super.judge(keys, reply).outcomes());
      outcomes.replaceAll(
          outcome ->
              outcome instanceof Outcome.Delivered
                  ? new Outcome.Delivered(Effect.CHANGED)
                  : outcome);
      Collections.reverse(outcomes);
      return BatchResult.of(outcomes);
    }
  }

  private static Supplier<Destination> opening(Supplier<DestinationSession> session) {
    return () ->
        new GoldenDestination() {
          @Override
          protected DestinationSession session(SessionRequest request, Api api) {
            api.close();
            return session.get();
          }
        };
  }

  private static Supplier<Destination> delivering(Function<Batch, BatchResult> deliver) {
    return opening(
        () ->
            new DestinationSession() {
              @Override
              public BatchResult deliver(Batch batch) {
                return deliver.apply(batch);
              }

              @Override
              public void close() {}
            });
  }

  private static BatchResult notAttempted(Batch batch) {
    return BatchResult.of(Collections.nCopies(batch.size(), new Outcome.NotAttempted()));
  }

  /** A sandbox that nobody can try a connector with. */
  private static final class Plain implements Sandbox {
    private final GoldenSandbox golden;

    Plain(SandboxRequest request) {
      golden = new GoldenSandbox(request, false);
    }

    @Override
    public URI address() {
      return golden.address();
    }

    @Override
    public Map<String, Object> connection() {
      return golden.connection();
    }

    @Override
    public SandboxState state() {
      return golden.state();
    }

    @Override
    public Faults faults() {
      return golden.faults();
    }

    @Override
    public void close() {
      golden.close();
    }
  }
}
