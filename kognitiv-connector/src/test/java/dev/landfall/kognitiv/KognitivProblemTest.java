package dev.landfall.kognitiv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.ProblemKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KognitivProblemTest {

  @Test
  void codesAreUnique() {
    assertThat(Stream.of(KognitivProblem.values()).map(KognitivProblem::code))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void everyProblemSaysWhatItMeansAndWhatToDo(KognitivProblem problem) {
    assertThat(problem.code()).matches("kognitiv\\.[a-z]+(-[a-z]+)*");
    assertThat(problem.meaning()).endsWith(".").hasSizeGreaterThan(20);
    assertThat(problem.remedy()).endsWith(".").hasSizeGreaterThan(20);
    assertThat(problem.problem().message()).isEqualTo(problem.meaning());
    assertThat(problem.problem().remedy()).isEqualTo(problem.remedy());
  }

  /** One line for each thing that the reference's troubleshooting says to do. */
  @ParameterizedTest
  @CsvSource({
    "invalid-client-credentials, AUTHENTICATION, were not rotated",
    "invalid-client-credentials, AUTHENTICATION, API Security Tokens page of Kognitiv Inspire",
    "member-not-found, RECORD, the member exists",
    "member-not-found, RECORD, not an external or third-party id",
    "group-not-found, TARGET_NOT_FOUND, in the Kognitiv admin console",
    "group-not-found, TARGET_NOT_FOUND, under promotional member group settings",
    "token-endpoint-unavailable, UNAVAILABLE, were not revoked",
    "token-endpoint-unavailable, UNAVAILABLE, Kognitiv Inspire status page",
    "token-endpoint-unavailable, UNAVAILABLE, credentials are still active",
    "member-inactive, RECORD, a few minutes to appear",
    "member-inactive, RECORD, inactive (suspended) members cannot be added to groups",
    "server-error, UNAVAILABLE, transient",
    "server-error, UNAVAILABLE, the next run sends the record again",
    "server-error, UNAVAILABLE, contact Kognitiv support with the member ids and the group reference"
  })
  void theTroubleshootingOfTheReferenceHasStableCodesAndItsRemedies(
      String code, ProblemKind kind, String remedy) {
    assertThat(KognitivProblem.values())
        .filteredOn(problem -> problem.code().equals("kognitiv." + code))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(kind);
              assertThat(problem.remedy()).contains(remedy);
            });
  }
}
