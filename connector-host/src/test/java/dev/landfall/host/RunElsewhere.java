package dev.landfall.host;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A run in a process of its own, which prints how it ended. */
final class RunElsewhere {

  /**
   * How the process ended.
   *
   * @param exit its exit code
   * @param words what it printed
   */
  record End(int exit, String words) {}

  private RunElsewhere() {}

  /** Starts the process, and waits for it. */
  static End of(Scene scene) {
    List<String> arguments =
        List.of(
            scene.plugins().toString(),
            scene.state().toString(),
            scene.manifestFile().toString(),
            scene.now().toString());
    try {
      Process process = start(RunElsewhere.class, arguments);
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new End(process.waitFor(), words.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a program of these tests as a process of its own. */
  static Process start(Class<?> program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Runs the sync of a manifest: plugins, state, manifest and the time it is. */
  public static void main(String[] args) {
    try (Host host =
        Host.builder(Path.of(args[0]), Path.of(args[1]))
            .clock(Clock.fixed(Instant.parse(args[3]), ZoneOffset.UTC))
            .memoryMegabytes(128)
            .build()) {
      RunRequest request = RunRequest.of(Path.of(args[2]));
      RunReport report = host.sync(request, RunListener.NONE, new Cancellation());
      System.out.println(report.status() + " " + report.problems());
    } catch (HostException e) {
      System.out.println(e.problem().code() + " " + e.getMessage());
    }
  }
}
