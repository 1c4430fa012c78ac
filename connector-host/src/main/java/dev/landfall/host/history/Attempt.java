package dev.landfall.host.history;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Settlement;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one run asked for one member, and what was answered.
 *
 * @param member the member's identity
 * @param text the id as it was sent
 * @param direction {@code add} or {@code remove}; of records, the word of the change
 * @param outcome the count of the books that it stands in; {@code unchanged} where it was so
 *     already
 * @param code of the problem, or null if there was none
 * @param message what happened, or null if there was no problem
 * @param remedy what to do, or null if there was no problem
 * @param at when the last try was sent, or when the destination confirmed it, ISO 8601 in UTC
 * @param confirms the run that sent what was accepted then and is confirmed here; null for what
 *     this run sent and was answered
 */
public record Attempt(
    String member,
    String text,
    String direction,
    String outcome,
    @Nullable String code,
    @Nullable String message,
    @Nullable String remedy,
    String at,
    @Nullable String confirms) {

  /** Requires what every line has, so that a damaged one is seen to be one. */
  public Attempt {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(at, "at");
  }

  static Attempt of(Settlement settlement) {
    return settlement.outcome().fold(new Answered(settlement, null));
  }

  /** What became of something that was accepted before. */
  static Attempt confirmed(String run, Settlement settlement) {
    return settlement.outcome().fold(new Answered(settlement, run));
  }

  /** Whether something was to be taken away. */
  boolean isRemoval() {
    return Stream.of(ChangeKind.values())
        .anyMatch(kind -> kind.keyOnly() && kind.word().equals(direction));
  }

  /** The failure that this is; empty if nothing went wrong. */
  Optional<Failure> failure() {
    return code == null || message == null || remedy == null
        ? Optional.empty()
        : Optional.of(new Failure(text, direction, code, message, remedy, at));
  }

  /** Without the member: ids are people's data. */
  @Override
  public String toString() {
    return "Attempt[" + direction + " " + outcome + "]";
  }

  private record Answered(Settlement settlement, @Nullable String confirms)
      implements Outcome.Cases<Attempt> {
    @Override
    public Attempt delivered(Outcome.Delivered outcome) {
      return attempt(outcome.effect() == Effect.UNCHANGED ? "unchanged" : "delivered", null);
    }

    @Override
    public Attempt accepted(Outcome.Accepted outcome) {
      return attempt("accepted", null);
    }

    @Override
    public Attempt rejected(Outcome.Rejected outcome) {
      return attempt("rejected", outcome.problem());
    }

    @Override
    public Attempt retryable(Outcome.Retryable outcome) {
      return attempt("retryable", outcome.problem());
    }

    @Override
    public Attempt unknown(Outcome.Unknown outcome) {
      return attempt("unknown", outcome.problem());
    }

    @Override
    public Attempt notAttempted(Outcome.NotAttempted outcome) {
      return attempt("notAttempted", null);
    }

    private Attempt attempt(String word, @Nullable Problem problem) {
      return new Attempt(
          settlement.change().member(),
          settlement.change().text(),
          settlement.change().kind().word(),
          word,
          problem == null ? null : problem.code(),
          problem == null ? null : problem.message(),
          problem == null ? null : problem.remedy(),
          settlement.at().toString(),
          confirms);
    }
  }
}
