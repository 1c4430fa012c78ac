package dev.landfall.testkit.stage;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came back for some members, in their order. */
public final class Answered {

  private final List<Member> members;
  private final List<Outcome> outcomes;
  private final @Nullable Problem stop;

  private Answered(List<Member> members, List<Outcome> outcomes, @Nullable Problem stop) {
    this.members = List.copyOf(members);
    this.outcomes = List.copyOf(outcomes);
    this.stop = stop;
  }

  Answered(List<Member> members, List<BatchResult> results) {
    this.members = List.copyOf(members);
    List<Outcome> all = new ArrayList<>();
    results.forEach(result -> all.addAll(result.outcomes()));
    outcomes = List.copyOf(all);
    stop = results.stream().map(BatchResult::stop).filter(s -> s != null).findFirst().orElse(null);
  }

  /**
   * The outcomes.
   *
   * @return one for each member, in their order
   */
  public List<Outcome> outcomes() {
    return outcomes;
  }

  /**
   * What the connector stopped for.
   *
   * @return a problem, or empty if it went on
   */
  public Optional<Problem> stop() {
    return Optional.ofNullable(stop);
  }

  /**
   * The same, with some members' outcomes as another answer has them.
   *
   * @param later what came back for some of the members later
   * @return a changed copy
   */
  public Answered with(Answered later) {
    List<Outcome> all = new ArrayList<>(outcomes);
    later.members.forEach(member -> all.set(members.indexOf(member), later.of(member)));
    return new Answered(members, all, stop);
  }

  /**
   * The outcome of one member.
   *
   * @param member one of those who were delivered
   * @return the outcome
   */
  public Outcome of(Member member) {
    return outcomes.get(members.indexOf(member));
  }

  /**
   * Ends the scenario unless every outcome is of one kind.
   *
   * @param expected the kind
   * @return this
   */
  public Answered all(Class<? extends Outcome> expected) {
    members.forEach(member -> is(member, expected));
    return this;
  }

  /**
   * Ends the scenario unless an outcome is of one kind.
   *
   * @param member whose outcome
   * @param expected the kind
   * @return this
   */
  public Answered is(Member member, Class<? extends Outcome> expected) {
    Outcome outcome = of(member);
    if (!expected.isInstance(outcome)) {
      throw new Violated(
          expected.getSimpleName() + " for " + member,
          "the outcome was " + Claims.words(outcome) + stopWords());
    }
    return this;
  }

  /**
   * Ends the scenario if an outcome is of one kind.
   *
   * @param unexpected the kind
   * @return this
   */
  public Answered none(Class<? extends Outcome> unexpected) {
    for (Member member : members) {
      if (unexpected.isInstance(of(member))) {
        throw new Violated(
            "another outcome than " + unexpected.getSimpleName() + " for " + member,
            "the outcome was " + Claims.words(of(member)) + stopWords());
      }
    }
    return this;
  }

  /**
   * Ends the scenario unless the connector stopped for a problem of one kind.
   *
   * @param kind the kind
   * @return this
   */
  public Answered stoppedFor(ProblemKind kind) {
    if (stop == null || stop.kind() != kind) {
      throw new Violated(
          "a stop of kind " + kind,
          stop == null
              ? "there was no stop; the outcomes were " + words()
              : "the stop was " + stop.kind() + " (" + stop.code() + ")");
    }
    return this;
  }

  private String words() {
    return String.join(", ", outcomes.stream().map(Claims::words).distinct().limit(5).toList());
  }

  private String stopWords() {
    return stop == null ? "" : ", with a stop for " + stop.kind() + " (" + stop.code() + ")";
  }
}
