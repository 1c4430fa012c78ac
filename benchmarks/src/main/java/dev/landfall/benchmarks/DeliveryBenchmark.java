package dev.landfall.benchmarks;

import dev.landfall.host.Host;
import dev.landfall.host.RunListener;
import dev.landfall.host.RunRequest;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Delivers through the whole host, with ledger, history and the real connector as a plugin, and
 * beside it through {@link BareLoop}: same server, same number in flight, in turns.
 */
final class DeliveryBenchmark {

  private static final int ROUNDS = 3;

  private record Case(int delayMillis, int inFlight, int members) {}

  /**
   * What a run through the host took.
   *
   * @param whole seconds from the call of the host to its return
   * @param delivery seconds of that from the plan on: delivery, and closing the books
   */
  private record Seconds(double whole, double delivery) {}

  private final Host host;
  private final Path folder;
  private int runs;

  private DeliveryBenchmark(Host host, Path folder) {
    this.host = host;
    this.folder = folder;
  }

  /**
   * Prints a line for each case.
   *
   * @param arguments the folder of plugins, and an empty folder to work in
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    // One host for all, as the bare loop's classes are the same for all: a plugin is loaded once.
    try (Host host = Host.builder(Path.of(arguments[0]), folder.resolve("state")).build()) {
      DeliveryBenchmark benchmark = new DeliveryBenchmark(host, folder);
      // Classes are loaded and compiled before anything counts.
      benchmark.measure(new Case(1, 32, 15_000), 1);
      System.out.println(
          "| delay | in flight | members | bare, calls/s | host, calls/s | delivery / bare | whole run / bare |");
      System.out.println("|---|---|---|---|---|---|---|");
      System.out.println(benchmark.measure(new Case(20, 1, 1_000), ROUNDS));
      System.out.println(benchmark.measure(new Case(20, 32, 25_000), ROUNDS));
      System.out.println(benchmark.measure(new Case(5, 32, 75_000), ROUNDS));
    }
  }

  private String measure(Case c, int rounds) throws Exception {
    List<Double> bare = new ArrayList<>();
    List<Double> delivery = new ArrayList<>();
    List<Double> deliveryRatio = new ArrayList<>();
    List<Double> wholeRatio = new ArrayList<>();
    try (DelayingServer server = new DelayingServer(0, Duration.ofMillis(c.delayMillis))) {
      for (int round = 0; round < rounds; round++) {
        boolean bareFirst = round % 2 == 0;
        double bareSeconds = bareFirst ? BareLoop.send(server.url(), c.members, c.inFlight) : 0;
        Seconds through = throughTheHost(server, c);
        if (!bareFirst) {
          bareSeconds = BareLoop.send(server.url(), c.members, c.inFlight);
        }
        bare.add(bareSeconds);
        delivery.add(through.delivery);
        deliveryRatio.add(bareSeconds / through.delivery);
        wholeRatio.add(bareSeconds / through.whole);
      }
      long expected = 2L * rounds * c.members;
      if (server.memberCalls() != expected) {
        throw new IllegalStateException(
            "The server saw " + server.memberCalls() + " calls instead of " + expected);
      }
    }
    return "| %d ms | %d | %,d | %,.0f | %,.0f | %.3f (%s) | %.3f |"
        .formatted(
            c.delayMillis,
            c.inFlight,
            c.members,
            c.members / median(bare),
            c.members / median(delivery),
            median(deliveryRatio),
            deliveryRatio.stream().map(r -> "%.3f".formatted(r)).toList(),
            median(wholeRatio));
  }

  private Seconds throughTheHost(DelayingServer server, Case c) throws IOException {
    // Another name is another sync, whose ledger is empty.
    Path home = Files.createDirectories(folder.resolve("run-" + ++runs));
    long[] planned = new long[1];
    RunRequest request = RunRequest.of(manifest(home, server, c));
    long begun = System.nanoTime();
    RunReport report =
        host.sync(
            request,
            new RunListener() {
              @Override
              public void planned(RunReport books) {
                planned[0] = System.nanoTime();
              }
            },
            new Cancellation());
    long ended = System.nanoTime();
    if (report.adds().delivered() != c.members) {
      throw new IllegalStateException("Not everything was delivered: " + report);
    }
    return new Seconds((ended - begun) / 1e9, (ended - planned[0]) / 1e9);
  }

  private static Path manifest(Path home, DelayingServer server, Case c) throws IOException {
    try (BufferedWriter audience = Files.newBufferedWriter(home.resolve("audience.csv"))) {
      audience.write("member_internal_id\n");
      for (int member = 1; member <= c.members; member++) {
        audience.write(member + "\n");
      }
    }
    Files.writeString(home.resolve("secret"), "benchmark");
    return Files.writeString(
        home.resolve("sync.json"),
        """
        {
          "name": "%s",
          "source": {"type": "file", "path": "audience.csv"},
          "destination": {
            "connector": "kognitiv",
            "connection": {
              "apiBaseUrl": "%s",
              "clientId": "benchmark",
              "clientSecret": {"file": "secret"}
            },
            "target": {
              "objectType": "promotional-member-group",
              "groupExternalReference": "VIP-2026"
            }
          },
          "mode": "add",
          "delivery": {"maxInFlight": %d}
        }
        """
            .formatted(home.getFileName(), server.url(), c.inFlight));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
