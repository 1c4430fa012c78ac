package dev.landfall.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Which module may use which: a connector and the host meet in the contracts alone. */
class ModulesTest {

  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "connector-api", Set.of(),
          "connector-host", Set.of("connector-api"),
          "kognitiv-connector", Set.of("connector-api"),
          "connector-testkit", Set.of("connector-api"),
          "kognitiv-sandbox", Set.of("connector-api", "connector-testkit"),
          "connector-archetype", Set.of(),
          "table-connector", Set.of("connector-api", "connector-testkit"),
          "benchmarks", Set.of("connector-api", "connector-host"),
          "cli", Set.of("connector-api", "connector-host", "connector-testkit"));

  private static final List<String> MODULES = MAY_USE.keySet().stream().sorted().toList();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final JavaClasses ALL =
      new ClassFileImporter().importPaths(MODULES.stream().map(ModulesTest::folder).toList());

  private static Path folder(String module) {
    return ROOT.resolve(module).resolve("target/classes");
  }

  private static DescribedPredicate<JavaClass> in(Set<String> modules) {
    return DescribedPredicate.describe(
        "in " + modules,
        type ->
            type.getSource()
                .filter(source -> source.getUri().getScheme().equals("file"))
                .map(source -> Path.of(source.getUri()))
                .filter(path -> modules.stream().anyMatch(m -> path.startsWith(folder(m))))
                .isPresent());
  }

  private static ArchRule usesOnly(String module, Set<String> allowed) {
    Set<String> others =
        MODULES.stream()
            .filter(m -> !m.equals(module) && !allowed.contains(m))
            .collect(Collectors.toSet());
    return noClasses()
        .that(in(Set.of(module)))
        .should()
        .dependOnClassesThat(in(others))
        .allowEmptyShould(true);
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void aModuleUsesNoModuleButThoseItMay(String module) {
    usesOnly(module, MAY_USE.get(module)).check(ALL);
  }

  /** What is certified may not lean on what certifies it. */
  @Test
  void aConnectorUsesTheKitInItsSandboxAlone() {
    noClasses()
        .that(in(Set.of("table-connector")))
        .and()
        .resideOutsideOfPackage("dev.landfall.table.sandbox..")
        .should()
        .dependOnClassesThat(in(Set.of("connector-testkit")))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("dev.landfall.table.sandbox..")
        .check(ALL);
  }

  @Test
  void everyModuleOfTheBuildHasARule() throws IOException {
    try (var folders = Files.list(ROOT)) {
      assertThat(
              folders
                  .filter(f -> Files.exists(f.resolve("pom.xml")))
                  .map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(MODULES);
    }
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void everyClassThatWasBuiltIsLookedAt(String module) throws IOException {
    if (!Files.exists(folder(module))) {
      return;
    }
    try (var files = Files.walk(folder(module))) {
      long built =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".class") && !f.equals("module-info.class"))
              .count();
      assertThat(ALL.that(in(Set.of(module)))).hasSize((int) built);
    }
  }

  @Test
  void aForbiddenUseIsFound() {
    assertThatThrownBy(() -> usesOnly("connector-host", Set.of()).check(ALL))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dev.landfall.connector.outcome.Problem");
  }

  @Test
  void theContractsNeedTheJdkAndJSpecifyAlone() {
    classes()
        .that(in(Set.of("connector-api")))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "dev.landfall.connector..")
        .check(ALL);
  }

  /** A stack trace that is printed may quote a member, and would break what --json promises. */
  @Test
  void nothingButTheCommandAndTheBenchmarksWritesToTheStandardStreams() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ALL.that(not(in(Set.of("cli", "benchmarks")))));
  }

  @Test
  void packagesOfTheHostUseEachOtherInOneDirection() {
    slices()
        .matching("dev.landfall.host.(*)..")
        .should()
        .beFreeOfCycles()
        .check(ALL.that(in(Set.of("connector-host"))));
  }
}
