package dev.landfall.testkit.saboteur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Capability;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.Rules;
import dev.landfall.testkit.record.RecordSaboteurs;
import dev.landfall.testkit.scenario.Scenarios;
import dev.landfall.testkit.scenario.SourceScenarios;
import dev.landfall.testkit.source.SourceSaboteurs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules, scenarios and docs/conformance.md go together, one by one. */
class ConformanceDocTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "conformance.md");
  private static final Path FRAME =
      Path.of("src/test/resources/dev/landfall/testkit/saboteur/conformance.md");
  private static final String REGENERATE = "landfall.regenerate";

  private static final Map<String, String> CHAPTERS = new LinkedHashMap<>();

  static {
    CHAPTERS.put("D-1", "Packaging and loading");
    CHAPTERS.put("D-2", "Settings");
    CHAPTERS.put("D-3", "Rows");
    CHAPTERS.put("D-4", "Modes, and targets that are made");
    CHAPTERS.put("D-5", "Outcomes");
    CHAPTERS.put("D-6", "Authentication");
    CHAPTERS.put("D-7", "A system that fails");
    CHAPTERS.put("D-8", "Sessions");
    CHAPTERS.put("D-9", "Check");
    CHAPTERS.put("D-10", "Privacy");
    CHAPTERS.put("D-11", "Other processes");
    CHAPTERS.put("D-12", "Records");
    CHAPTERS.put("S-1", "Packaging and loading, of sources");
    CHAPTERS.put("S-2", "Settings, of sources");
    CHAPTERS.put("S-3", "Reading");
    CHAPTERS.put("S-4", "Cursors");
    CHAPTERS.put("S-5", "What is malformed");
    CHAPTERS.put("S-6", "Readers");
    CHAPTERS.put("S-7", "Check, of sources");
    CHAPTERS.put("S-8", "Privacy, of sources");
  }

  @Test
  void everyRuleThatCanBeTriedHasAScenarioAndEveryScenarioARule() {
    List<String> tried =
        Rules.all().stream()
            .filter(rule -> rule.kind() != Rule.Kind.UNTESTED)
            .map(Rule::id)
            .toList();

    assertThat(Stream.of(Scenarios.rules(), SourceScenarios.rules()).flatMap(Set::stream))
        .containsExactlyInAnyOrderElementsOf(tried);
    assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates();
    assertThat(Rules.all())
        .allSatisfy(
            rule -> {
              assertThat(CHAPTERS).containsKey(chapter(rule));
              assertThat(rule.sentence()).matches("[A-Z0-9a-z].*\\.");
              assertThat(rule.intent()).endsWith(".");
              assertThat(rule.lookAt()).isNotBlank();
            });
  }

  @Test
  void theCommittedDocumentIsTheGeneratedOne() throws IOException {
    String generated =
        Files.readString(FRAME)
            .replace("<!-- RULES -->\n", rules())
            .replace("<!-- DESTINATIONS -->\n", matrix(broken(Saboteurs.OF_AUDIENCES)))
            .replace("<!-- RECORDS -->\n", matrix(broken(RecordSaboteurs.ALL)))
            .replace("<!-- SOURCES -->\n", matrix(SourceSaboteurs.broken()));
    if (Boolean.getBoolean(REGENERATE)) {
      Files.writeString(DOCUMENT, generated);
    }

    assertThat(Files.readString(DOCUMENT))
        .as(
            "Generate it again and commit it: mvn -B test -pl connector-testkit -am"
                + " -Dtest=ConformanceDocTest -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            REGENERATE)
        .isEqualTo(generated);
  }

  private static String chapter(Rule rule) {
    return rule.id().substring(0, rule.id().indexOf('.'));
  }

  private static String rules() {
    StringBuilder text = new StringBuilder();
    CHAPTERS.forEach(
        (chapter, title) -> {
          text.append("### ").append(chapter).append(" ").append(title).append("\n\n");
          Rules.all().stream()
              .filter(rule -> chapter(rule).equals(chapter))
              .forEach(rule -> text.append(entry(rule)));
          text.append("\n");
        });
    return text.toString();
  }

  private static String entry(Rule rule) {
    StringBuilder entry =
        new StringBuilder("- **%s %s** %s ".formatted(rule.id(), rule.level(), rule.sentence()))
            .append(rule.intent())
            .append(" *If it fails:* ")
            .append(rule.lookAt())
            .append('.');
    List<String> notes = new ArrayList<>();
    if (!rule.needs().isEmpty()) {
      notes.add(
          "needs " + rule.needs().stream().map(Capability::name).collect(Collectors.joining(", ")));
    }
    if (rule.kind() != Rule.Kind.DETERMINISTIC) {
      notes.add(rule.kind().name().toLowerCase(Locale.ROOT));
    }
    return entry
        .append(notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")")
        .append("\n")
        .toString();
  }

  private static Map<String, List<String>> broken(List<Saboteur> saboteurs) {
    Map<String, List<String>> broken = new LinkedHashMap<>();
    saboteurs.forEach(saboteur -> broken.put(saboteur.name(), saboteur.breaks()));
    return broken;
  }

  private static String matrix(Map<String, List<String>> broken) {
    StringBuilder rows = new StringBuilder("| a connector that … | breaks |\n|---|---|\n");
    broken.forEach(
        (name, rules) ->
            rows.append("| ")
                .append(name.replace("|", "\\|"))
                .append(" | ")
                .append(String.join(", ", rules))
                .append(" |\n"));
    return rows.toString();
  }
}
