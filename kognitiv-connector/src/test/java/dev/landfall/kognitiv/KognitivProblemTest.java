package dev.landfall.kognitiv;

import static org.assertj.core.api.Assertions.assertThat;

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

  @ParameterizedTest
  @CsvSource({
    "kognitiv.invalid-client-credentials, 'API Security Tokens'",
    "kognitiv.member-not-found, 'external or third-party id'",
    "kognitiv.group-not-found, 'promotional member group settings'",
    "kognitiv.token-endpoint-unavailable, 'status page'",
    "kognitiv.member-inactive, 'inactive (suspended) members cannot be added'",
    "kognitiv.server-error, 'contact Kognitiv support'"
  })
  void theTroubleshootingOfTheReferenceHasStableCodesAndItsRemedies(String code, String remedy) {
    assertThat(KognitivProblem.values())
        .anySatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.remedy()).contains(remedy);
            });
  }
}
