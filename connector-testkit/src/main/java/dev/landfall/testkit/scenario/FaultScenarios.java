package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Claims;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A system that fails: D-7. */
final class FaultScenarios {

  /**
   * A connector's own limits are a second or less, in each direction; the rest is for a busy
   * machine.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** Perhaps the address is wrong, perhaps the system is down; nothing else can be told. */
  private static final Set<ProblemKind> UNREACHABLE =
      EnumSet.of(ProblemKind.UNAVAILABLE, ProblemKind.CONFIGURATION);

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-7.1", FaultScenarios::throttlingIsRetryable),
          new Scenario("D-7.2", FaultScenarios::retryAfterMayBeADate),
          new Scenario("D-7.3", FaultScenarios::serverErrorsAreUnknown),
          new Scenario("D-7.4", FaultScenarios::aCutConnectionIsUnknown),
          new Scenario("D-7.5", FaultScenarios::silenceEnds),
          new Scenario("D-7.6", FaultScenarios::aStrangeSuccessIsUnknown),
          new Scenario("D-7.7", FaultScenarios::drippingEnds),
          new Scenario("D-7.8", FaultScenarios::redirectsAreNotFollowed),
          new Scenario("D-7.9", FaultScenarios::nothingIsSentTwice),
          new Scenario("D-7.10", FaultScenarios::aSessionRecovers),
          new Scenario("D-7.11", FaultScenarios::oddRetryAfterDoesNoHarm),
          new Scenario("D-7.12", FaultScenarios::whoCannotBeReachedTakesNobodyOn),
          new Scenario("D-7.13", FaultScenarios::callsAreNamed),
          new Scenario("D-7.14", FaultScenarios::inProcessNothingIsConnectedTo));

  private FaultScenarios() {}

  /**
   * Whatever the connector makes of an add, it has to make of a removal too; one that removes
   * nobody at all is found out by the rules on removals.
   */
  private static void under(Stage stage, Fault fault, Consumer<Answered> then) {
    for (ChangeKind kind : Members.kinds(stage)) {
      List<Member> members = stage.members(2);
      try (Session session = Members.impatient(stage, stage.target(), kind, members)) {
        if (begun(stage, session, kind, members.subList(0, 1))) {
          stage.during(
              fault.onCalls(stage.testbed().callsFor(kind)),
              () -> then.accept(session.deliver(kind, members.subList(1, 2))));
        }
      }
    }
  }

  private static boolean begun(
      Stage stage, Session session, ChangeKind kind, List<Member> members) {
    if (kind == stage.addKind()) {
      Members.land(stage, session, kind, members);
      return true;
    }
    Answered answered = session.deliver(kind, members);
    return Receipts.settled(stage, session, kind, members, answered).outcomes().stream()
        .allMatch(Outcome.Delivered.class::isInstance);
  }

  private static void throttlingIsRetryable(Stage stage) {
    under(
        stage,
        Fault.answering(429, "17").notApplied(),
        answered -> {
          answered.all(Outcome.Retryable.class);
          asksFor(stage, answered, Duration.ofSeconds(17), Duration.ZERO);
        });
    under(
        stage,
        Fault.answering(429).notApplied(),
        answered -> answered.all(Outcome.Retryable.class));
  }

  private static void retryAfterMayBeADate(Stage stage) {
    ZonedDateTime at = stage.clock().instant().plusSeconds(40).atZone(ZoneOffset.UTC);
    under(
        stage,
        Fault.answering(429, DateTimeFormatter.RFC_1123_DATE_TIME.format(at)).notApplied(),
        answered -> asksFor(stage, answered, Duration.ofSeconds(40), Duration.ofSeconds(1)));
  }

  private static void asksFor(
      Stage stage, Answered answered, Duration expected, Duration tolerance) {
    for (Outcome outcome : answered.outcomes()) {
      Duration asked = outcome instanceof Outcome.Retryable r ? r.retryAfter() : null;
      stage.expect(
          near(asked, expected, tolerance),
          "a pause of " + expected.toSeconds() + " seconds, as Retry-After says",
          asked == null ? "no pause is asked for" : "the pause is " + asked);
    }
  }

  private static boolean near(@Nullable Duration asked, Duration expected, Duration tolerance) {
    return asked != null && asked.minus(expected).abs().compareTo(tolerance) <= 0;
  }

  private static void oddRetryAfterDoesNoHarm(Stage stage) {
    for (String odd : List.of("soon", "", "-5", "1e9", "99999999999999999999")) {
      under(
          stage,
          Fault.answering(429, odd).notApplied(),
          answered -> answered.all(Outcome.Retryable.class));
    }
  }

  private static void serverErrorsAreUnknown(Stage stage) {
    for (int status : new int[] {500, 502, 503, 504}) {
      under(stage, Fault.answering(status).applied(), a -> a.all(Outcome.Unknown.class));
      under(stage, Fault.answering(status).notApplied(), a -> a.all(Outcome.Unknown.class));
    }
  }

  private static void aCutConnectionIsUnknown(Stage stage) {
    under(stage, Fault.cut().applied(), a -> a.all(Outcome.Unknown.class));
    under(stage, Fault.cut().notApplied(), a -> a.all(Outcome.Unknown.class));
  }

  private static void silenceEnds(Stage stage) {
    within(stage, () -> under(stage, Fault.silence().applied(), a -> a.all(Outcome.Unknown.class)));
  }

  private static void aStrangeSuccessIsUnknown(Stage stage) {
    for (Fault.Symptom symptom :
        List.of(Fault.html(), Fault.errorsInside(), Fault.truncated(), Fault.brokenBody())) {
      under(stage, symptom.notApplied(), a -> a.all(Outcome.Unknown.class));
    }
  }

  private static void drippingEnds(Stage stage) {
    within(
        stage,
        () ->
            under(
                stage,
                Fault.dripping(Duration.ofSeconds(15)).notApplied(),
                a -> a.all(Outcome.Unknown.class)));
  }

  private static void within(Stage stage, Runnable work) {
    long begun = System.nanoTime();
    work.run();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    stage.expect(
        took.compareTo(PATIENCE) < 0,
        "an outcome soon after the time limit of a second",
        "it took " + took.toMillis() + " ms");
  }

  private static void redirectsAreNotFollowed(Stage stage) throws IOException {
    try (Elsewhere elsewhere = Elsewhere.open()) {
      under(
          stage,
          Fault.redirect(elsewhere.address()).notApplied(),
          answered -> answered.none(Outcome.Delivered.class).none(Outcome.Rejected.class));
      stage.expect(
          !elsewhere.called(), "no connection to where a redirect points", "there was one");
    }
  }

  private static void nothingIsSentTwice(Stage stage) {
    for (Fault fault :
        List.of(
            Fault.cut().applied(),
            Fault.answering(503).applied(),
            Fault.brokenBody().applied(),
            Fault.answering(429, "0").notApplied())) {
      for (ChangeKind kind : Members.kinds(stage)) {
        sentOnce(stage, fault, kind);
      }
    }
  }

  private static void sentOnce(Stage stage, Fault fault, ChangeKind kind) {
    String sent = stage.testbed().callsFor(kind);
    List<Member> members = stage.members(2);
    try (Session session = Members.impatient(stage, stage.target(), kind, members)) {
      if (!begun(stage, session, kind, members.subList(0, 1))) {
        return;
      }
      long before = stage.testbed().state().calls(sent);
      stage.during(fault.onCalls(sent), () -> session.deliver(kind, members.get(1)));
      long calls = stage.testbed().state().calls(sent) - before;
      stage.expect(calls <= 1, "one call for one delivery", "the system saw " + calls);
    }
  }

  private static void aSessionRecovers(Stage stage) {
    try (Session session = stage.openImpatient(stage.target())) {
      for (Fault fault :
          List.of(
              Fault.cut().notApplied(),
              Fault.answering(503).notApplied(),
              Fault.answering(429).notApplied(),
              Fault.html().notApplied())) {
        Member member = stage.member();
        stage.during(
            fault.onCalls(stage.testbed().callsFor(stage.addKind())),
            () -> session.deliver(stage.addKind(), member).none(Outcome.Delivered.class));
        Members.land(stage, session, stage.addKind(), List.of(member));
      }
    }
  }

  private static void whoCannotBeReachedTakesNobodyOn(Stage stage) {
    Map<String, Object> nowhere = stage.testbed().unreachableConnection().orElseThrow();
    for (ChangeKind kind : Members.kinds(stage)) {
      try (Session session = stage.tryOpen(stage.target(), stage.mode(kind), nowhere)) {
        Answered answered =
            session
                .deliver(kind, stage.members(2))
                .none(Outcome.Delivered.class)
                .none(Outcome.Accepted.class)
                .none(Outcome.Rejected.class);
        answered.stop().ifPresent(problem -> unreachable(stage, problem));
        answered.outcomes().stream()
            .flatMap(outcome -> Claims.problem(outcome).stream())
            .forEach(problem -> unreachable(stage, problem));
      } catch (ConnectorException e) {
        unreachable(stage, e.problem());
      }
    }
  }

  private static void unreachable(Stage stage, Problem problem) {
    stage.expect(
        UNREACHABLE.contains(problem.kind()),
        "a problem of one of the kinds " + UNREACHABLE,
        "it was " + problem.kind() + " (" + problem.code() + ")");
  }

  private static void callsAreNamed(Stage stage) {
    String agent = stage.context().userAgent();
    try (Session session = stage.open(stage.target())) {
      Members.land(stage, session, stage.addKind(), stage.members(1));
    }
    stage.check(stage.testbed().connection(), stage.target().settings());
    for (String named : stage.testbed().callers().orElseThrow()) {
      stage.expect(
          named.contains(agent),
          "calls with the user agent of the context, " + agent,
          named.isEmpty() ? "one has none" : "one is of " + named);
    }
  }

  private static void inProcessNothingIsConnectedTo(Stage stage) throws Exception {
    for (SyncMode mode : stage.descriptor().modes()) {
      Target target = stage.target();
      Member there = stage.member();
      Members.putIn(stage, target, List.of(there));
      Set<String> seen =
          InputOutput.connections(
              stage.folder(),
              () -> {
                stage.check(stage.testbed().connection(), target.settings());
                try (Session session = stage.open(target, mode, stage.testbed().connection())) {
                  for (ChangeKind kind : mode.changeKinds()) {
                    session.deliver(kind, List.of(there, stage.member()));
                  }
                }
              });
      stage.expect(
          seen.isEmpty(),
          "no connection, and no other process, for a system in the connector's own",
          "there was " + String.join(", ", seen));
    }
  }
}
