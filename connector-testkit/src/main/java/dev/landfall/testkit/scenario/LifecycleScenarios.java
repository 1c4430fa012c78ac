package dev.landfall.testkit.scenario;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.Destination;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sessions from open to close: D-8. */
final class LifecycleScenarios {

  private static final int LANES = 16;
  private static final int THREADS = 4;
  private static final Duration GRACE = Duration.ofSeconds(2);

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-8.1", LifecycleScenarios::closingTwiceDoesNothing),
          new Scenario("D-8.2", LifecycleScenarios::aClosedSessionAttemptsNothing),
          new Scenario("D-8.3", LifecycleScenarios::closeFreesABlockedDeliver),
          new Scenario("D-8.4", LifecycleScenarios::threadsEndWithTheSession),
          new Scenario("D-8.5", LifecycleScenarios::sessionsAreApart),
          new Scenario("D-8.6", LifecycleScenarios::callsInFlightAsDeclared),
          new Scenario("D-8.7", LifecycleScenarios::aRepeatedAddDoesNoHarm),
          new Scenario("D-8.8", LifecycleScenarios::aRepeatedRemovalDoesNoHarm),
          new Scenario("D-8.9", LifecycleScenarios::anInterruptIsKept),
          new Scenario("D-8.11", LifecycleScenarios::severalThreadsAskAtOnce));

  private LifecycleScenarios() {}

  private static void closingTwiceDoesNothing(Stage stage) {
    Session session = stage.open(stage.target());
    Members.land(stage, session, stage.addKind(), stage.members(1));
    session.close();
    session.close();
    Session idle = stage.open(stage.target());
    idle.close();
    idle.close();
  }

  private static void aClosedSessionAttemptsNothing(Stage stage) {
    Session session = stage.open(stage.target());
    Members.land(stage, session, stage.addKind(), stage.members(1));
    session.close();
    long before = stage.calls();
    session.deliver(stage.addKind(), stage.members(2)).all(Outcome.NotAttempted.class);
    stage.expect(
        stage.calls() == before,
        "no call after close",
        "the system saw " + (stage.calls() - before));
  }

  private static void closeFreesABlockedDeliver(Stage stage) throws InterruptedException {
    String add = stage.testbed().callsFor(stage.addKind());
    Session session = stage.open(stage.target());
    Members.land(stage, session, stage.addKind(), stage.members(1));
    List<Member> members = stage.members(Math.min(3, stage.descriptor().largestBatch()));
    stage.inject(Fault.silence().applied().onCalls(add));
    Closing.frees(
        stage,
        session,
        "deliver",
        () -> {
          Answered answered = session.deliver(stage.addKind(), members);
          answered
              .none(Outcome.Delivered.class)
              .none(Outcome.Rejected.class)
              .none(Outcome.Retryable.class);
          stage.expect(
              answered.outcomes().stream().anyMatch(Outcome.Unknown.class::isInstance),
              "Unknown for who was under way when the session was closed",
              "there is no Unknown");
        });
  }

  private static void threadsEndWithTheSession(Stage stage) throws InterruptedException {
    Destination destination = stage.subject().destination().get();
    stage.note("made, and asked for the descriptor of, " + destination.descriptor());
    stage.expect(
        Threads.others().isEmpty(),
        "no thread of a connector that has opened nothing",
        "there is " + Threads.others());
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Session session = stage.open(stage.target());
      sessions.add(session);
      Members.land(stage, session, stage.addKind(), stage.members(2));
    }
    sessions.forEach(Session::close);
    stage.check(stage.testbed().connection(), stage.target().settings());
    List<Thread> left = Threads.leftAfter(GRACE);
    stage.expect(left.isEmpty(), "no thread of the connector's after close", "there is " + left);
  }

  private static void sessionsAreApart(Stage stage) {
    Target one = stage.target();
    Target other = stage.target();
    Session first = stage.open(one);
    try (Session second = stage.open(other)) {
      Members.land(stage, first, stage.addKind(), stage.members(2));
      Members.land(stage, second, stage.addKind(), stage.members(3));
      first.close();
      Members.land(stage, second, stage.addKind(), stage.members(1));
    }
    int in = stage.testbed().members(one.settings()).size();
    int inOther = stage.testbed().members(other.settings()).size();
    stage.expect(
        in == 2 && inOther == 4,
        "2 members in " + one + " and 4 in " + other,
        "there are " + in + " and " + inOther);
  }

  private static void callsInFlightAsDeclared(Stage stage) throws InterruptedException {
    int lanes = Math.min(LANES, stage.descriptor().callsInFlight());
    int rows = Math.min(5, stage.descriptor().largestBatch());
    try (Session session = stage.open(stage.target())) {
      Lanes.run(
          lanes,
          lane -> {
            for (int batch = 0; batch < 10; batch++) {
              List<Member> members = new ArrayList<>(stage.members(rows));
              session
                  .deliver(stage.addKind(), members)
                  .none(Outcome.Rejected.class)
                  .none(Outcome.Retryable.class)
                  .none(Outcome.Unknown.class)
                  .none(Outcome.NotAttempted.class);
            }
          });
    }
  }

  private static void aRepeatedAddDoesNoHarm(Stage stage) {
    repeated(stage, stage.addKind());
  }

  private static void aRepeatedRemovalDoesNoHarm(Stage stage) {
    repeated(stage, stage.removeKind());
  }

  /** What a host does with an unknown outcome of a kind that is declared idempotent. */
  private static void repeated(Stage stage, ChangeKind kind) {
    Target target = stage.target();
    List<Member> members = stage.members(2);
    try (Session session =
        kind == stage.addKind() ? stage.open(target) : Members.withIn(stage, target, members)) {
      if (stage.testbed().injectsFaults()) {
        String calls = stage.testbed().callsFor(kind);
        stage.inject(Fault.answering(503).applied().onCalls(calls).times(1));
      }
      session.deliver(kind, members);
      Members.land(stage, session, kind, members);
      Members.land(stage, session, kind, members);
    }
    Members.expect(stage, target, kind == stage.addKind() ? members : List.of());
  }

  private static void anInterruptIsKept(Stage stage) {
    try (Session session = stage.open(stage.target())) {
      Members.land(stage, session, stage.addKind(), stage.members(1));
      Thread.currentThread().interrupt();
      session.deliver(stage.addKind(), stage.member());
      boolean kept = Thread.interrupted();
      stage.expect(kept, "the interrupt to be kept", "it was swallowed");
      Members.land(stage, session, stage.addKind(), stage.members(1));
    }
  }

  private static void severalThreadsAskAtOnce(Stage stage) throws InterruptedException {
    String id = stage.descriptor().id();
    boolean right = stage.check(stage.testbed().connection(), stage.target().settings()).ok();
    List<Target> targets = new ArrayList<>();
    for (int lane = 0; lane < THREADS; lane++) {
      targets.add(stage.target());
    }
    Lanes.run(
        THREADS,
        lane -> {
          Target target = targets.get(lane);
          for (int i = 0; i < 3; i++) {
            stage.expect(
                id.equals(stage.destination().descriptor().id()),
                "a descriptor in every thread",
                "one has another");
            CheckReport report = stage.check(stage.testbed().connection(), target.settings());
            stage.expect(
                report.ok() == right,
                "a check to find the same in each of several threads",
                "one found something else");
            try (Session session = stage.open(target)) {
              session
                  .deliver(stage.addKind(), stage.member())
                  .none(Outcome.Rejected.class)
                  .none(Outcome.Unknown.class)
                  .none(Outcome.NotAttempted.class);
            }
          }
        });
  }
}
