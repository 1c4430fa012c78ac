package dev.landfall.kognitiv.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.sandbox.SandboxRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PersistenceTest {

  private static final String VIP = "VIP-2026";

  @TempDir Path folder;

  private SandboxRequest request() {
    return SandboxRequest.in(folder).withTarget(Map.of("groupExternalReference", VIP));
  }

  @Test
  void theNextSandboxFindsWhatTheLastOneWasTold() {
    try (KognitivSandbox first = KognitivSandbox.start(request())) {
      Caller caller = new Caller(first.address()).signedIn();
      caller.add(VIP, "7");
      caller.add(VIP, "8");
      caller.remove(VIP, "7");
    }
    try (KognitivSandbox second = KognitivSandbox.start(request())) {
      assertThat(second.members(VIP)).containsExactly("8");
      assertThat(second.state().calls()).isEmpty();
      Caller caller = new Caller(second.address()).signedIn();
      assertThat(caller.remove(VIP, "8").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aTornLineCostsNothingThatWasAnswered() throws IOException {
    try (KognitivSandbox first = KognitivSandbox.start(request())) {
      new Caller(first.address()).signedIn().add(VIP, "7");
    }
    Files.writeString(folder.resolve("groups.log"), "+ 0 12", StandardOpenOption.APPEND);
    try (KognitivSandbox second = KognitivSandbox.start(request())) {
      assertThat(second.members(VIP)).containsExactly("7");
    }
  }

  @Test
  void aKilledProcessHasKeptAllThatItAnswered() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Alone.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<String> answered = ConcurrentHashMap.newKeySet();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      Caller caller = new Caller(URI.create(out.readLine())).signedIn();
      ExecutorService adding = Executors.newFixedThreadPool(4);
      for (int i = 1; i <= 4; i++) {
        int worker = i;
        adding.execute(() -> addUntilItDies(caller, worker * 1_000_000, answered));
      }
      long end = System.nanoTime() + SECONDS.toNanos(30);
      while (answered.size() < 200 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      adding.shutdown();
      assertThat(adding.awaitTermination(30, SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(200);
    try (KognitivSandbox next = KognitivSandbox.start(request())) {
      assertThat(next.members(VIP)).containsAll(answered);
      assertThat(next.members(VIP).size() - answered.size())
          .as("at most one unanswered add for each of four callers")
          .isBetween(0, 4);
    }
  }

  private static void addUntilItDies(Caller caller, int from, Set<String> answered) {
    try {
      for (int id = from; id < from + 900_000; id++) {
        if (caller.add(VIP, "" + id).statusCode() == 204) {
          answered.add("" + id);
        }
      }
    } catch (java.io.UncheckedIOException dead) {
      assertThat(dead).hasCauseInstanceOf(IOException.class);
    }
  }

  /** A sandbox in a process of its own. */
  static final class Alone {
    private Alone() {}

    public static void main(String[] args) throws InterruptedException {
      KognitivSandbox sandbox =
          KognitivSandbox.start(
              SandboxRequest.in(Path.of(args[0]))
                  .withTarget(Map.of("groupExternalReference", VIP)));
      System.out.println(sandbox.address());
      Thread.currentThread().join();
    }
  }

  @Test
  void sixtyFourAtOnceAreAllServedAndAllKept() throws Exception {
    try (KognitivSandbox sandbox = KognitivSandbox.start(request())) {
      Caller caller = new Caller(sandbox.address()).signedIn();
      ExecutorService callers = Executors.newFixedThreadPool(64);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 1; i <= 3_000; i++) {
        String id = "" + i;
        answers.add(callers.submit(() -> caller.add(VIP, id).statusCode()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(204);
      }
      callers.shutdown();
      assertThat(sandbox.state().size(VIP)).isEqualTo(3_000);
      assertThat(sandbox.state().mostInFlight()).isBetween(1, 64);
    }
    try (KognitivSandbox next = KognitivSandbox.start(request())) {
      assertThat(next.state().size(VIP)).isEqualTo(3_000);
    }
  }
}
