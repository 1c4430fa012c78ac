package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.remove;
import static dev.landfall.kognitiv.Syncs.said;
import static dev.landfall.kognitiv.Syncs.stop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Context;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberOutcomesTest {

  private static final List<ChangeKind> BOTH = List.of(ChangeKind.ADD, ChangeKind.REMOVE);

  private final ScriptedKognitiv server = new ScriptedKognitiv();
  private final MovableClock clock = new MovableClock();
  private final DestinationSession session =
      Syncs.open(server.url(), "VIP", Map.of(), Context.builder().clock(clock).build());

  @AfterEach
  void close() {
    session.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void every2xxIsDeliveredInBothDirections(int status) {
    server.onMember = call -> Scripted.status(status);

    assertThat(said(session.deliver(add("1")))).containsExactly("Delivered UNREPORTED");
    assertThat(said(session.deliver(remove("1")))).containsExactly("Delivered UNREPORTED");
  }

  @Test
  void aSuccessWithAnEnvelopeAndNoErrorsIsDelivered() {
    server.onMember = call -> Scripted.json(200, "{\"data\":{\"id\":1},\"errors\":[],\"meta\":{}}");

    assertThat(said(session.deliver(add("1")))).containsExactly("Delivered UNREPORTED");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "application/json, `{\"errors\":[{\"title\":\"no\"}]}`",
        "application/json, `{\"errors\":{\"memberId\":[\"no\"]}}`",
        "application/json, `{\"errors\":\"no\"}`",
        "application/json, `\uFEFF{\"errors\":[1]}`",
        "text/plain, `\uFEFF{\"errors\":[1]}`",
        "application/json, `{\"data\":`",
        "application/json, Accepted",
        "application/json, `<!DOCTYPE html><p>Sign in</p>`",
        "text/plain, `  <html>`",
        "text/plain, `\uFEFF<html>`",
        "text/plain, `<!-- a proxy --><HTML>`",
        "text/plain, `<?xml version='1.0'?><!DOCTYPE html>`",
        "text/html; charset=utf-8, Sign in",
        "application/xhtml+xml, Sign in"
      })
  void aSuccessThatContradictsItselfIsUnknownInBothDirections(String type, String body) {
    server.onMember = call -> new Scripted(200, Map.of("Content-Type", type), body);

    for (ChangeKind kind : BOTH) {
      BatchResult result = session.deliver(Syncs.batch(kind, "1", "2"));

      assertThat(said(result))
          .containsExactly("Unknown kognitiv.answer-unusable", "Unknown kognitiv.answer-unusable");
      assertThat(((Outcome.Unknown) result.outcomes().get(0)).problem().kind())
          .isEqualTo(ProblemKind.PROTOCOL);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK", "<member/>", "a < b", "{\"data\":{\"errors\":0},\"errors\":null}"})
  void aSuccessWithAnyOtherBodyIsDelivered(String body) {
    server.onMember = call -> new Scripted(201, Map.of("Content-Type", "text/plain"), body);

    for (ChangeKind kind : BOTH) {
      assertThat(said(session.deliver(Syncs.batch(kind, "1"))))
          .containsExactly("Delivered UNREPORTED");
    }
  }

  @Test
  void aSuccessLongerThanAnyAnswerIsUnknownAndNotReadToItsEnd() {
    server.onMember = call -> Scripted.json(200, "{\"data\":\"" + "x".repeat(100_000) + "\"}");

    assertThat(said(session.deliver(add("1")))).containsExactly("Unknown kognitiv.answer-unusable");
    assertThat(said(session.deliver(remove("1"))))
        .containsExactly("Unknown kognitiv.answer-unusable");
  }

  @ParameterizedTest
  @CsvSource({
    "400, Rejected kognitiv.member-refused",
    "409, Rejected kognitiv.member-refused",
    "414, Rejected kognitiv.member-refused",
    "422, Rejected kognitiv.member-refused",
    "408, Unknown kognitiv.timed-out",
    "429, Retryable kognitiv.throttled",
    "423, Retryable kognitiv.throttled",
    "500, Unknown kognitiv.server-error",
    "502, Unknown kognitiv.server-error",
    "503, Unknown kognitiv.server-error",
    "504, Unknown kognitiv.server-error",
    "599, Unknown kognitiv.server-error"
  })
  void aFailedMemberHasItsOutcomeAndTheRestGoesOn(int status, String outcome) {
    server.onMember = call -> Scripted.status(call.path().endsWith("/members/2") ? status : 204);

    for (ChangeKind kind : BOTH) {
      BatchResult result = session.deliver(Syncs.batch(kind, "1", "2", "3"));

      assertThat(said(result))
          .containsExactly("Delivered UNREPORTED", outcome, "Delivered UNREPORTED");
      assertThat(result.stop()).isNull();
    }
    assertThat(server.memberCalls()).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "301, kognitiv.redirected, CONFIGURATION",
    "302, kognitiv.redirected, CONFIGURATION",
    "307, kognitiv.redirected, CONFIGURATION",
    "403, kognitiv.permission-denied, PERMISSION",
    "405, kognitiv.unexpected-status, CONFIGURATION",
    "407, kognitiv.proxy-refused, CONFIGURATION",
    "415, kognitiv.unexpected-status, CONFIGURATION"
  })
  void aRecordWhoseAnswerStopsTheBatchIsNotAttempted(int status, String code, ProblemKind kind) {
    server.onMember =
        call ->
            call.path().endsWith("/members/2")
                ? Scripted.status(status).with("Location", "/elsewhere")
                : Scripted.status(204);

    for (ChangeKind change : BOTH) {
      BatchResult result = session.deliver(Syncs.batch(change, "1", "2", "3"));

      assertThat(said(result))
          .containsExactly("Delivered UNREPORTED", "NotAttempted", "NotAttempted");
      assertThat(stop(result)).isEqualTo(code);
      assertThat(result.stop().kind()).isEqualTo(kind);
    }
    assertThat(server.memberCalls()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[{\"code\":\"MEMBER_ALREADY_EXISTS\"}]}",
        "{\"errors\":[{\"title\":\"Conflict\",\"detail\":\"Member 1 is already a member of VIP.\"}]}",
        "{\"message\":\"The member is already in the promotional member group\"}",
        "AlreadyMember"
      })
  void anAdditionOfWhoIsAMemberAlreadyIsDeliveredUnchanged(String body) {
    server.onMember = call -> Scripted.json(409, body);

    assertThat(said(session.deliver(add("1")))).containsExactly("Delivered UNCHANGED");
    assertThat(said(session.deliver(remove("1"))))
        .containsExactly("Rejected kognitiv.member-refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[{\"detail\":\"A rebuild is already in progress.\"}]}",
        "{\"errors\":[{\"detail\":\"The account is not already a member.\"}]}",
        "{\"errors\":[{\"detail\":\"The account was already merged.\"}]}",
        ""
      })
  void anyOtherConflictIsRejected(String body) {
    server.onMember = call -> Scripted.json(409, body);

    assertThat(said(session.deliver(add("1")))).containsExactly("Rejected kognitiv.member-refused");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 422})
  void anInactiveMemberIsRejectedAsSuch(int status) {
    server.onMember =
        call -> Scripted.json(status, "{\"errors\":[{\"code\":\"MemberSuspended\"}]}");

    assertThat(said(session.deliver(add("1"))))
        .containsExactly("Rejected kognitiv.member-inactive");
    assertThat(said(session.deliver(remove("1"))))
        .containsExactly("Rejected kognitiv.member-inactive");
  }

  @Test
  void theReferenceItselfIsNoStatementAboutTheMember() {
    server.onMember = call -> Scripted.json(400, "{\"message\":\"no: inactive-members, 1\"}");
    try (DestinationSession other =
        Syncs.open(server.url(), "inactive-members", Map.of(), Context.builder().build())) {
      assertThat(said(other.deliver(add("1")))).containsExactly("Rejected kognitiv.member-refused");
    }
  }

  @Test
  void aReferenceOfOneLetterDoesNotHideWhatIsSaidOfTheMember() {
    server.onMember = call -> Scripted.json(409, "{\"message\":\"Already a member of group A.\"}");
    try (DestinationSession other =
        Syncs.open(server.url(), "A", Map.of(), Context.builder().build())) {
      assertThat(said(other.deliver(add("1")))).containsExactly("Delivered UNCHANGED");
    }
  }

  @Test
  void membersOfABatchGoOneAfterAnother() {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.onMember =
        call -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          inFlight.decrementAndGet();
          return Scripted.status(204);
        };
    String[] ids = IntStream.range(0, 100).mapToObj(String::valueOf).toArray(String[]::new);

    assertThat(said(session.deliver(add(ids)))).hasSize(100).containsOnly("Delivered UNREPORTED");

    assertThat(most).hasValue(1);
    assertThat(server.memberCalls())
        .extracting(call -> call.path().replaceAll(".*/", ""))
        .containsExactly(ids);
  }

  @Test
  void aFaultOfTheHostsOwnStopsTheBatchAndLosesNoOutcome() {
    Context faulty =
        Context.builder()
            .notices(
                (code, message) -> {
                  throw new IllegalStateException("no notices");
                })
            .build();
    server.onMember = call -> Scripted.status(call.path().endsWith("/1") ? 500 : 404);
    try (DestinationSession other = Syncs.open(server.url(), "VIP", Map.of(), faulty)) {
      BatchResult result = other.deliver(remove("1", "2", "3"));

      assertThat(said(result))
          .containsExactly(
              "Unknown kognitiv.server-error", "Unknown kognitiv.internal-error", "NotAttempted");
      assertThat(stop(result)).isEqualTo("kognitiv.internal-error");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429, 7, Retryable kognitiv.throttled after PT7S",
    "429, 'Sun, 22 Nov 2026 10:00:30 GMT', Retryable kognitiv.throttled after PT30S",
    "429, 'Sun, 22 Nov 2026 09:00:00 GMT', Retryable kognitiv.throttled after PT0S",
    "429, soon, Retryable kognitiv.throttled",
    "429, -5, Retryable kognitiv.throttled",
    "503, 120, Unknown kognitiv.server-error after PT2M"
  })
  void retryAfterIsKept(int status, String header, String outcome) {
    server.onMember = call -> Scripted.status(status).with("Retry-After", header);

    assertThat(said(session.deliver(add("1")))).containsExactly(outcome);
    assertThat(said(session.deliver(remove("1")))).containsExactly(outcome);
  }

  @Test
  void idsThatCannotBeSentAreRejectedWithoutACall() {
    for (ChangeKind kind : BOTH) {
      BatchResult result =
          session.deliver(
              Syncs.batch(
                  kind, "", " ", "\u2003", ".", "..", "a\nb", "\u0000", "\u007f", "\ud800", "5"));

      assertThat(said(result).subList(0, 9)).containsOnly("Rejected kognitiv.member-id-unusable");
      assertThat(said(result).get(9)).isEqualTo("Delivered UNREPORTED");
    }
    assertThat(server.memberCalls()).hasSize(2);
  }

  @Test
  void aMissingIdIsRejectedWithoutACall() {
    Batch batch =
        new Batch(
            ChangeKind.ADD,
            Syncs.SCHEMA,
            List.of(dev.landfall.connector.sync.Row.of(Syncs.SCHEMA, new Object[] {null})));

    assertThat(said(session.deliver(batch)))
        .containsExactly("Rejected kognitiv.member-id-unusable");
    assertThat(server.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ChangeKind.class,
      names = {"UPSERT", "INSERT", "UPDATE", "DELETE"})
  void aKindOfChangeThatWasNotDeclaredStopsTheBatch(ChangeKind kind) {
    BatchResult result = session.deliver(Syncs.batch(kind, "1", "2"));

    assertThat(said(result)).containsExactly("NotAttempted", "NotAttempted");
    assertThat(stop(result)).isEqualTo("kognitiv.batch-unusable");
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void anEmptyBatchHasNoOutcomes() {
    assertThat(session.deliver(add())).isEqualTo(BatchResult.of(List.of()));
  }
}
