package dev.landfall.testkit.saboteur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSandboxProvider;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Jars that are broken in one way each, beside those of a healthy plugin. */
class BrokenJarsTest {

  private static final List<BrokenJar> ALL = BrokenJar.ALL;

  @TempDir static Path plugins;

  @BeforeAll
  static void aHealthyNeighbour() throws IOException {
    Path unused = Jars.in(plugins.resolve("healthy")).write();
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void aBrokenJarIsCaughtByTheRulesItBreaks(BrokenJar broken) throws IOException {
    Path folder =
        broken.change().apply(Jars.in(plugins.resolve("broken-" + ALL.indexOf(broken)))).write();
    Report report = tried(folder);
    assertThat(report.with(Verdict.ERRORED)).isEmpty();
    assertThat(report.with(Verdict.VIOLATED))
        .extracting(result -> result.rule().id())
        .containsExactlyElementsOf(broken.breaks());
    assertThat(report.with(Verdict.VIOLATED).get(0).finding().actual()).contains(broken.phrase());
  }

  @Test
  void aHealthyNeighbourKeepsTheRules() throws IOException {
    assertThat(tried(plugins.resolve("healthy")).with(Verdict.PASSED))
        .extracting(result -> result.rule().id())
        .containsExactly("D-1.1", "D-1.2", "D-1.3");
  }

  private static Report tried(Path plugin) throws IOException {
    return Conformance.of(
            new Subject(GoldenDestination::new, new GoldenSandboxProvider(), plugin, null))
        .rules(rule -> rule.id().matches("D-1\\.[123]"))
        .run(result -> {});
  }
}
