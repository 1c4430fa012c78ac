package dev.landfall.kognitiv;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;

/** Judges what came back from adding or removing a member. */
final class MemberReplies {

  private final GroupSight group;
  private final String reference;

  MemberReplies(GroupSight group, String reference) {
    this.group = group;
    this.reference = reference;
  }

  Verdict judge(ChangeKind kind, String memberId, Reply reply) {
    if (reply instanceof Answer answer) {
      return judge(kind, memberId, answer);
    }
    if (reply instanceof Reply.Lost lost) {
      return new Verdict.Settled(new Outcome.Unknown(lost.problem(), null));
    }
    if (reply instanceof Reply.NotSent notSent) {
      return notSent.passing()
          ? new Verdict.Settled(new Outcome.Retryable(notSent.problem(), null))
          : new Verdict.Stop(notSent.problem());
    }
    Reply.NoToken none = (Reply.NoToken) reply;
    return none.passing()
        ? new Verdict.Settled(new Outcome.Retryable(none.problem(), none.retryAfter()))
        : new Verdict.Stop(none.problem());
  }

  private Verdict judge(ChangeKind kind, String memberId, Answer answer) {
    int status = answer.status();
    if (answer.success()) {
      return success(answer);
    }
    if (status >= 300 && status < 400) {
      return stop(
          KognitivProblem.REDIRECTED,
          "Kognitiv answered with a redirect (HTTP "
              + status
              + "), which is never followed: credentials go to the configured host only.");
    }
    if (status >= 500) {
      return unknown(
          KognitivProblem.SERVER_ERROR,
          "Kognitiv answered HTTP " + status + "; the change may have been applied.",
          answer);
    }
    return switch (status) {
      case 400, 409, 414, 422 -> refused(kind, memberId, answer);
      case 401 -> stop(KognitivProblem.TOKEN_REJECTED, KognitivProblem.TOKEN_REJECTED.meaning());
      case 403 ->
          stop(
              KognitivProblem.PERMISSION_DENIED,
              "The credentials may not "
                  + kind.word()
                  + " members of the group "
                  + reference
                  + " (HTTP 403).");
      case 404, 410 -> group.notFound(kind, status, ErrorWords.of(answer, reference, memberId));
      case 407 ->
          stop(
              KognitivProblem.PROXY_REFUSED,
              "The HTTP proxy refuses the way to Kognitiv (HTTP 407).");
      case 408 ->
          unknown(
              KognitivProblem.TIMED_OUT,
              "Kognitiv gave up waiting (HTTP 408); the change may have been applied.",
              answer);
      case 423, 425, 429 ->
          new Verdict.Settled(
              new Outcome.Retryable(
                  KognitivProblem.THROTTLED_CALLS.problem(
                      "Kognitiv asks to come back later (HTTP " + status + ")."),
                  answer.retryAfter()));
      default ->
          status >= 400
              ? stop(
                  KognitivProblem.UNEXPECTED_STATUS,
                  "The address answers HTTP "
                      + status
                      + ", which the API does not use for members.")
              : unknown(
                  KognitivProblem.ANSWER_UNUSABLE,
                  "Kognitiv answered HTTP " + status + ", which is no final answer.",
                  answer);
    };
  }

  private Verdict success(Answer answer) {
    if (answer.contradictsItself()) {
      return unknown(
          KognitivProblem.ANSWER_UNUSABLE,
          "Kognitiv answered HTTP "
              + answer.status()
              + ", but with a body that contradicts it; the change may have been applied.",
          answer);
    }
    group.reached();
    // Kognitiv does not publish what a repeated call answers, so nothing is claimed of the effect.
    return new Verdict.Settled(new Outcome.Delivered(Effect.UNREPORTED));
  }

  private Verdict refused(ChangeKind kind, String memberId, Answer answer) {
    ErrorWords words = ErrorWords.of(answer, reference, memberId);
    if (answer.status() == 409 && kind == ChangeKind.ADD && words.sayAlreadyMember()) {
      return new Verdict.Settled(new Outcome.Delivered(Effect.UNCHANGED));
    }
    return new Verdict.Settled(
        new Outcome.Rejected(
            words.sayInactive()
                ? KognitivProblem.MEMBER_INACTIVE.problem(
                    "Kognitiv refused the member because it is inactive (HTTP "
                        + answer.status()
                        + ").")
                : KognitivProblem.MEMBER_REFUSED.problem(
                    "Kognitiv refused this member (HTTP " + answer.status() + ").")));
  }

  private static Verdict unknown(KognitivProblem problem, String sentence, Answer answer) {
    return new Verdict.Settled(new Outcome.Unknown(problem.problem(sentence), answer.retryAfter()));
  }

  private static Verdict stop(KognitivProblem problem, String sentence) {
    return new Verdict.Stop(problem.problem(sentence));
  }
}
