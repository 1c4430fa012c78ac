package dev.landfall.cli;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Settlement;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many changes of each direction failed so far, by the code of their problem. */
final class FailureCounts {

  /** A problem, as its code says it, and how often it came. */
  record Count(String problem, long number) {}

  private final Map<ChangeKind, Map<String, Long>> counts = new EnumMap<>(ChangeKind.class);

  void add(List<Settlement> settlements) {
    for (Settlement settlement : settlements) {
      settlement
          .outcome()
          .fold(new Failed())
          .ifPresent(
              problem ->
                  counts
                      .computeIfAbsent(settlement.change().kind(), kind -> new TreeMap<>())
                      .merge(problem.code(), 1L, Long::sum));
    }
  }

  /** The most frequent ones, the most frequent first. */
  List<Count> most(ChangeKind kind, int limit) {
    return counts.getOrDefault(kind, Map.of()).entrySet().stream()
        .map(e -> new Count(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingLong(Count::number).reversed())
        .limit(limit)
        .toList();
  }

  private static final class Failed implements Outcome.Cases<Optional<Problem>> {
    @Override
    public Optional<Problem> delivered(Outcome.Delivered outcome) {
      return Optional.empty();
    }

    @Override
    public Optional<Problem> accepted(Outcome.Accepted outcome) {
      return Optional.empty();
    }

    @Override
    public Optional<Problem> rejected(Outcome.Rejected outcome) {
      return Optional.of(outcome.problem());
    }

    @Override
    public Optional<Problem> retryable(Outcome.Retryable outcome) {
      return Optional.of(outcome.problem());
    }

    @Override
    public Optional<Problem> unknown(Outcome.Unknown outcome) {
      return Optional.of(outcome.problem());
    }

    @Override
    public Optional<Problem> notAttempted(Outcome.NotAttempted outcome) {
      return Optional.empty();
    }
  }
}
