package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/write-a-connector.md}, command by command, in a folder outside of this project. */
class WriteAConnectorIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final int MOST_LINES = 300;

  /** Two builds of Maven's, on a machine that is busy. */
  private static final int PATIENCE_SECONDS = 400;

  /** Its runs ask once at their end, when the system has not yet applied what it took on. */
  private static final String LATER =
      """
      {
        "name": "later",
        "source": {"type": "file", "path": "../audience.csv"},
        "destination": {
          "connector": "acme-mail",
          "connection": {"url": "%s", "apiKey": {"env": "ACME_API_KEY"}},
          "target": {"list": "later"}
        },
        "mode": "mirror",
        "delivery": {"confirmWithin": "PT0S"}
      }
      """;

  @TempDir private Path folder;
  private Path repository;

  @BeforeEach
  void installWhatIsBuilt() throws IOException {
    repository = Repository.make(Path.of("target/repository").toAbsolutePath());
    Repository.put(repository, ROOT, "landfall", "pom");
    Repository.put(repository, ROOT.resolve("connector-api"), "connector-api", "jar");
    Repository.put(repository, ROOT.resolve("connector-testkit"), "connector-testkit", "jar");
    Repository.put(repository, ROOT.resolve("connector-archetype"), "connector-archetype", "jar");
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
    assertThat(blocks).isGreaterThanOrEqualTo(5);
    Files.writeString(folder.resolve("script.sh"), script);

    Landfall.Ended ended =
        new Landfall(folder).start(Path.of("/bin/bash"), "script.sh").end(PATIENCE_SECONDS);

    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out())
        .contains("acme 1.0.0 conforms")
        .contains("known: Not written yet.")
        .contains("acme-mail 1.0.0 conforms")
        .contains("3 planned: 3 delivered");
    theEmptyProjectIsNotTakenForMoreThanItIs();
    theFinishedOneIs();
    whatItsSystemOnlyAcceptedIsAskedForBeforeTheNextPlan();
  }

  /** Its own list of what is not written is true: it breaks these rules, and no others. */
  private void theEmptyProjectIsNotTakenForMoreThanItIs() throws IOException {
    Landfall landfall = new Landfall(folder);
    Landfall.Ended honest = landfall.run("certify", "acme", "--plugins", "plugins", "--json");
    assertThat(honest.code()).isEqualTo(1);
    List<String> violated = new ArrayList<>();
    for (JsonNode rule : honest.json().get("rules")) {
      assertThat(rule.get("verdict").stringValue()).isIn("PASSED", "SKIPPED", "VIOLATED");
      if (rule.get("verdict").stringValue().equals("VIOLATED")) {
        violated.add(rule.get("id").stringValue());
        assertThat(rule.get("again").stringValue())
            .startsWith("landfall certify acme --rule ")
            .endsWith(" --plugins plugins");
      }
    }
    JsonNode known =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("acme/known.json")));
    assertThat(violated).containsExactlyElementsOf(known.propertyNames());

    Landfall.Ended kept =
        landfall.run(
            "certify", "acme", "--plugins", "plugins", "--expect", "acme/known.json", "--keep");
    assertThat(kept.code()).isZero();
    assertThat(certified("acme")).isEqualTo("CONFORMS_BUT_FOR_KNOWN");
  }

  private void theFinishedOneIs() {
    assertThat(folder.resolve("plugins/acme-mail/acme-mail.certificate.json")).exists();
    assertThat(certified("acme-mail")).isEqualTo("CONFORMS");
  }

  private void whatItsSystemOnlyAcceptedIsAskedForBeforeTheNextPlan() throws Exception {
    Landfall landfall = new Landfall(Files.createDirectory(folder.resolve("later")));
    Landfall.Running system =
        landfall.start(
            "sandbox", "acme-mail", "--plugins", "../plugins", "--target", "list=later", "--json");
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.readString(system.out()).endsWith("}\n"));
      JsonNode connection =
          new Landfall.Ended(0, Files.readString(system.out()), "").json().get("connection");
      String url = connection.get("url").stringValue();
      String key = connection.get("apiKey").stringValue();
      Files.writeString(folder.resolve("later/later.json"), LATER.formatted(url));

      JsonNode first = synced(landfall.with("ACME_API_KEY", key));
      assertThat(first.get("accepted").intValue()).isEqualTo(3);
      await().atMost(Duration.ofMinutes(1)).until(() -> settled(url, key));
      JsonNode second = synced(landfall);

      assertThat(second.get("planned").intValue()).as("sent again").isZero();
      assertThat(landfall.run("why", "later", "ada", "--plugins", "../plugins").out())
          .contains("In it: that was confirmed");
    } finally {
      system.process().destroyForcibly();
    }
  }

  private static JsonNode synced(Landfall landfall) {
    return landfall
        .run("sync", "later.json", "--plugins", "../plugins", "--json")
        .json()
        .get("adds");
  }

  private static boolean settled(String url, String key) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url + "/jobs/0")).header("X-Api-Key", key).build(),
            HttpResponse.BodyHandlers.ofString())
        .body()
        .contains("ok");
  }

  private String certified(String connector) {
    JsonNode all =
        new Landfall(folder)
            .run("connectors", "--plugins", "plugins", "--json")
            .json()
            .get("connectors");
    for (JsonNode one : all) {
      if (one.get("connector").stringValue().equals(connector)) {
        return one.get("certified").stringValue();
      }
    }
    throw new AssertionError("There is no " + connector);
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
