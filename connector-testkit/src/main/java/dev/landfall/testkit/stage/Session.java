package dev.landfall.testkit.stage;

import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connector's session behind the guard: what it answers is written down, held against the rules
 * that hold at every call, and reckoned with. Safe for use by several threads.
 */
public final class Session implements AutoCloseable {

  private final Stage stage;
  private final String name;
  private final Target target;
  private final SyncMode mode;
  private final RowSchema schema;
  private final DestinationSession session;

  Session(
      Stage stage,
      String name,
      Target target,
      SyncMode mode,
      RowSchema schema,
      DestinationSession session) {
    this.stage = stage;
    this.name = name;
    this.target = target;
    this.mode = mode;
    this.schema = schema;
    this.session = session;
    stage.privacy().look("toString of the session", session.toString());
  }

  /**
   * Whether the session's mode delivers a kind of change.
   *
   * @param kind the change
   * @return true if it does
   */
  public boolean handles(ChangeKind kind) {
    return mode.changeKinds().contains(kind);
  }

  /**
   * Delivers members, in batches as large as the connector takes.
   *
   * @param kind the change
   * @param members whom, each once
   * @return what came back, in the order of the members
   */
  public Answered deliver(ChangeKind kind, List<Member> members) {
    int largest = stage.descriptor().largestBatch();
    List<BatchResult> results = new ArrayList<>();
    for (int from = 0; from == 0 || from < members.size(); from += largest) {
      int to = (int) Math.min(members.size(), (long) from + largest);
      results.add(deliverBatch(kind, members.subList(from, to)));
    }
    return new Answered(members, results);
  }

  /**
   * Delivers one member.
   *
   * @param kind the change
   * @param member whom
   * @return what came back
   */
  public Answered deliver(ChangeKind kind, Member member) {
    return deliver(kind, List.of(member));
  }

  private BatchResult deliverBatch(ChangeKind kind, List<Member> members) {
    RowSchema fields = kind.keyOnly() ? schema.keyOnly() : schema;
    Batch batch = new Batch(kind, fields, members.stream().map(m -> m.row(fields)).toList());
    members.forEach(stage.privacy()::hides);
    stage.note(name + ".deliver(" + kind.word() + ", " + words(members) + ")");
    stage.targets().begins();
    BatchResult result = null;
    try {
      result = checked(session.deliver(batch), members);
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      stage.privacy().look("what deliver threw", e);
      stage.heard("threw " + e.getClass().getName());
      stage
          .watch()
          .found(
              "D-5.9", "a result from deliver, whatever happened", "it threw " + Thrown.words(e));
    } finally {
      stage.targets().ends(target, batch, members, result);
    }
    return result == null ? unknown(members) : result;
  }

  private @Nullable BatchResult checked(@Nullable BatchResult result, List<Member> members) {
    if (result == null || result.outcomes().size() != members.size()) {
      String actual =
          result == null ? "it was null" : "there were " + result.outcomes().size() + " outcomes";
      stage.heard("no result that counts");
      stage.watch().found("D-5.1", "one outcome for each of " + members.size() + " rows", actual);
      return null;
    }
    List<Outcome> outcomes = result.outcomes();
    for (int i = 0; i < outcomes.size() && i < 20; i++) {
      stage.heard(members.get(i) + ": " + Claims.words(outcomes.get(i)));
    }
    if (outcomes.size() > 20) {
      stage.heard("and " + (outcomes.size() - 20) + " more");
    }
    if (result.stop() != null) {
      stage.heard("stop: " + result.stop().kind() + " (" + result.stop().code() + ")");
      stage.speech().look(result.stop());
    }
    outcomes.forEach(this::look);
    stage.privacy().look("toString of a result", result.toString());
    return result;
  }

  private void look(Outcome outcome) {
    Claims.problem(outcome).ifPresent(stage.speech()::look);
    Duration pause = Claims.pause(outcome);
    if (pause != null && pause.isNegative()) {
      stage.watch().found("D-7.11", "no pause below zero", "the pause is " + pause);
    }
    if (outcome instanceof Outcome.Accepted && !(session instanceof ConfirmsLater)) {
      stage
          .watch()
          .found(
              "D-5.13",
              "Accepted only from a session that is ConfirmsLater",
              "the session is no ConfirmsLater, and answered Accepted");
    }
  }

  /**
   * Whether the session can be asked later what became of what it took on.
   *
   * @return true if it is {@link ConfirmsLater}
   */
  public boolean confirmsLater() {
    return session instanceof ConfirmsLater;
  }

  /**
   * Asks what became of members that were accepted with one receipt; what is settled is reckoned
   * with.
   *
   * @param kind the change
   * @param members all that were answered with the receipt, in their order
   * @param receipt the receipt
   * @return their outcomes, or empty while they are pending
   */
  public Optional<Answered> confirm(ChangeKind kind, List<Member> members, Receipt receipt) {
    RowSchema fields = kind.keyOnly() ? schema.keyOnly() : schema;
    Batch batch = new Batch(kind, fields, members.stream().map(m -> m.row(fields)).toList());
    stage.note(name + ".confirm(" + kind.word() + ", " + words(members) + ")");
    Confirmation confirmation;
    try {
      confirmation = ((ConfirmsLater) session).confirm(receipt, batch);
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      stage.privacy().look("what confirm threw", e);
      stage.watch().found("D-5.9", "an answer from confirm", "it threw " + Thrown.words(e));
      return Optional.empty();
    }
    if (confirmation == null) {
      stage.watch().found("D-5.9", "an answer from confirm", "it was null");
      return Optional.empty();
    }
    if (confirmation instanceof Confirmation.Settled settled) {
      BatchResult result = checked(settled.result(), members);
      if (result != null
          && result.outcomes().stream().anyMatch(Outcome.Accepted.class::isInstance)) {
        stage.watch().found("D-5.17", "final outcomes of what is settled", "one is Accepted again");
      }
      stage.targets().settled(target, batch, members, result);
      return Optional.of(
          new Answered(members, List.of(result == null ? unknown(members) : result)));
    }
    stage.heard("pending");
    if (confirmation instanceof Confirmation.Pending pending
        && pending.askAgainAfter().isNegative()) {
      stage
          .watch()
          .found(
              "D-5.14",
              "to be asked again later, or at once",
              "the wait is " + pending.askAgainAfter());
    }
    return Optional.empty();
  }

  /** Closes the session; may be called again, and from any thread. */
  @Override
  public void close() {
    stage.watch().saw(name + Watch.CLOSE);
    try {
      session.close();
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      stage.privacy().look("what close threw", e);
      stage.watch().found("D-8.1", "close not to throw", "it threw " + Thrown.words(e));
    }
  }

  private static BatchResult unknown(List<Member> members) {
    return BatchResult.of(members.stream().<Outcome>map(m -> Claims.NO_RESULT).toList());
  }

  private static String words(List<Member> members) {
    return members.size() <= 3
        ? members.toString()
        : "[" + members.get(0) + " to " + members.get(members.size() - 1) + "]";
  }
}
