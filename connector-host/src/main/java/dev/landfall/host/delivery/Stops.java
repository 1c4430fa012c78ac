package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.delivery.DeliveryReport.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the run, or a direction of it, is over. */
final class Stops {

  private final List<Stop> stops = new ArrayList<>();

  void run(Problem problem) {
    add(problem, null);
  }

  /** Takes a connector's own stop: a missing permission is one of the direction alone. */
  void connector(Problem problem, ChangeKind direction) {
    add(problem, problem.kind() == ProblemKind.PERMISSION ? direction : null);
  }

  /** Stops the run, and gives the problem for the records it concerns. */
  Problem contractBroken(String connector, String what) {
    Problem problem = Guard.broken(connector, what);
    run(problem);
    return problem;
  }

  void pauseTooLong(String destination, Duration asked) {
    run(
        new Problem(
            ProblemKind.THROTTLED,
            "delivery.pause-too-long",
            "%s asks to wait %d minutes before the next request."
                .formatted(destination, Math.max(1, asked.toMinutes())),
            "Run the sync again after that time; if it happens often, set"
                + " delivery.requestsPerSecond."));
  }

  /** Whether nothing more may be sent in a direction. */
  boolean over(ChangeKind direction) {
    for (Stop stop : stops) {
      if (stop.direction() == null || stop.direction() == direction) {
        return true;
      }
    }
    return false;
  }

  /** Whether the run as a whole is over. */
  boolean over() {
    return stops.stream().anyMatch(stop -> stop.direction() == null);
  }

  List<Stop> all() {
    return List.copyOf(stops);
  }

  // Every call in flight says the same thing; once is enough.
  private void add(Problem problem, @Nullable ChangeKind direction) {
    boolean said =
        stops.stream()
            .anyMatch(s -> s.problem().code().equals(problem.code()) && s.direction() == direction);
    if (!said) {
      stops.add(new Stop(problem, direction));
    }
  }
}
