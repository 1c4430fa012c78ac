package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.delivery.DeliveryReport.ProblemCount;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Tally;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts settlements, once they are committed. */
final class Books {

  private final Map<ChangeKind, Tally> tallies = new EnumMap<>(ChangeKind.class);
  private final Map<String, ProblemCount> problems = new LinkedHashMap<>();

  /** The counts of one settlement. */
  static Tally one(Settlement settlement) {
    return settlement.outcome().fold(ONE);
  }

  /** Counts what was counted as accepted as what it came to. */
  void confirm(Settlement settlement) {
    add(settlement.change().kind(), new Tally(0, 0, 0, 0, 0, 0, -1, 0, 0, 0));
    count(settlement);
  }

  void count(Settlement settlement) {
    add(settlement.change().kind(), one(settlement));
    Problem problem = Reading.of(settlement.outcome()).problem();
    if (problem != null) {
      problems.merge(
          problem.code(),
          new ProblemCount(problem, 1),
          (old, one) -> new ProblemCount(old.problem(), old.count() + 1));
    }
  }

  /** Counts changes whose settlement could not be committed. */
  void countUnrecorded(ChangeKind kind, long count) {
    add(kind, new Tally(0, 0, 0, 0, 0, count, 0, 0, 0, 0));
  }

  /** What was counted in a direction so far; the planned are not among it. */
  Tally soFar(ChangeKind kind) {
    return tallies.getOrDefault(kind, Tally.NONE);
  }

  /** The books of a direction: what was planned and never settled was not attempted. */
  Tally closed(ChangeKind kind, long planned) {
    Tally counted = soFar(kind);
    long settled =
        counted.failed() + counted.delivered() + counted.accepted() + counted.notAttempted();
    return counted.plus(new Tally(planned, 0, 0, 0, 0, 0, 0, 0, 0, planned - settled));
  }

  /** Problems by code, the most frequent first. */
  List<ProblemCount> problems() {
    return problems.values().stream()
        .sorted(Comparator.comparingLong(ProblemCount::count).reversed())
        .toList();
  }

  private void add(ChangeKind kind, Tally tally) {
    tallies.merge(kind, tally, Tally::plus);
  }

  private static final Outcome.Cases<Tally> ONE =
      new Outcome.Cases<>() {
        @Override
        public Tally delivered(Outcome.Delivered outcome) {
          int unchanged = outcome.effect() == Effect.UNCHANGED ? 1 : 0;
          return new Tally(0, 1, unchanged, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public Tally accepted(Outcome.Accepted outcome) {
          return new Tally(0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
        }

        @Override
        public Tally rejected(Outcome.Rejected outcome) {
          return new Tally(0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public Tally retryable(Outcome.Retryable outcome) {
          return new Tally(0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
        }

        @Override
        public Tally unknown(Outcome.Unknown outcome) {
          return new Tally(0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
        }

        @Override
        public Tally notAttempted(Outcome.NotAttempted outcome) {
          return new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        }
      };
}
