package dev.landfall.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.saboteur.Saboteurs;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rules as JUnit tests. */
class FaceForJunitTest {

  private static final String BROKEN = "declares a password as text";

  @TempDir private Path folder;

  @BeforeEach
  void tryOneChapter() {
    System.setProperty("landfall.rule", "D-2");
  }

  @AfterEach
  void forget() {
    System.clearProperty("landfall.rule");
    System.clearProperty("landfall.seed");
  }

  /** The tests by their rules, and what each threw. */
  private Map<String, Throwable> run(String known) throws IOException {
    KnownViolations list =
        KnownViolations.read(Files.writeString(folder.resolve("known.json"), known));
    Map<String, Throwable> thrown = new LinkedHashMap<>();
    for (DynamicTest test : (Iterable<DynamicTest>) new Tried(list).rules()::iterator) {
      String rule = test.getDisplayName().split(" ", 2)[0];
      try {
        test.getExecutable().execute();
        thrown.put(rule, null);
      } catch (Throwable e) {
        thrown.put(rule, e);
      }
    }
    return thrown;
  }

  private static boolean isAborted(Throwable thrown) {
    return thrown.getClass().getSimpleName().equals("TestAbortedException");
  }

  private static final class Tried extends ConformanceTest {
    private final KnownViolations known;

    Tried(KnownViolations known) {
      this.known = known;
    }

    @Override
    protected Subject subject() {
      return Saboteurs.ALL.stream()
          .filter(saboteur -> saboteur.name().equals(BROKEN))
          .map(saboteur -> Subject.of(saboteur.destination(), saboteur.sandbox()))
          .findFirst()
          .orElseThrow();
    }

    @Override
    protected KnownViolations known() {
      return known;
    }
  }

  @Test
  void aRuleThatIsBrokenFailsWithAllThatIsKnownOfIt() throws IOException {
    System.setProperty("landfall.seed", "42");

    Map<String, Throwable> thrown = run("{}");

    assertThat(thrown)
        .containsOnlyKeys("D-2.1", "D-2.2", "D-2.3", "D-2.4", "D-2.5", "D-2.6", "D-2.7");
    assertThat(thrown.get("D-2.1")).isNull();
    assertThat(thrown.get("D-2.4"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("D-2.4 SHOULD")
        .hasMessageContaining("expected: proxyPassword to be declared as a secret")
        .hasMessageContaining("actual: it is declared as TEXT")
        .hasMessageContaining("look at: Setting.secret")
        .hasMessageContaining(
            "again: mvn test -Dtest=Tried -Dlandfall.rule=D-2.4 -Dlandfall.seed=42");
  }

  @Test
  void oneThatIsKnownToBeBrokenIsAborted() throws IOException {
    assertThat(run("{\"D-2.4\": \"The proxy wants it so.\"}").get("D-2.4"))
        .matches(FaceForJunitTest::isAborted)
        .hasMessageContaining("The proxy wants it so.");
  }

  @Test
  void oneThatIsKnownToBeBrokenAndIsKeptFails() throws IOException {
    assertThat(run("{\"D-2.5\": \"Later.\"}").get("D-2.5"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was kept: Later.");
  }

  @Test
  void oneThatIsKnownToBeBrokenAndDoesNotApplyFails() throws IOException {
    System.setProperty("landfall.rule", "D-5.14");

    assertThat(run("{\"D-5.14\": \"Later.\"}").get("D-5.14"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("does not apply: Later.");
  }

  @Test
  void whatDoesNotApplyAndWhatCannotBeTriedHereAreAborted() throws IOException {
    System.setProperty("landfall.rule", "D-5.14");
    assertThat(run("{}").get("D-5.14"))
        .matches(FaceForJunitTest::isAborted)
        .hasMessageContaining("Skipped. Without CONFIRMS_LATER.");

    System.setProperty("landfall.rule", "D-1.3");
    assertThat(run("{}").get("D-1.3"))
        .matches(FaceForJunitTest::isAborted)
        .hasMessageContaining("Unverified. Without JARS.");
  }
}
