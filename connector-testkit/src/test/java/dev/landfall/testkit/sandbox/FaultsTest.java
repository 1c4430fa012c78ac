package dev.landfall.testkit.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FaultsTest {

  @TempDir Path folder;
  private Mailbox sandbox;
  private Wire wire;

  @BeforeEach
  void start() {
    sandbox = new Mailbox(SandboxRequest.in(folder));
    wire = new Wire(sandbox.address());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private String join(String members) throws IOException {
    return wire.send("POST", "/join/vip", members);
  }

  private int joinStatus(String members) throws IOException {
    return wire.status("POST", "/join/vip", members);
  }

  private void inject(Fault fault) {
    sandbox.faults().inject(fault);
  }

  @Test
  void withoutAFaultTheChangeIsMadeAndAnswered() throws IOException {
    assertThat(join("7\n8")).startsWith("HTTP/1.1 200").endsWith("{\"joined\":2}");
    assertThat(sandbox.state().members("vip")).containsExactly("7", "8");
  }

  @Test
  void aStatusIsAnsweredInPlaceOfTheChange() throws IOException {
    inject(Fault.answering(429, "3").notApplied());
    assertThat(join("7")).startsWith("HTTP/1.1 429").contains("Retry-After: 3\r\n");
    assertThat(sandbox.state().members("vip")).isEmpty();
  }

  @Test
  void aStatusIsAnsweredThoughTheChangeWasMade() throws IOException {
    inject(Fault.answering(503).applied());
    assertThat(joinStatus("7")).isEqualTo(503);
    assertThat(sandbox.state().members("vip")).containsExactly("7");
  }

  @Test
  void aCutBeforeTheChangeLeavesNoTrace() {
    inject(Fault.cut().notApplied());
    assertThatIOException().isThrownBy(() -> join("7")).isInstanceOf(SocketException.class);
    assertThat(sandbox.state().members("vip")).isEmpty();
    assertThat(sandbox.state().calls("join")).isEqualTo(1);
  }

  @Test
  void aCutAfterTheChangeLeavesItMade() {
    inject(Fault.cut().applied());
    assertThatIOException().isThrownBy(() -> join("7")).isInstanceOf(SocketException.class);
    assertThat(sandbox.state().members("vip")).containsExactly("7");
  }

  @Test
  void aLateChangeIsMadeWhenTheTestSaysSoInOrderOfArrival() throws IOException {
    inject(Fault.answering(500).appliedLate().times(2));
    assertThat(joinStatus("7")).isEqualTo(500);
    assertThat(joinStatus("8")).isEqualTo(500);
    assertThat(sandbox.state().members("vip")).isEmpty();
    assertThat(sandbox.faults().pendingLate()).isEqualTo(2);

    assertThat(sandbox.faults().applyLate("8")).isEqualTo(1);
    assertThat(sandbox.state().members("vip")).containsExactly("8");
    assertThat(sandbox.faults().applyLate()).isEqualTo(1);
    assertThat(sandbox.state().members("vip")).containsExactly("7", "8");
    assertThat(sandbox.faults().applyLate()).isZero();
  }

  @Test
  void aLateChangeThatIsDroppedIsNeverMade() throws IOException {
    inject(Fault.answering(500).appliedLate());
    joinStatus("7");
    assertThat(sandbox.faults().dropLate()).isEqualTo(1);
    assertThat(sandbox.faults().applyLate()).isZero();
    assertThat(sandbox.state().members("vip")).isEmpty();
  }

  @Test
  void aLateChangeIsMadeByItselfAfterItsDelay() throws Exception {
    inject(Fault.cut().appliedLate(Duration.ofMillis(50)));
    assertThatIOException().isThrownBy(() -> join("7"));
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (!sandbox.state().holds("vip", "7") && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(sandbox.state().members("vip")).containsExactly("7");
    assertThat(sandbox.faults().pendingLate()).isZero();
  }

  @Test
  void malformedBodiesComeWithAWholeAnswer() throws IOException {
    inject(Fault.html().applied().times(1));
    inject(Fault.errorsInside().notApplied().times(1));
    inject(Fault.truncated().notApplied().times(1));
    assertThat(join("7")).startsWith("HTTP/1.1 200").contains("text/html").endsWith("</html>");
    assertThat(join("8")).startsWith("HTTP/1.1 200").contains("{\"errors\":[");
    assertThat(join("9")).startsWith("HTTP/1.1 200").endsWith("{\"data\": [{\"id\": \"1");
    assertThat(sandbox.state().members("vip")).containsExactly("7");
  }

  @Test
  void aBrokenBodyBeginsWith200AndIsNoBody() throws IOException {
    inject(Fault.brokenBody().applied());
    String answer = join("7");
    assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("joined");
    assertThat(sandbox.state().members("vip")).containsExactly("7");
  }

  @Test
  void aRedirectNamesWhereTo() throws IOException {
    inject(Fault.redirect(URI.create("http://127.0.0.1:9/elsewhere")).notApplied());
    assertThat(join("7"))
        .startsWith("HTTP/1.1 307")
        .contains("Location: http://127.0.0.1:9/elsewhere\r\n");
    assertThat(sandbox.state().members("vip")).isEmpty();
  }

  @Test
  void aSlowAnswerIsTheSandboxsOwnAndTheChangeIsMadeBeforeTheWait() throws Exception {
    inject(Fault.slow(Duration.ofMillis(300)));
    long start = System.nanoTime();
    assertThat(join("7")).startsWith("HTTP/1.1 200").endsWith("{\"joined\":1}");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));

    assertThatIOException()
        .isThrownBy(() -> new Wire(sandbox.address(), 100).send("POST", "/join/vip", "8"))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(sandbox.state().members("vip")).containsExactly("7", "8");
  }

  @Test
  void aDrippingBodyArrivesWholeButTakesItsTime() throws IOException {
    inject(Fault.dripping(Duration.ofMillis(640)).applied());
    long start = System.nanoTime();
    String answer = new Wire(sandbox.address(), 300).send("POST", "/join/vip", "7");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
    assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"joined\":1}");
    assertThat(sandbox.state().members("vip")).containsExactly("7");
  }

  @Test
  void aSystemRefusesWhatItDoesNotBearAtOnce() throws Exception {
    inject(Fault.silence().notApplied().onRecords("1"));
    inject(Fault.answering(429).notApplied().beyond(1));
    assertThat(joinStatus("7")).isEqualTo(200);

    CompletableFuture<String> held =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return join("1");
              } catch (IOException e) {
                return "cut";
              }
            });
    awaitCalls(1);
    assertThat(joinStatus("8")).isEqualTo(429);
    sandbox.faults().clear();
    assertThat(held.get(10, SECONDS)).isIn("cut", "");
    assertThat(joinStatus("9")).isEqualTo(200);
    assertThat(sandbox.state().members("vip")).containsExactly("7", "9");
  }

  @Test
  void silenceLastsUntilTheFaultsAreCleared() throws Exception {
    inject(Fault.silence().notApplied());
    assertThatIOException()
        .isThrownBy(() -> new Wire(sandbox.address(), 200).send("POST", "/join/vip", "7"))
        .isInstanceOf(SocketTimeoutException.class);

    CompletableFuture<String> held =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return join("8");
              } catch (IOException e) {
                return "cut";
              }
            });
    awaitCalls(2);
    sandbox.faults().clear();
    assertThat(held.get(10, SECONDS)).isIn("cut", "");
    assertThat(joinStatus("9")).isEqualTo(200);
    assertThat(sandbox.state().members("vip")).containsExactly("9");
  }

  @Test
  void closingLetsGoOfCallsThatAreHeld() throws Exception {
    inject(Fault.silence().appliedLate());
    CompletableFuture<Boolean> held =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return join("7").isEmpty();
              } catch (IOException e) {
                return true;
              }
            });
    awaitCalls(1);
    long start = System.nanoTime();
    sandbox.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(held.get(10, SECONDS)).isTrue();
    sandbox.close();
  }

  private void awaitCalls(int count) {
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (sandbox.faults().struck() < count && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(sandbox.faults().struck()).isEqualTo(count);
  }

  @Test
  void aFaultStrikesItsKindAndItsRecordsAlone() throws IOException {
    inject(Fault.answering(500).notApplied().onCalls("leave"));
    inject(Fault.answering(502).notApplied().onCalls("join").onRecords("7", "70"));
    assertThat(joinStatus("8")).isEqualTo(200);
    assertThat(joinStatus("8\n7")).isEqualTo(502);
    assertThat(wire.status("GET", "/elsewhere", "")).isEqualTo(404);
    assertThat(sandbox.faults().struck()).isEqualTo(1);
  }

  @Test
  void aFaultForTheNextTwoCallsIsGoneAtTheThird() throws IOException {
    inject(Fault.answering(500).notApplied().times(2));
    assertThat(List.of(joinStatus("1"), joinStatus("2"), joinStatus("3")))
        .containsExactly(500, 500, 200);
    assertThat(sandbox.faults().inForce()).isEmpty();
  }

  @Test
  void theFaultThatWasInjectedFirstStrikesFirst() throws IOException {
    inject(Fault.answering(500).notApplied().times(1));
    inject(Fault.answering(502).notApplied().times(1));
    assertThat(List.of(joinStatus("1"), joinStatus("1"), joinStatus("1")))
        .containsExactly(500, 502, 200);
  }

  @Test
  void chanceRepeatsForASeedInWhateverOrderCallsArrive() {
    List<Boolean> forwards = new ArrayList<>();
    List<Boolean> backwards = new ArrayList<>();
    Faults first = new Faults();
    Faults second = new Faults();
    first.inject(Fault.cut().notApplied().withProbability(0.3, 42));
    second.inject(Fault.cut().notApplied().withProbability(0.3, 42));
    for (int i = 0; i < 1000; i++) {
      forwards.add(first.strike(about(i), 1).isPresent());
      backwards.add(0, second.strike(about(999 - i), 1).isPresent());
    }
    assertThat(forwards).isEqualTo(backwards);
    assertThat(forwards.stream().filter(struck -> struck).count()).isBetween(250L, 350L);
    assertThat(forwards)
        .as("another try at the same record has another chance")
        .isNotEqualTo(
            java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> first.strike(about(i), 1).isPresent())
                .toList());
  }

  private static Operation about(int record) {
    return Operation.on("join", "m" + record, () -> Answer.of(200));
  }

  @Test
  void whatCannotStrikeIsRefused() {
    Fault fault = Fault.cut().notApplied();
    assertThatIllegalArgumentException().isThrownBy(() -> fault.times(0));
    assertThatIllegalArgumentException().isThrownBy(() -> fault.withProbability(1.1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> fault.after(Duration.ofMillis(-1)));
  }
}
