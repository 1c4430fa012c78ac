package dev.landfall.kognitiv;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds members to one group, and removes them, one call after the other. */
final class KognitivSession implements DestinationSession {

  private static final Logger LOG = LoggerFactory.getLogger(KognitivSession.class);

  private final KognitivCalls calls;
  private final MemberReplies replies;
  private final String encodedReference;
  private volatile boolean closed;

  KognitivSession(SessionRequest request) {
    String reference = request.target().get(KognitivSettings.GROUP_REFERENCE);
    encodedReference = PathSegment.encode(reference).orElseThrow();
    calls = new KognitivCalls(request.connection(), request.context());
    replies =
        new MemberReplies(
            new GroupSight(new GroupList(calls, reference), reference, request.context()),
            reference);
  }

  @Override
  public BatchResult deliver(Batch batch) {
    List<Outcome> outcomes = new ArrayList<>(batch.size());
    if (!usable(batch)) {
      return BatchResult.stopped(outcomes, batch.size(), KognitivProblem.BATCH_UNUSABLE.problem());
    }
    int idAt = batch.schema().index(KognitivDestination.MEMBER_ID);
    for (Row row : batch.rows()) {
      Verdict verdict;
      try {
        verdict = closed ? sessionClosed() : deliver(batch.kind(), row.text(idAt));
      } catch (RuntimeException e) {
        // Its message may name the member, so only its class is told.
        LOG.error("A record failed with {}", e.getClass().getName());
        Problem fault = KognitivProblem.INTERNAL_ERROR.problem();
        outcomes.add(new Outcome.Unknown(fault, null));
        return BatchResult.stopped(outcomes, batch.size(), fault);
      }
      if (verdict instanceof Verdict.Stop stop) {
        LOG.debug("A batch stopped: {}", stop.problem().code());
        return BatchResult.stopped(outcomes, batch.size(), stop.problem());
      }
      outcomes.add(((Verdict.Settled) verdict).outcome());
    }
    return BatchResult.of(outcomes);
  }

  @Override
  public void close() {
    closed = true;
    calls.close();
  }

  private Verdict deliver(ChangeKind kind, @Nullable String memberId) {
    Optional<String> segment = PathSegment.encode(memberId == null ? "" : memberId);
    if (memberId == null || segment.isEmpty()) {
      return new Verdict.Settled(
          new Outcome.Rejected(KognitivProblem.MEMBER_ID_UNUSABLE.problem()));
    }
    Reply reply = calls.change(kind, encodedReference, segment.get());
    if (closed && (reply instanceof Reply.NotSent || reply instanceof Reply.NoToken)) {
      return sessionClosed();
    }
    return replies.judge(kind, memberId, reply);
  }

  private static Verdict sessionClosed() {
    return new Verdict.Stop(KognitivProblem.SESSION_CLOSED.problem());
  }

  private static boolean usable(Batch batch) {
    return (batch.kind() == ChangeKind.ADD || batch.kind() == ChangeKind.REMOVE)
        && batch.schema().fields().stream()
            .map(FieldSpec::name)
            .anyMatch(KognitivDestination.MEMBER_ID::equals);
  }
}
