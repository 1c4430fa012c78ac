package dev.landfall.kognitiv;

import java.io.IOException;

/**
 * Why an exchange has no complete answer, and whether anything of it was sent. Takes the place of
 * the client's own exception, whose message may name addresses and thereby members.
 */
final class ExchangeFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean sent;
  private final KognitivProblem problem;
  private final String sentence;

  private ExchangeFailure(boolean sent, KognitivProblem problem, String sentence) {
    super(sentence);
    this.sent = sent;
    this.problem = problem;
    this.sentence = sentence;
  }

  static ExchangeFailure unreachable(String sentence) {
    return beforeSending(KognitivProblem.UNREACHABLE, sentence);
  }

  static ExchangeFailure sessionClosed() {
    return beforeSending(
        KognitivProblem.SESSION_CLOSED, "The session was closed before anything was sent.");
  }

  static ExchangeFailure beforeSending(KognitivProblem problem, String sentence) {
    return new ExchangeFailure(false, problem, sentence);
  }

  static ExchangeFailure afterSending(KognitivProblem problem, String sentence) {
    return new ExchangeFailure(true, problem, sentence);
  }

  /** What was seen, for the record or the token that the exchange was for. */
  Reply reply() {
    return sent
        ? new Reply.Lost(problem.problem(sentence))
        : new Reply.NotSent(problem.problem(sentence), problem == KognitivProblem.UNREACHABLE);
  }
}
