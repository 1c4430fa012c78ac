package dev.landfall.host;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sync with everything around it in a folder: plugin, manifest, audience file, state, and the
 * groups that it writes to. Runs go through the {@link Host}, a new one each, as each command does.
 */
final class Scene {

  private final Path folder;
  private final Map<String, String> manifest = new TreeMap<>();
  private final Properties answers = new Properties();
  private final Map<String, String> variables = new TreeMap<>();
  private String group = "vip";
  private @Nullable String drawer;
  private String connection = "";
  private Instant now = Instant.parse("2026-03-01T06:00:00Z");

  private Scene(Path folder) {
    this.folder = folder;
  }

  /** A mirror of nobody yet, that sends one record at a time and tries each once. */
  static Scene in(Path folder) {
    Scene scene = new Scene(folder);
    ShelfPlugin.install(scene.plugins(), "1.0.0");
    return scene
        .named("members")
        .with("mode", "\"mirror\"")
        .with("source", "{\"type\": \"file\", \"path\": \"audience.csv\"}")
        .with("delivery", "{\"attempts\": 1}")
        .audience();
  }

  /** A second sync with the same plugins, state, groups and audience file. */
  Scene another(String name) {
    Scene other = new Scene(folder);
    other.manifest.putAll(manifest);
    other.group = group;
    other.drawer = drawer;
    other.connection = connection;
    other.now = now;
    return other.named(name);
  }

  Scene named(String name) {
    return with("name", "\"" + name + "\"");
  }

  /** Sets a member of the manifest, as JSON. */
  Scene with(String member, String json) {
    manifest.put(member, json);
    return this;
  }

  /** Sets an environment variable. */
  Scene variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Scene mode(String word) {
    return with("mode", "\"" + word + "\"");
  }

  /** Withholds more removals than so many, if they are more than so many percent. */
  Scene budget(int maxPercent, int maxCount) {
    return with("removals", budgetJson(maxPercent, maxCount, ""));
  }

  Scene budget(int maxPercent, int maxCount, String window) {
    return with("removals", budgetJson(maxPercent, maxCount, ", \"window\": \"" + window + "\""));
  }

  private static String budgetJson(int maxPercent, int maxCount, String more) {
    return "{\"maxPercent\": %d, \"maxCount\": %d%s}".formatted(maxPercent, maxCount, more);
  }

  Scene group(String name) {
    group = name;
    return this;
  }

  /** Sends records to a drawer, known by some fields, in place of members to a group. */
  Scene records(String inDrawer, String... key) {
    drawer = inDrawer;
    return with(
        "key", Stream.of(key).map(k -> '"' + k + '"').collect(Collectors.joining(", ", "[", "]")));
  }

  /** Adds settings of the connection, as JSON members. */
  Scene connection(String json) {
    connection = json;
    return this;
  }

  Scene audience(String... members) {
    return csv("id\n" + Stream.of(members).map(m -> m + "\n").collect(Collectors.joining()));
  }

  /** Makes the audience the numbers from one to another, both included. */
  Scene audience(int first, int last) {
    return audience(numbers(first, last).toArray(String[]::new));
  }

