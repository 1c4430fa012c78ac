package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command of the distribution, as processes of their own that work in one folder. */
final class Landfall {

  static final Path HOME = Path.of("target/landfall").toAbsolutePath();
  static final Path COMMAND = HOME.resolve("bin/landfall");

  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private int processes;

  Landfall(Path folder) {
    this.folder = folder;
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  /** A process that ended. */
  record Ended(int code, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  Landfall with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Ended run(String... arguments) {
    return start(arguments).end();
  }

  Running start(String... arguments) {
    return start(COMMAND, arguments);
  }

  Running start(Path command, String... arguments) {
    int number = processes++;
    Path out = folder.resolve("out" + number + ".txt");
    Path err = folder.resolve("err" + number + ".txt");
    ProcessBuilder builder = new ProcessBuilder(command.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(environment);
    try {
      return new Running(
          builder
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start(),
          out,
          err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process under way. */
  record Running(Process process, Path out, Path err) {
    void signal(String name) {
      try {
        Process kill =
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).as("the signal was sent").isZero();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    Ended end() {
      return end(PATIENCE_SECONDS);
    }

    Ended end(int seconds) {
      try {
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("ended").isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
