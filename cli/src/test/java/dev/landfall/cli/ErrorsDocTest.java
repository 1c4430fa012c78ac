package dev.landfall.cli;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/errors.md} against the sources of every module of the build. */
class ErrorsDocTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What the imitated API answers under the name "code" is its own, and no problem of Landfall. */
  private static final Path IMITATED =
      Path.of("kognitiv-sandbox/src/main/java/dev/landfall/kognitiv/sandbox/Errors.java");

  /** Texts that have a code's form and are none. */
  private static final Set<String> FILES =
      Set.of(
          "aside.jsonl",
          "audience.csv",
          "benchmark.duckdb",
          "changes.jsonl",
          "changes.parquet",
          "changes.parquet.new",
          "connector.properties",
          "failures.jsonl",
          "groups.log",
          "junit.xml",
          "ledger.duckdb",
          "plan.duckdb",
          "recording.jfr",
          "report.html",
          "report.json",
          "rules.json",
          "run.json",
          "sandbox.duckdb",
          "secret.txt",
          "sync.json");

  private static final Set<String> SYSTEM_PROPERTIES =
      Set.of(
          "java.class.path",
          "java.home",
          "landfall.home",
          "landfall.rule",
          "landfall.seed",
          "landfall.terminal",
          "landfall.terminal.out",
          "landfall.exchange");
  private static final Set<String> TABLES =
      Set.of(
          "audience.main.audience",
          "ledger.main.standings",
          "members.main.audience",
          "r.c",
          "s.c",
          "temp.audience",
          "w.k");
  private static final Set<String> PACKAGES =
      Set.of(
          "com.github.tomakehurst.wiremock",
          "dev.landfall.testkit.conformance",
          "dev.landfall.testkit.sandbox",
          "dev.landfall.testkit.scenario",
          "dev.landfall.testkit.stage",
          "jdk.jfr",
          "org.wiremock");
  private static final Set<String> LOGGERS =
      Set.of("dev.landfall.cli", "dev.landfall.run", "org.apache.hc");
  private static final Set<String> ADDRESSES = Set.of("127.0.0.1");
  private static final Set<String> NUMBERS =
      Set.of(
          "-0.01",
          "0.000001",
          "0.1",
          "0.123456789012",
          "1.50",
          "12345678901234567890.123456",
          "99999999999999999.99");
  private static final Set<String> VERSIONS = Set.of("1.0");

  private static final Pattern ROW = Pattern.compile("\\| <a id=\"(.*?)\"></a>`(.*?)` \\|.*");
  private static final Pattern LINK = Pattern.compile("\\[`([^`]*)`]\\(#([^)]*)\\)");
  private static final Pattern SENTENCES = Pattern.compile("[A-Z\"`-].{5,}\\.");

  /** A row of the document that is about a code: what happened first, what to do last. */
  private record Entry(String anchor, String code, List<String> says) {}

  private static ProblemCodes sources;
  private static List<Entry> entries;
  private static String document;

  @BeforeAll
  static void readBoth() throws IOException {
    sources = ProblemCodes.in(productSources());
    document = Files.readString(ROOT.resolve("docs/errors.md"));
    entries = entries(document.lines().toList());
  }

  private static List<Path> productSources() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> folders = Files.list(ROOT)) {
      for (Path folder : folders.map(f -> f.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(folder)) {
          try (Stream<Path> all = Files.walk(folder)) {
            all.filter(f -> f.toString().endsWith(".java"))
                .filter(f -> !f.equals(ROOT.resolve(IMITATED)))
                .forEach(files::add);
          }
        }
      }
    }
    return files;
  }

  private static List<Entry> entries(List<String> lines) {
    List<Entry> entries = new ArrayList<>();
    List<String> head = List.of();
    for (String line : lines) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        List<String> cells = cells(line);
        assertThat(cells).as(line).hasSameSizeAs(head);
        entries.add(new Entry(row.group(1), row.group(2), cells.subList(1, cells.size())));
      } else if (line.startsWith("| Code |")) {
        head = cells(line);
        assertThat(head).startsWith("Code", "What happened").endsWith("What to do");
      }
    }
    return entries;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static Set<String> noCodes() {
    return Stream.of(
            FILES, SYSTEM_PROPERTIES, TABLES, PACKAGES, ADDRESSES, LOGGERS, NUMBERS, VERSIONS)
        .flatMap(Set::stream)
        .collect(toCollection(TreeSet::new));
  }

  @Test
  void everyCodeInTheSourcesIsExplainedAndNoOther() {
    assertThat(entries)
        .extracting(Entry::code)
        .containsExactlyInAnyOrderElementsOf(sources.raised());
  }

  @Test
  void whatIsHandedOnAsACodeIsAWholeLiteral() {
    assertThat(sources.unclear()).isEmpty();
    assertThat(sources.raised()).allMatch(ProblemCodes.FORM.asMatchPredicate());
  }

  @Test
  void everyTextThatLooksLikeACodeIsHandedOnAsOneOrKnownToBeNone() {
    Set<String> known = new TreeSet<>(sources.raised());
    known.addAll(noCodes());

    assertThat(sources.texts()).containsExactlyElementsOf(known);
    assertThat(sources.raised()).doesNotContainAnyElementsOf(noCodes());
  }

  @Test
  void everyEntrySaysWhatHappenedAndWhatToDo() {
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(entry.anchor()).isEqualTo(entry.code());
              assertThat(entry.says()).as(entry.code()).allMatch(SENTENCES.asMatchPredicate());
            });
  }

  @Test
  void everyLinkLeadsToTheCodeThatItNames() {
    List<MatchResult> links = LINK.matcher(document).results().toList();

    assertThat(links)
        .isNotEmpty()
        .allSatisfy(
            link -> {
              assertThat(link.group(2)).isEqualTo(link.group(1));
              assertThat(entries).extracting(Entry::code).contains(link.group(1));
            });
  }

  @Test
  void theExitCodesAreThoseOfTheCommand() throws IllegalAccessException {
    List<String> exits = new ArrayList<>();
    for (var field : ExitCode.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        exits.add(String.valueOf(field.getInt(null)));
      }
    }

    assertThat(document.lines().filter(line -> line.matches("\\| \\d+ \\|.*")))
        .extracting(line -> cells(line).get(0))
        .containsExactlyInAnyOrderElementsOf(exits);
  }
}
