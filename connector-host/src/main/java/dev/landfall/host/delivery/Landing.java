package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.delivery.Reading.Again;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what came back of a batch and decides what follows for its changes and for the run. */
final class Landing {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Run run;
  private final ChangeKind kind;
  private final boolean idempotent;
  private final Consumer<Undertaking> settle;
  private final Consumer<Undertaking> again;
  private boolean sessionEnded;

  Landing(Run run, ChangeKind kind, Consumer<Undertaking> settle, Consumer<Undertaking> again) {
    this.run = run;
    this.kind = kind;
    this.idempotent = run.request.descriptor().idempotentKinds().contains(kind);
    this.settle = settle;
    this.again = again;
  }

  /** Whether the session left records unattempted, for a reason that another call may yet tell. */
  boolean sessionEnded() {
    return sessionEnded;
  }

  void land(Flight flight) {
    Answer answer = flight.answer();
    if (answer instanceof Answer.Fatal fatal) {
      throw fatal.error();
    } else if (answer instanceof Answer.Broken broken) {
      String connector = run.request.descriptor().toString();
      allUnknown(flight, run.stops.contractBroken(connector, broken.what()));
    } else if (answer instanceof Answer.Kept kept) {
      Problem stop = kept.result().stop();
      if (stop != null) {
        run.stops.connector(stop, kind);
      }
      List<Outcome> outcomes = kept.result().outcomes();
      List<Reading> readings = outcomes.stream().map(Reading::of).toList();
      watch(flight, readings);
      pause(flight, readings);
      for (int i = 0; i < readings.size(); i++) {
        decide(flight.undertakings().get(i), outcomes.get(i), readings.get(i));
      }
      run.availability.stop(run.lanes.nanos()).ifPresent(run.stops::run);
    }
  }

  /** Books a batch that did not come back after its session was closed. */
  void giveUp(Flight flight) {
    allUnknown(
        flight,
        new Problem(
            ProblemKind.UNAVAILABLE,
            "delivery.given-up",
            "The call did not return after the session was closed.",
            "Run the sync again: it settles what this change came to."));
  }

  /** Ends the direction: a session that stopped working has to say why. */
  void close() {
    if (sessionEnded && !run.over(kind)) {
      run.stops.contractBroken(
          run.request.descriptor().toString(), "left records unattempted without saying why");
    }
  }

  private void allUnknown(Flight flight, Problem problem) {
    Instant now = run.request.clock().instant();
    for (Undertaking undertaking : flight.undertakings()) {
      Outcome unknown = new Outcome.Unknown(problem, null);
      undertaking.answered(run.request.rules(), unknown, true, now);
      settle.accept(undertaking);
    }
  }

  /** Counts a call as answered if anything in it is an answer; records follow one by one. */
  private void watch(Flight flight, List<Reading> readings) {
    if (readings.stream().anyMatch(r -> r.attempted() && !r.unanswered())) {
      run.availability.answered(run.lanes.nanos());
      if (readings.stream().noneMatch(Reading::throttled)) {
        run.inFlight.answered(flight.begunNanos(), run.lanes.nanos());
      }
    } else {
      readings.stream()
          .filter(Reading::unanswered)
          .findFirst()
          .ifPresent(r -> unanswered(flight, r.problem()));
    }
    if (readings.stream().anyMatch(r -> r.attempted() && r.again() == Again.NEVER)) {
      run.pace.flowing();
    }
  }

  private void unanswered(Flight flight, @Nullable Problem problem) {
    if (problem != null) {
      run.availability.unanswered(flight.begunNanos(), problem);
      run.inFlight.unanswered(flight.begunNanos(), run.lanes.nanos());
    }
  }

  private void pause(Flight flight, List<Reading> readings) {
    Duration asked = Collections.max(readings.stream().map(Landing::asked).toList());
    if (asked.compareTo(LONGEST_PAUSE) > 0) {
      run.stops.pauseTooLong(run.request.descriptor().name(), asked);
      return;
    }
    long nanos = asked.toNanos();
    boolean throttled = readings.stream().anyMatch(Reading::throttled);
    if (throttled) {
      int waves = run.pace.throttled(flight.begunNanos());
      nanos = Math.max(nanos, run.backoff.nanos(waves));
    }
    if (nanos > 0 && run.pace.pause(run.lanes.nanos(), nanos)) {
      run.request
          .listener()
          .notice(
              "delivery.paused",
              "%s asks for fewer requests; nothing is sent for %.1f seconds."
                  .formatted(run.request.descriptor().name(), nanos / 1e9));
    }
    if (throttled) {
      run.inFlight.throttled(flight.begunNanos(), run.pace.resumesNanos(run.lanes.nanos()));
    }
  }

  private static Duration asked(Reading reading) {
    Duration asked = reading.retryAfter();
    return asked == null || asked.isNegative() ? Duration.ZERO : asked;
  }

  private void decide(Undertaking undertaking, Outcome outcome, Reading reading) {
    Instant now = run.request.clock().instant();
    undertaking.answered(run.request.rules(), outcome, reading.unresolved(), now);
    if (!reading.attempted()) {
      sessionEnded = true;
    } else if (mayGoAgain(undertaking, reading)) {
      // A Retry-After holds the whole session back, this change with it.
      undertaking.dueAt(run.lanes.nanos() + run.backoff.nanos(undertaking.attempts()));
      again.accept(undertaking);
      return;
    } else if (reading.unanswered()) {
      run.availability.usedUp();
    } else {
      run.availability.ended();
    }
    settle.accept(undertaking);
  }

  private boolean mayGoAgain(Undertaking undertaking, Reading reading) {
    return undertaking.attempts() < run.request.policy().attempts()
        && switch (reading.again()) {
          case NEVER -> false;
          case IF_IDEMPOTENT -> idempotent;
          case ALWAYS -> true;
        };
  }
}
