package dev.landfall.testkit.scenario;

import dev.landfall.connector.Destination;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sessions from open to close: D-8. */
final class LifecycleScenarios {

  private static final int LANES = 16;
  private static final Duration SECOND = Duration.ofSeconds(1);
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
          new Scenario("D-8.9", LifecycleScenarios::anInterruptIsKept));

  private LifecycleScenarios() {}

  private static void closingTwiceDoesNothing(Stage stage) {
    Session session = stage.open(stage.target());
    Members.land(stage, session, ChangeKind.ADD, stage.members(1));
    session.close();
    session.close();
    Session idle = stage.open(stage.target());
    idle.close();
    idle.close();
  }

  private static void aClosedSessionAttemptsNothing(Stage stage) {
    Session session = stage.open(stage.target());
    Members.land(stage, session, ChangeKind.ADD, stage.members(1));
    session.close();
    long before = stage.calls();
    session.deliver(ChangeKind.ADD, stage.members(2)).all(Outcome.NotAttempted.class);
    stage.expect(
        stage.calls() == before,
        "no call after close",
        "the system saw " + (stage.calls() - before));
  }

  private static void closeFreesABlockedDeliver(Stage stage) throws InterruptedException {
    String add = stage.testbed().callsFor(ChangeKind.ADD);
    Session session = stage.open(stage.target());
    Members.land(stage, session, ChangeKind.ADD, stage.members(1));
    stage.faults().inject(Fault.silence().applied().onCalls(add));
    long struck = stage.faults().struck();
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread delivering =
        new Thread(
            () -> {
              try {
                session.deliver(ChangeKind.ADD, stage.member()).all(Outcome.Unknown.class);
              } catch (Throwable e) {
                thrown.set(e);
              } finally {
                done.countDown();
              }
            },
            "delivering");
    delivering.setDaemon(true);
    delivering.start();
    while (stage.faults().struck() == struck && delivering.isAlive()) {
      Thread.onSpinWait();
    }
    long begun = System.nanoTime();
    session.close();
    boolean freed = done.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    if (!freed) {
      String at =
          String.join(
              " < ",
              Arrays.stream(delivering.getStackTrace()).limit(8).map(String::valueOf).toList());
      stage.faults().clear();
      stage.expect(false, "deliver to return within a second of close", "it was still at " + at);
    }
    stage.expect(
        took.compareTo(SECOND.plusMillis(500)) < 0,
        "deliver to return within a second of close",
        "it took " + took.toMillis() + " ms");
    if (thrown.get() instanceof RuntimeException e) {
      throw e;
    }
  }

  private static void threadsEndWithTheSession(Stage stage) throws InterruptedException {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    Destination destination = stage.subject().destination().get();
    stage.note("made, and asked for the descriptor of, " + destination.descriptor());
    stage.expect(
        others(group).isEmpty(),
        "no thread of a connector that has opened nothing",
        "there is " + others(group));
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Session session = stage.open(stage.target());
      sessions.add(session);
      Members.land(stage, session, ChangeKind.ADD, stage.members(2));
    }
    sessions.forEach(Session::close);
    long until = System.nanoTime() + GRACE.toNanos();
    while (!others(group).isEmpty() && System.nanoTime() < until) {
      for (Thread thread : others(group)) {
        thread.join(50);
      }
    }
    stage.expect(
        others(group).isEmpty(),
        "no thread of the connector's after close",
        "there is " + others(group));
  }

  private static List<Thread> others(ThreadGroup group) {
    Thread[] threads = new Thread[group.activeCount() + 64];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> thread != Thread.currentThread() && thread.isAlive())
        .toList();
  }

  private static void sessionsAreApart(Stage stage) {
    Target one = stage.target();
    Target other = stage.target();
    Session first = stage.open(one);
    try (Session second = stage.open(other)) {
      Members.land(stage, first, ChangeKind.ADD, stage.members(2));
      Members.land(stage, second, ChangeKind.ADD, stage.members(3));
      first.close();
      Members.land(stage, second, ChangeKind.ADD, stage.members(1));
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
                  .deliver(ChangeKind.ADD, members)
                  .none(Outcome.Rejected.class)
                  .none(Outcome.Retryable.class)
                  .none(Outcome.Unknown.class)
                  .none(Outcome.NotAttempted.class);
            }
          });
    }
  }

  private static void aRepeatedAddDoesNoHarm(Stage stage) {
    repeated(stage, ChangeKind.ADD);
  }

  private static void aRepeatedRemovalDoesNoHarm(Stage stage) {
    repeated(stage, ChangeKind.REMOVE);
  }

  /** What a host does with an unknown outcome of a kind that is declared idempotent. */
  private static void repeated(Stage stage, ChangeKind kind) {
    Target target = stage.target();
    List<Member> members = stage.members(2);
    try (Session session =
        kind == ChangeKind.ADD ? stage.open(target) : Members.withIn(stage, target, members)) {
      if (stage.testbed().injectsFaults()) {
        String calls = stage.testbed().callsFor(kind);
        stage.faults().inject(Fault.answering(503).applied().onCalls(calls).times(1));
      }
      session.deliver(kind, members);
      Members.land(stage, session, kind, members);
      Members.land(stage, session, kind, members);
    }
    Members.expect(stage, target, kind == ChangeKind.ADD ? members : List.of());
  }

  private static void anInterruptIsKept(Stage stage) {
    try (Session session = stage.open(stage.target())) {
      Members.land(stage, session, ChangeKind.ADD, stage.members(1));
      Thread.currentThread().interrupt();
      session.deliver(ChangeKind.ADD, stage.member());
      boolean kept = Thread.interrupted();
      stage.expect(kept, "the interrupt to be kept", "it was swallowed");
      Members.land(stage, session, ChangeKind.ADD, stage.members(1));
    }
  }
}
