package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.sandbox.Authority;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Claims;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import java.util.List;
import java.util.Optional;

/** Authentication: D-6. */
final class TokenScenarios {

  /** More requests than this for a token that is refused are no attempt but a loop. */
  private static final int BOUND = 5;

  private static final int LANES = 8;

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-6.1", TokenScenarios::oneTokenForManyBatches),
          new Scenario("D-6.2", TokenScenarios::aTokenThatExpiresIsRenewed),
          new Scenario("D-6.3", TokenScenarios::manyThreadsAskOnce),
          new Scenario("D-6.4", TokenScenarios::refusedCredentialsStop),
          new Scenario("D-6.5", TokenScenarios::anEndpointThatIsDownIsNoRefusal),
          new Scenario("D-6.6", TokenScenarios::aTokenRefusedForEverStops));

  private TokenScenarios() {}

  private static Authority authority(Stage stage) {
    return stage.testbed().authority().orElseThrow();
  }

  private static long asked(Stage stage) {
    return stage.testbed().state().calls(authority(stage).calls());
  }

  private static void revoke(Stage stage) {
    int revoked = authority(stage).revokeAll();
    stage.note("the system revokes " + revoked + " tokens");
  }

  private static void oneTokenForManyBatches(Stage stage) {
    try (Session session = stage.open(stage.target())) {
      for (int batch = 0; batch < 20; batch++) {
        Members.land(stage, session, stage.addKind(), stage.members(1));
      }
    }
    stage.expect(
        asked(stage) <= 1, "one request for a token over 20 batches", "there were " + asked(stage));
  }

  private static void aTokenThatExpiresIsRenewed(Stage stage) {
    try (Session session = stage.open(stage.target())) {
      Members.land(stage, session, stage.addKind(), stage.members(1));
      revoke(stage);
      Members.land(stage, session, stage.addKind(), stage.members(1));
      authority(stage).expireAfterUses(3);
      stage.note("from now on a token is good for 3 calls");
      revoke(stage);
      for (int batch = 0; batch < 10; batch++) {
        Members.land(stage, session, stage.addKind(), stage.members(1));
      }
    }
  }

  private static void manyThreadsAskOnce(Stage stage) throws InterruptedException {
    int lanes = Math.min(LANES, stage.descriptor().callsInFlight());
    String calls = authority(stage).calls();
    stage.inject(Fault.slow(java.time.Duration.ofMillis(100)).onCalls(calls));
    try (Session session = stage.open(stage.target())) {
      Lanes.run(lanes, lane -> Members.land(stage, session, stage.addKind(), stage.members(1)));
      stage.expect(
          asked(stage) <= 1,
          "one request for a token by " + lanes + " threads",
          "there were " + asked(stage));
      revoke(stage);
      Lanes.run(lanes, lane -> Members.land(stage, session, stage.addKind(), stage.members(1)));
    }
    stage.expect(
        asked(stage) <= 2,
        "one more request for a token once it was revoked",
        "there were " + asked(stage) + " in all");
  }

  private static void refusedCredentialsStop(Stage stage) {
    stage.expect(stage.refuseCredentials(), "a system that checks credentials", "it has none");
    refused(stage);
  }

  private static void aTokenRefusedForEverStops(Stage stage) {
    String add = stage.testbed().callsFor(stage.addKind());
    stage.inject(Fault.answering(401).notApplied().onCalls(add));
    refused(stage);
    long tries = stage.testbed().state().calls(add);
    stage.expect(
        tries <= BOUND, "at most " + BOUND + " calls with refused tokens", "there were " + tries);
  }

  private static void refused(Stage stage) {
    Optional<Problem> problem = delivering(stage);
    stage.expect(
        problem.filter(p -> p.kind() == ProblemKind.AUTHENTICATION).isPresent(),
        "a stop of kind AUTHENTICATION",
        problem.map(p -> "it was " + p.kind() + " (" + p.code() + ")").orElse("there was no stop"));
    stage.expect(
        asked(stage) <= BOUND,
        "at most " + BOUND + " requests for a token",
        "there were " + asked(stage));
  }

  private static void anEndpointThatIsDownIsNoRefusal(Stage stage) {
    stage.inject(Fault.answering(503).notApplied().onCalls(authority(stage).calls()));
    Optional<Problem> problem = delivering(stage);
    stage.expect(
        problem.filter(p -> p.kind() == ProblemKind.UNAVAILABLE).isPresent(),
        "a problem of kind UNAVAILABLE",
        problem.map(p -> "it was " + p.kind() + " (" + p.code() + ")").orElse("there was none"));
  }

  /** What a session says of a delivery that cannot land, be it at open or in its outcomes. */
  private static Optional<Problem> delivering(Stage stage) {
    var target = stage.target();
    try (Session session =
        stage.tryOpen(target, stage.mode(stage.addKind()), stage.testbed().impatientConnection())) {
      Answered answered = session.deliver(stage.addKind(), stage.members(2));
      answered.none(Outcome.Delivered.class).none(Outcome.Rejected.class);
      return answered
          .stop()
          .or(() -> answered.outcomes().stream().findFirst().flatMap(Claims::problem));
    } catch (ConnectorException e) {
      return Optional.of(e.problem());
    }
  }
}
