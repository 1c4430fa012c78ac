package dev.landfall.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownViolationsTest {

  @TempDir private Path folder;

  private KnownViolations known(String json) throws IOException {
    return KnownViolations.read(Files.writeString(folder.resolve("known.json"), json));
  }

  @Test
  void aViolationThatIsKnownIsNoFailure() throws IOException {
    Report report = Reports.report(Reports.violated("D-5.6"));

    assertThat(KnownViolations.NONE.conforms(report)).isFalse();
    assertThat(known("{\"D-5.6\": \"They are told apart later.\"}").conforms(report)).isTrue();
  }

  @Test
  void oneThatNoLongerOccursIs() throws IOException {
    Report report = Reports.report(Reports.result("D-5.6", Verdict.PASSED, ""));
    KnownViolations known = known("{\"D-5.6\": \"They are told apart later.\"}");

    assertThat(known.gone(report)).containsExactly("D-5.6");
    assertThat(known.conforms(report)).isFalse();
  }

  @Test
  void whatWasNotTriedIsNeitherKeptNorGone() throws IOException {
    KnownViolations known = known("{\"D-5.6\": \"They are told apart later.\"}");

    assertThat(known.gone(Reports.report(Reports.result("D-5.1", Verdict.PASSED, "")))).isEmpty();
  }

  @Test
  void whatDoesNotApplyAnyMoreIsGoneAndWhatCouldNotBeToldIsNot() throws IOException {
    KnownViolations known = known("{\"D-5.6\": \"They are told apart later.\"}");

    assertThat(known.gone(Reports.report(Reports.result("D-5.6", Verdict.SKIPPED, ""))))
        .containsExactly("D-5.6");
    assertThat(known.gone(Reports.report(Reports.result("D-5.6", Verdict.UNVERIFIED, ""))))
        .isEmpty();
    assertThat(known.gone(Reports.report(Reports.result("D-5.6", Verdict.ERRORED, "")))).isEmpty();
  }

  @Test
  void unverifiedAndErroredNeverConform() {
    for (Verdict verdict : new Verdict[] {Verdict.UNVERIFIED, Verdict.ERRORED}) {
      assertThat(
              KnownViolations.NONE.conforms(
                  Reports.report(Reports.result("D-10.3", verdict, "Without LOGS."))))
          .isFalse();
    }
    assertThat(
            KnownViolations.NONE.conforms(
                Reports.report(Reports.result("D-10.3", Verdict.SKIPPED, ""))))
        .isTrue();
  }

  @Test
  void everythingThatIsWrongWithTheListIsSaidAtOnce() {
    assertThatThrownBy(() -> known("{\"D-99.9\": \"x\", \"D-5.6\": \"\", \"D-5.1\": 7}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no rule D-99.9")
        .hasMessageContaining("D-5.6 has no reason")
        .hasMessageContaining("D-5.1 has no reason");
    assertThatThrownBy(() -> known("[1]")).hasMessageContaining("no JSON object");
    assertThatThrownBy(() -> known("{")).hasMessageContaining("is no JSON");
  }
}
