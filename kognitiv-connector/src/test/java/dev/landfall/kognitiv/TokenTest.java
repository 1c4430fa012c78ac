package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.said;
import static dev.landfall.kognitiv.Syncs.stop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Context;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Secret;
import dev.landfall.kognitiv.ScriptedKognitiv.Call;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

  private final ScriptedKognitiv server = new ScriptedKognitiv();
  private final MovableClock clock = new MovableClock();

  @AfterEach
  void close() {
    server.close();
  }

  private DestinationSession open(Map<String, ?> more) {
    return Syncs.open(server.url(), "VIP", more, Context.builder().clock(clock).build());
  }

  @Test
  void theRequestIsAFormWithTheCredentialsInItsBody() {
    try (DestinationSession session =
        open(Map.of("clientId", "id&1", "clientSecret", Secret.of("a+b %{x}=ü")))) {
      session.deliver(add("1"));
    }

    Call call = server.tokenCalls().get(0);
    assertThat(call.path()).isEqualTo("/Auth/connect/token");
    assertThat(call.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
    assertThat(call.body())
        .isEqualTo(
            "grant_type=client_credentials&client_id=id%261&client_secret=a%2Bb+%25%7Bx%7D%3D%C3%BC");
    assertThat(call.header("Authorization")).isEmpty();
  }

  @Test
  void theAdvancedSettingsShapeTheRequest() {
    try (DestinationSession session =
        open(
            Map.of(
                "tokenPath", "/oauth/v2/token",
                "clientIdField", "client_ID",
                "apiDomain", "https://app.example/api",
                "scope", "groups members",
                "apiVersion", "2025.3"))) {
      session.deliver(add("1"));
    }

    Call call = server.tokenCalls().get(0);
    assertThat(call.path()).isEqualTo("/oauth/v2/token");
    assertThat(call.body())
        .isEqualTo(
            "grant_type=client_credentials&client_ID=landfall-id&client_secret=s3cret"
                + "&api_domain=https%3A%2F%2Fapp.example%2Fapi&scope=groups+members");
    assertThat(server.memberCalls().get(0).header("api-version")).isEqualTo("2025.3");
  }

  @Test
  void credentialsGoIntoABasicHeaderWhereTheSettingsSaySo() {
    try (DestinationSession session =
        open(Map.of("basicCredentials", true, "clientSecret", Secret.of("a:b%")))) {
      session.deliver(add("1"));
    }

    Call call = server.tokenCalls().get(0);
    assertThat(call.body()).isEqualTo("grant_type=client_credentials");
    assertThat(call.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("landfall-id:a%3Ab%25".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void noApiVersionIsSentUnlessItIsSet() {
    try (DestinationSession session = open(Map.of())) {
      session.deliver(add("1"));
    }

    assertThat(server.memberCalls().get(0).headers()).doesNotContainKey("api-version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a{b}c", "a.b-c_d~e+f/g==", "{{x}}"})
  void theTokenIsSentAsItWasGiven(String token) {
    server.onToken = call -> ScriptedKognitiv.token(token, 3600);
    try (DestinationSession session = open(Map.of())) {
      session.deliver(add("1"));
    }

    assertThat(server.memberCalls().get(0).header("Authorization")).isEqualTo("Bearer " + token);
  }

  @Test
  void oneTokenServesManyCalls() {
    try (DestinationSession session = open(Map.of())) {
      session.deliver(add("1", "2", "3"));
      session.deliver(Syncs.remove("1", "2"));
    }

    assertThat(server.tokenCalls()).hasSize(1);
    assertThat(server.memberCalls()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({"3600, 3540", "600, 540", "100, 90", "10, 9"})
  void theTokenIsRefreshedEarly(int expiresIn, int keptFor) {
    server.onToken = call -> ScriptedKognitiv.token("t", expiresIn);
    try (DestinationSession session = open(Map.of())) {
      session.deliver(add("1"));
      clock.move(Duration.ofSeconds(keptFor).minusMillis(1));
      session.deliver(add("2"));
      assertThat(server.tokenCalls()).hasSize(1);
      clock.move(Duration.ofMillis(1));
      session.deliver(add("3"));
      assertThat(server.tokenCalls()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"access_token\":\"t\"}', 270",
    "'{\"access_token\":\"t\",\"expires_in\":null}', 270",
    "'{\"access_token\":\"t\",\"expires_in\":\"100\"}', 90",
    "'{\"access_token\":\"t\",\"expires_in\":100.0}', 90"
  })
  void anUnusualLifetimeIsReadToo(String body, int keptFor) {
    server.onToken = call -> Scripted.json(200, body);
    try (DestinationSession session = open(Map.of())) {
      session.deliver(add("1"));
      clock.move(Duration.ofSeconds(keptFor).minusMillis(1));
      session.deliver(add("2"));
      assertThat(server.tokenCalls()).hasSize(1);
      clock.move(Duration.ofMillis(1));
      session.deliver(add("3"));
      assertThat(server.tokenCalls()).hasSize(2);
    }
  }

  @Test
  void aRefusedTokenIsReplacedAndTheCallMadeOnceMore() {
    server.onMember =
        call -> Scripted.status(call.header("Authorization").equals("Bearer token-1") ? 401 : 204);
    try (DestinationSession session = open(Map.of())) {
      assertThat(said(session.deliver(add("1", "2"))))
          .containsExactly("Delivered UNREPORTED", "Delivered UNREPORTED");
    }

    assertThat(server.tokenCalls()).hasSize(2);
    assertThat(server.memberCalls()).hasSize(3);
  }

  @Test
  void aSecond401StopsTheBatchAsAuthentication() {
    server.onMember = call -> Scripted.status(call.path().endsWith("/2") ? 401 : 204);
    try (DestinationSession session = open(Map.of())) {
      BatchResult result = session.deliver(add("1", "2", "3"));

      assertThat(said(result))
          .containsExactly("Delivered UNREPORTED", "NotAttempted", "NotAttempted");
      assertThat(stop(result)).isEqualTo("kognitiv.token-rejected");
      assertThat(result.stop().kind()).isEqualTo(ProblemKind.AUTHENTICATION);
    }
    assertThat(server.memberCalls()).hasSize(3);
  }

  @Test
  void a401WithAChallengeIsNotAnsweredByTheClientItself() {
    server.onMember = call -> Scripted.status(401).with("WWW-Authenticate", "Basic realm=\"x\"");
    try (DestinationSession session = open(Map.of())) {
      session.deliver(add("1"));
    }

    assertThat(server.memberCalls())
        .extracting(call -> call.header("Authorization"))
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_client, kognitiv.invalid-client-credentials, AUTHENTICATION",
    "401, invalid_client, kognitiv.invalid-client-credentials, AUTHENTICATION",
    "403, '', kognitiv.invalid-client-credentials, AUTHENTICATION",
    "400, '', kognitiv.invalid-client-credentials, AUTHENTICATION",
    "400, invalid_request, kognitiv.token-request-refused, CONFIGURATION",
    "400, invalid_scope, kognitiv.token-request-refused, CONFIGURATION",
    "302, '', kognitiv.redirected, CONFIGURATION",
    "404, '', kognitiv.token-endpoint-not-found, CONFIGURATION",
    "407, '', kognitiv.proxy-refused, CONFIGURATION"
  })
  void aRefusalAtTheTokenEndpointStopsTheBatch(
      int status, String error, String code, ProblemKind kind) {
    server.onToken =
        call ->
            Scripted.json(status, "{\"error\":\"%s\"}".formatted(error))
                .with("Location", "/elsewhere");
    try (DestinationSession session = open(Map.of())) {
      BatchResult result = session.deliver(add("1", "2"));

      assertThat(said(result)).containsExactly("NotAttempted", "NotAttempted");
      assertThat(stop(result)).isEqualTo(code);
      assertThat(result.stop().kind()).isEqualTo(kind);
    }
    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void aWebPageInPlaceOfATokenStopsTheBatch() {
    server.onToken = call -> new Scripted(200, Map.of("Content-Type", "text/html"), "<html>");
    try (DestinationSession session = open(Map.of())) {
      assertThat(stop(session.deliver(add("1")))).isEqualTo("kognitiv.token-endpoint-not-found");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, kognitiv.token-endpoint-unavailable after PT9S",
    "503, kognitiv.token-endpoint-unavailable after PT9S",
    "408, kognitiv.token-endpoint-unavailable after PT9S",
    "429, kognitiv.throttled after PT9S",
    "200, kognitiv.token-answer-unusable after PT9S"
  })
  void aTokenEndpointThatIsDownIsAnotherProblemThanRefusedCredentials(int status, String said) {
    server.onToken = call -> Scripted.json(status, "{}").with("Retry-After", "9");
    try (DestinationSession session = open(Map.of())) {
      BatchResult result = session.deliver(add("1", "2"));

      assertThat(said(result)).containsExactly("Retryable " + said, "Retryable " + said);
      assertThat(result.stop()).isNull();
    }
    assertThat(server.memberCalls()).isEmpty();
    assertThat(server.tokenCalls()).as("one for each try").hasSize(2);
  }

  @Test
  void aFailureIsNotKept() {
    server.onToken = call -> Scripted.status(500);
    try (DestinationSession session = open(Map.of())) {
      session.deliver(add("1"));
      server.onToken = call -> ScriptedKognitiv.token("t", 3600);

      assertThat(said(session.deliver(add("1")))).containsExactly("Delivered UNREPORTED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\\r\\nX: y", "\\u00fc"})
  void aTokenThatFitsIntoNoHeaderIsNotUsed(String token) {
    server.onToken = call -> ScriptedKognitiv.token(token, 3600);
    try (DestinationSession session = open(Map.of())) {
      assertThat(said(session.deliver(add("1"))))
          .containsExactly("Retryable kognitiv.token-answer-unusable");
    }
  }

  @Test
  void manyThreadsAndTwoRevocationsMakeThreeTokenRequests() throws Exception {
    AtomicInteger valid = new AtomicInteger(1);
    AtomicInteger given = new AtomicInteger();
    server.onToken = call -> ScriptedKognitiv.token("t" + given.incrementAndGet(), 3600);
    server.onMember =
        call ->
            Scripted.status(
                call.header("Authorization").equals("Bearer t" + valid.get()) ? 204 : 401);

    threeRoundsInManyThreads(valid::incrementAndGet);

    assertThat(server.tokenCalls()).hasSize(3);
  }

  @Test
  void manyThreadsAndTwoExpiriesMakeThreeTokenRequests() throws Exception {
    server.onToken = call -> ScriptedKognitiv.token("t", 600);

    threeRoundsInManyThreads(() -> clock.move(Duration.ofMinutes(9)));

    assertThat(server.tokenCalls()).hasSize(3);
  }

  private void threeRoundsInManyThreads(Runnable betweenRounds) throws Exception {
    int threads = 64;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier together = new CyclicBarrier(threads, betweenRounds);
    try (DestinationSession session = open(Map.of())) {
      List<Future<List<String>>> futures = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String prefix = String.valueOf(t);
        futures.add(
            pool.submit(
                () -> {
                  List<String> outcomes = new ArrayList<>();
                  for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < 5; i++) {
                      outcomes.addAll(said(session.deliver(add(prefix + round + i))));
                    }
                    if (round < 2) {
                      together.await(30, TimeUnit.SECONDS);
                    }
                  }
                  return outcomes;
                }));
      }
      for (Future<List<String>> future : futures) {
        assertThat(future.get(60, TimeUnit.SECONDS))
            .hasSize(15)
            .containsOnly("Delivered UNREPORTED");
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void manyThreadsThatFindRefusedCredentialsAskOnce() throws Exception {
    int threads = 64;
    CountDownLatch allWait = new CountDownLatch(1);
    server.onToken =
        call -> {
          try {
            allWait.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Scripted.json(401, "{\"error\":\"invalid_client\"}");
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch begun = new CountDownLatch(threads);
    try (DestinationSession session = open(Map.of())) {
      List<Thread> workers = new CopyOnWriteArrayList<>();
      List<Future<String>> futures = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String id = String.valueOf(t);
        futures.add(
            pool.submit(
                () -> {
                  workers.add(Thread.currentThread());
                  begun.countDown();
                  return stop(session.deliver(add(id)));
                }));
      }
      begun.await(30, TimeUnit.SECONDS);
      awaitBlocked(workers);
      allWait.countDown();
      for (Future<String> future : futures) {
        assertThat(future.get(60, TimeUnit.SECONDS))
            .isEqualTo("kognitiv.invalid-client-credentials");
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(server.tokenCalls()).hasSize(1);
  }

  /** All but the one that asks wait for its answer; that one waits for the socket. */
  private static void awaitBlocked(List<Thread> workers) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      long waiting =
          workers.stream().filter(thread -> thread.getState() == Thread.State.WAITING).count();
      if (waiting >= workers.size() - 1) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("The threads never waited for one token request");
  }
}