  static Set<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(String::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Scene csv(String content) {
    write("audience.csv", content);
    return this;
  }

  /** Reads a stream of {@link dev.landfall.shelf.Almanac}, with these lines. */
  Scene stream(String stream, String... lines) {
    write(stream + ".txt", String.join("\n", lines) + (lines.length == 0 ? "" : "\n"));
    return with(
        "source",
        """
        {"type": "connector", "connector": "almanac", "stream": "%s", "settings": {"folder": "."}}"""
            .formatted(stream));
  }

  /** Adds lines to a stream. */
  Scene more(String stream, String... lines) {
    for (String line : lines) {
      try {
        Files.writeString(folder.resolve(stream + ".txt"), line + "\n", StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return this;
  }

  /** Where readers of streams were opened so far: {@code begin}, or a number of lines. */
  List<String> opened() {
    return lines(folder.resolve("opened.log"));
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says what the destination answers; see {@code Shelf}. */
  Scene answer(String to, String answer) {
    answers.setProperty(to, answer);
    return keepAnswers();
  }

  /** Lets the destination do as it is told again. */
  Scene answerAll() {
    answers.clear();
    return keepAnswers();
  }

  private Scene keepAnswers() {
    write(
        "answers.properties",
        answers.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue() + "\n")
            .collect(Collectors.joining()));
    return this;
  }

  Scene connectorVersion(String version) {
    ShelfPlugin.install(plugins(), version);
    return this;
  }

  Scene later(Duration time) {
    now = now.plus(time);
    return this;
  }

  Path plugins() {
    return folder.resolve("plugins");
  }

  Path state() {
    return folder.resolve("state");
  }

  /** The folder of this sync under the state folder. */
  Path syncFolder() {
    return state().resolve("syncs").resolve(name());
  }

  String name() {
    return String.valueOf(manifest.get("name")).replace("\"", "");
  }

  Path manifestFile() {
    manifest.put("destination", destination());
    return write(
        name() + ".json",
        manifest.entrySet().stream()
            .map(e -> "\"" + e.getKey() + "\": " + e.getValue())
            .collect(Collectors.joining(",\n", "{", "}")));
  }

  private String destination() {
    if (drawer != null) {
      return """
          {"connector": "cabinet", "connection": {"folder": "."}, "target": {"drawer": "%s"}}"""
          .formatted(drawer);
    }
    return """
        {"connector": "shelf", "connection": {"folder": "."%s}, "target": {"group": "%s"}}"""
        .formatted(connection.isEmpty() ? "" : ", " + connection, group);
  }

  RunReport sync() {
    return sync(r -> r);
  }

  RunReport sync(UnaryOperator<RunRequest> flags) {
    return sync(flags, RunListener.NONE, new Cancellation());
  }

  RunReport sync(UnaryOperator<RunRequest> flags, RunListener listener, Cancellation cancellation) {
    return ask(host -> host.sync(request(flags), listener, cancellation));
  }

  PlanReport plan() {
    return plan(r -> r);
  }

  PlanReport plan(UnaryOperator<RunRequest> flags) {
    return ask(host -> host.plan(request(flags)));
  }

  /** Asks the host something; a second passes for each question. */
  <T> T ask(Function<Host, T> question) {
    now = now.plusSeconds(1);
    try (Host host =
        Host.builder(plugins(), state())
            .clock(clock())
            .memoryMegabytes(128)
            .variables(variables::get)
            .build()) {
      return question.apply(host);
    }
  }

  private RunRequest request(UnaryOperator<RunRequest> flags) {
    return flags.apply(RunRequest.of(manifestFile()));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  /** The time that the next run begins at, or a second later. */
  Instant now() {
    return now;
  }

  /** The records that are in the drawer, such as {@code 7: id='7' tier='gold'}. */
  List<String> records() {
    return lines(folder.resolve(drawer + ".records"));
  }

  /** Every batch of records so far, such as {@code UPSERT 7 8}. */
  List<String> batches() {
    return lines(folder.resolve("batches.log"));
  }

  /** Who is in the group. */
  Set<String> members() {
    return members(group);
  }

  Set<String> members(String ofGroup) {
    return new TreeSet<>(lines(folder.resolve(ofGroup + ".txt")));
  }

  /** Puts members into the group, as others may. */
  Scene putIntoGroup(String... members) {
    Set<String> all = members();
    all.addAll(List.of(members));
    write(group + ".txt", String.join("\n", all) + "\n");
    return this;
  }

  /** Every request so far, such as {@code ADD vip 7}. */
  List<String> calls() {
    return lines(folder.resolve("calls.log"));
  }

  /** Every question for a receipt so far, such as {@code of 7: ADD 7 8}. */
  List<String> asks() {
    return lines(folder.resolve("asks.log"));
  }

  /** The requests that a piece of work made, sorted. */
  List<String> callsOf(Runnable work) {
    int before = calls().size();
    work.run();
    List<String> all = calls();
    return all.subList(before, all.size()).stream().sorted().toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is written of a run. */
  RunReport kept(String run) {
    return RunFiles.of(syncFolder().resolve("runs"), run).read().orElseThrow();
  }

  /** The only file of the sync's folder that begins like a ledger. */
  Path ledgerFile() {
    try (Stream<Path> files = Files.list(syncFolder())) {
      return files
          .filter(f -> f.getFileName().toString().matches("ledger-.*\\.duckdb"))
          .reduce(
              (a, b) -> {
                throw new IllegalStateException("two ledgers");
              })
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
