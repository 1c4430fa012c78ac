package com.example.acme;

import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.outcome.RetryAfter;
import dev.landfall.connector.sync.Batch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A batch becomes a job; what became of its ids is asked for later, by any session. */
final class AcmeSession implements DestinationSession, ConfirmsLater {
  private static final List<String> RESULTS = List.of("ok", "unknown");

  private final AcmeHttp http;
  private final SessionRequest request;
  private volatile boolean closed;

  AcmeSession(SessionRequest request) {
    this.request = request;
    http = new AcmeHttp(request.connection(), request.context());
  }

  @Override
  public BatchResult deliver(Batch batch) {
    List<String> ids =
        batch.rows().stream().map(row -> Objects.toString(row.key().get(0), "")).toList();
    if (closed || ids.stream().allMatch(String::isBlank)) {
      return each(ids, new Outcome.NotAttempted(), null);
    }
    String body =
        ids.stream()
            .filter(id -> !id.isBlank())
            .map(AcmeHttp::encoded)
            .collect(Collectors.joining("\n"));
    try {
      return read(
          ids, http.post(AcmeHttp.list(request.target()) + "/" + batch.kind().word(), body));
    } catch (IOException | RuntimeException e) {
      return each(ids, new Outcome.Unknown(problem(503), null), null);
    }
  }

  private BatchResult read(List<String> ids, AcmeHttp.Answer answer) {
    int status = answer.status();
    if (status == 202 && answer.body().matches("job [0-9]+")) {
      return each(ids, new Outcome.Accepted(new Receipt(answer.body().substring(4))), null);
    } else if (status == 429) {
      Duration pause = RetryAfter.read(answer.retryAfter(), request.context().clock());
      return each(ids, new Outcome.Retryable(problem(status), pause), null);
    }
    return status >= 300 && status < 500 && status != 408
        ? each(ids, new Outcome.NotAttempted(), problem(status))
        : each(ids, new Outcome.Unknown(problem(status), null), null);
  }

  /** The same for each row with an id; one without can never be delivered. */
  private static BatchResult each(List<String> ids, Outcome outcome, Problem stop) {
    Outcome blank = new Outcome.Rejected(problem(ProblemKind.RECORD, "id"));
    return new BatchResult(ids.stream().map(id -> id.isBlank() ? blank : outcome).toList(), stop);
  }

  @Override
  public Confirmation confirm(Receipt receipt, Batch batch) {
    try {
      List<String> results = http.get("/jobs/" + receipt.value()).body().lines().toList();
      if (results.size() == batch.size() && RESULTS.containsAll(results)) {
        return new Confirmation.Settled(
            BatchResult.of(results.stream().map(AcmeSession::outcome).toList()));
      }
    } catch (IOException | RuntimeException e) {
      // Nobody saw an answer: it is asked for again.
    }
    return new Confirmation.Pending(Duration.ofSeconds(1));
  }

  private static Outcome outcome(String result) {
    return result.equals("ok")
        ? new Outcome.Delivered(Effect.UNREPORTED)
        : new Outcome.Rejected(problem(ProblemKind.RECORD, "id"));
  }

  static Problem problem(int status) {
    return switch (status) {
      case 401 -> problem(ProblemKind.AUTHENTICATION, "key");
      case 403 -> problem(ProblemKind.PERMISSION, "right");
      case 404 -> problem(ProblemKind.TARGET_NOT_FOUND, "list");
      case 429 -> problem(ProblemKind.THROTTLED, "pace");
      default ->
          problem(status < 500 ? ProblemKind.CONFIGURATION : ProblemKind.UNAVAILABLE, "answer");
    };
  }

  static Problem problem(ProblemKind kind, String what) {
    return new Problem(
        kind,
        "acme-mail." + what,
        "Acme Mail could not use the " + what + ".",
        "See the page on \"" + what + "\" in the documentation of Acme Mail.");
  }

  @Override
  public void close() {
    closed = true;
    http.close();
  }
}
