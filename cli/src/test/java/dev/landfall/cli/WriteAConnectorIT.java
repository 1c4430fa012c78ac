package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/write-a-connector.md}, command by command, in a folder outside of this project. */
class WriteAConnectorIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final int MOST_LINES = 300;

  @TempDir private Path folder;
  private Path repository;

  @BeforeEach
  void installWhatIsBuilt() throws IOException {
    repository = Repository.make(folder.resolve("repository"));
    Repository.put(repository, ROOT, "landfall", "pom");
    Repository.put(repository, ROOT.resolve("connector-api"), "connector-api", "jar");
    Repository.put(repository, ROOT.resolve("connector-testkit"), "connector-testkit", "jar");
    copy(ROOT.resolve("examples/acme-mail"), folder.resolve("acme-mail"));
  }

  @Test
  void everyCommandOfTheDocumentDoesWhatItSays() throws Exception {
    StringBuilder script = new StringBuilder("set -eux\n");
    // The document's reader has installed Landfall and has it on the path.
    script.append(
        "mvn() { command mvn -o -B -q -Dmaven.repo.local='%s' \"$@\"; }\n".formatted(repository));
    script.append("landfall() { '%s' \"$@\"; }\n".formatted(Landfall.COMMAND));
    Matcher commands =
        COMMANDS.matcher(Files.readString(ROOT.resolve("docs/write-a-connector.md")));
    int blocks = 0;
    while (commands.find()) {
      script.append(commands.group(1));
      blocks++;
    }
    assertThat(blocks).isGreaterThanOrEqualTo(3);
    Files.writeString(folder.resolve("script.sh"), script);

    Landfall.Ended ended = new Landfall(folder).start(Path.of("/bin/bash"), "script.sh").end();

    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out())
        .contains("acme-mail 1.0.0 conforms")
        .contains("certified")
        .contains("3 planned: 3 delivered");
    assertThat(folder.resolve("plugins/acme-mail/certificate.json")).exists();
  }

  @Test
  void connectorAndSandboxTogetherAreUnder300LinesOfCode() throws IOException {
    long lines = 0;
    for (Path file : sources()) {
      lines += Files.readString(file).lines().map(String::strip).filter(this::isCode).count();
    }

    assertThat(lines).isLessThan(MOST_LINES);
  }

  private boolean isCode(String line) {
    return !line.isEmpty()
        && !line.startsWith("import ")
        && !line.startsWith("package ")
        && !line.startsWith("//")
        && !line.startsWith("/**");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples/acme-mail/src/main/java"))) {
      return files.filter(Files::isRegularFile).collect(Collectors.toList());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(from)) {
      walk.filter(path -> !path.startsWith(from.resolve("target"))).forEach(all::add);
    }
    for (Path path : all) {
      Path copied = to.resolve(from.relativize(path));
      if (Files.isDirectory(path)) {
        Files.createDirectories(copied);
      } else {
        Files.copy(path, copied);
      }
    }
  }
}
