package dev.landfall.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.saboteur.Saboteur;
import dev.landfall.testkit.saboteur.Saboteurs;
import dev.landfall.testkit.source.SourceSaboteur;
import dev.landfall.testkit.source.SourceSaboteurs;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a finding tells of how it came about. */
class TraceTest {

  private static List<String> traceOf(String rule, String who) throws IOException {
    Saboteur saboteur =
        Saboteurs.ALL.stream().filter(s -> s.name().equals(who)).findFirst().orElseThrow();
    return trace(rule, Subject.of(saboteur.destination(), saboteur.sandbox()));
  }

  private static List<String> traceOfSource(String rule, String who) throws IOException {
    SourceSaboteur saboteur =
        SourceSaboteurs.ALL.stream().filter(s -> s.name().equals(who)).findFirst().orElseThrow();
    return trace(rule, saboteur.subject());
  }

  private static List<String> trace(String rule, Candidate candidate) throws IOException {
    Report report = Conformance.of(candidate).rules(one -> one.id().equals(rule)).run(result -> {});
    return report.with(Verdict.VIOLATED).stream()
        .map(result -> Objects.requireNonNull(result.finding()).trace())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysWhatWasAskedHowTheSystemFailedAndWhatWasAnswered() throws IOException {
    assertThat(traceOf("D-7.3", "takes a 503 for a rejection"))
        .endsWith(
            "session 13 = open(target 8, add)",
            "session 13.deliver(add, [member 16])",
            "  member 16: Delivered (CHANGED)",
            "fault: answer 503 on add, the change is made",
            "session 13.deliver(add, [member 17])",
            "  member 17: Rejected (golden.sabotaged)",
            "session 13.close()");
  }

  @Test
  void saysThatTheSystemRefusesTheCredentials() throws IOException {
    assertThat(traceOf("D-6.4", "takes refused credentials for an outage"))
        .contains("the system refuses the credentials");
  }

  @Test
  void saysThatTheSystemOfASourceFails() throws IOException {
    assertThat(traceOfSource("S-3.9", "takes a failure for the end"))
        .contains("the system fails", "the system works again");
  }
}
