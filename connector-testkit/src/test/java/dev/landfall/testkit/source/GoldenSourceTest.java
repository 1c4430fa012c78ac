package dev.landfall.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.landfall.testkit.conformance.Capability;
import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Rules;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.report.Certificate;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.scenario.SourceScenarios;
import dev.landfall.testkit.stage.SourceSubject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source that keeps every rule is blamed for nothing, whatever chance does. */
class GoldenSourceTest {

  private static final String SERVICE = "META-INF/services/dev.landfall.connector.Source";

  @TempDir Path folder;

  private static SourceSubject golden() {
    return SourceSubject.of(GoldenSource::new, new ShopProvider()).withLogs(new HeardLogs());
  }

  /** A plugin of the classes beside this one. */
  private Path plugin(String api, String... providers) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!api.isEmpty()) {
      manifest.getMainAttributes().putValue("Landfall-Api", api);
    }
    Path jar = folder.resolve("golden.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String name :
          List.of("GoldenSource", "GoldenReader", "ShopStream", "ShopStream$1", "ShopWire")) {
        String path = "dev/landfall/testkit/source/" + name + ".class";
        out.putNextEntry(new JarEntry(path));
        try (InputStream in = GoldenSource.class.getResourceAsStream("/" + path)) {
          out.write(in.readAllBytes());
        }
      }
      out.putNextEntry(new JarEntry(SERVICE));
      out.write(String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
    }
    return folder;
  }

  private static List<String> violated(SourceSubject subject, String chapter) throws IOException {
    Report report =
        Conformance.of(subject).rules(rule -> rule.id().startsWith(chapter)).run(result -> {});
    assertThat(report.with(Verdict.ERRORED)).as("what failed in the kit").isEmpty();
    return report.with(Verdict.VIOLATED).stream().map(result -> result.rule().id()).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyRuleIsKept(long seed) throws IOException {
    Path plugin = plugin("1", GoldenSource.class.getName());
    Report report = Conformance.of(golden().withPlugin(plugin)).seed(seed).run(result -> {});
    assertThat(report.results().stream().filter(r -> r.verdict() != Verdict.PASSED)).isEmpty();
    assertThat(report.results()).hasSameSizeAs(Rules.about(Rule.About.SOURCES));
    assertThat(KnownViolations.NONE.conforms(report)).isTrue();
  }

  @Test
  void everyRuleOfSourcesHasAScenario() {
    assertThat(SourceScenarios.rules())
        .containsExactlyInAnyOrderElementsOf(
            Rules.about(Rule.About.SOURCES).stream().map(Rule::id).toList());
  }

  @Test
  void theSameSeedGivesTheSameVerdicts() throws IOException {
    SourceSubject wrong = SourceSubject.of(CursorSaboteurs.ALL.get(0).source(), new ShopProvider());
    Report one = Conformance.of(wrong).seed(9).rules(GoldenSourceTest::ofCursors).run(r -> {});
    Report other = Conformance.of(wrong).seed(9).rules(GoldenSourceTest::ofCursors).run(r -> {});
    assertThat(one.with(Verdict.VIOLATED).stream().map(RuleResult::finding))
        .isNotEmpty()
        .isEqualTo(other.with(Verdict.VIOLATED).stream().map(RuleResult::finding).toList());
  }

  private static boolean ofCursors(Rule rule) {
    return rule.id().startsWith("S-4.");
  }

  @Test
  void aProviderThatIsNotDeclaredIsNotFound() throws IOException {
    assertThat(violated(golden().withPlugin(plugin("1")), "S-1.1")).containsExactly("S-1.1");
  }

  @Test
  void aProviderThatIsDeclaredByAWrongNameIsNotFound() throws IOException {
    assertThat(violated(golden().withPlugin(plugin("1", "no.such.Source")), "S-1.1"))
        .containsExactly("S-1.1");
  }

  @Test
  void aPluginThatLacksALibraryDoesNotWork() throws IOException {
    String shop = ClassOfTheTest.class.getName();
    assertThat(violated(golden().withPlugin(plugin("1", shop)), "S-1.2")).containsExactly("S-1.2");
  }

  /** Not in the plugin's jar. */
  private static final class ClassOfTheTest {}

  @Test
  void aJarThatNamesNoApiIsRefused() throws IOException {
    assertThat(violated(golden().withPlugin(plugin("", GoldenSource.class.getName())), "S-1.3"))
        .containsExactly("S-1.3");
  }

  /** Says of something malformed that it stood after the first record, by its first value. */
  private static SourceSubject namingARecord(boolean confidential) {
    return SourceSubject.of(
        SourceSaboteur.reading(
            (wire, stream, from) ->
                new GoldenReader(wire, stream, from) {
                  @Override
                  String origin() {
                    return "after " + stream.values(1).get(0);
                  }
                }),
        new ShopProvider() {
          @Override
          public SourceTestbed start(Path system) {
            return new Shop() {
              @Override
              public boolean isConfidential(String stream, String field) {
                return confidential;
              }
            };
          }
        });
  }

  @Test
  void aValueInAMessageBetraysARecordUnlessTheTestBedSaysThatTheFieldHoldsNoSecret()
      throws IOException {
    assertThat(violated(namingARecord(true), "S-8.")).containsExactly("S-8.2");
    assertThat(violated(namingARecord(false), "S-8.")).isEmpty();
  }

  @Test
  void withoutJarsAndLogsWhatNeedsThemIsUnverified() throws IOException {
    Report report =
        Conformance.of(SourceSubject.of(GoldenSource::new, new ShopProvider())).run(r -> {});
    assertThat(report.with(Verdict.UNVERIFIED).stream().map(r -> r.rule().id()))
        .containsExactly("S-1.1", "S-1.2", "S-1.3", "S-8.3");
    assertThat(KnownViolations.NONE.conforms(report)).isFalse();
  }

  @Test
  void rulesOfDestinationsAreNotTriedWithASource() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Conformance.of(golden())
                    .rules(rule -> rule.about() == Rule.About.DESTINATIONS)
                    .run(r -> {}))
        .withMessageContaining("about sources");
  }

  @Test
  void aCertificateOfASourceSpeaksOfSourcesAlone() throws IOException {
    Path plugin = plugin("1", GoldenSource.class.getName());
    Report report = Conformance.of(golden().withPlugin(plugin)).run(result -> {});
    assertThat(Certificate.of(report, KnownViolations.NONE, plugin).capabilities())
        .containsOnlyKeys(
            Capability.INCREMENTAL.name(), Capability.MALFORMED.name(), Capability.SILENCE.name())
        .containsValue(Certificate.Shown.DEMONSTRATED);
  }
}
