package dev.landfall.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.saboteur.Saboteurs;
import dev.landfall.testkit.source.SourceSaboteur;
import dev.landfall.testkit.source.SourceSaboteurs;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a finding tells of how it came about. */
class TraceTest {

  private static Finding finding(String rule, String who) throws IOException {
    Stream<Candidate> candidates =
        rule.startsWith("S-")
            ? SourceSaboteurs.ALL.stream()
                .filter(one -> one.name().equals(who))
                .map(SourceSaboteur::subject)
            : Saboteurs.ALL.stream()
                .filter(one -> one.name().equals(who))
                .map(one -> Subject.of(one.destination(), one.sandbox()));
    Candidate candidate = candidates.findFirst().orElseThrow();
    Report report = Conformance.of(candidate).rules(one -> one.id().equals(rule)).run(result -> {});
    return report.with(Verdict.VIOLATED).stream()
        .filter(result -> result.rule().id().equals(rule))
        .map(result -> Objects.requireNonNull(result.finding()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysWhatWasAskedHowTheSystemFailedAndWhatWasAnswered() throws IOException {
    assertThat(finding("D-7.3", "takes a 503 for a rejection").trace())
        .endsWith(
            "session 13 = open(target 8, add)",
            "session 13.deliver(add, [member 16])",
            "  member 16: Delivered (CHANGED)",
            "fault: answer 503 on add, the change is made",
            "session 13.deliver(add, [member 17])",
            "  member 17: Rejected (golden.sabotaged)",
            "session 13.close()")
        .hasSize(40);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "D-1.6  | reads a file when it is made | makes, and asks for the descriptor of, golden",
        "D-1.7  | has a blank name | made, and asked for the descriptor of, golden 1.0.0",
        "D-2.1  | throws in a rule over settings | settings are read: none",
        "D-2.2  | connects while settings are read | settings are read: address, clientId",
        "D-3.5  | accepts, and stores nothing | a mapping fills [email, id]",
        "D-5.16 | confirms what is pending | the system settles 3 changes",
        "D-4.3  | opens modes that are not declared | opened, for upsert: false",
        "D-5.1  | answers null for large batches | no result that counts",
        "D-5.4  | drops the last row of a batch | and 480 more",
        "D-5.14 | confirms what is pending | session 1.confirm(add, [member 0, member 1, member 2])",
        "D-5.18 | gives a notice without a code | notice Opened!",
        "D-5.9  | throws when the service fails | threw java.lang.IllegalStateException",
        "D-5.19 | wants more than the key of a removal | stop: TARGET_NOT_FOUND (golden.no-list)",
        "D-6.2  | never renews a token | the system revokes 1 tokens",
        "D-6.2  | renews a token twice, and never again | from now on a token is good for 3 calls",
        "D-6.4  | takes refused credentials for an outage | the system refuses the credentials",
        "D-8.4  | starts a thread in its constructor | made, and asked for the descriptor of, golden",
        "D-9.7  | has an item that says little | check",
        "D-9.7  | has an item that says little | credentials: PASSED",
        "D-11.1 | needs what only this process knows | another process opens a session from its",
        "D-11.2 | keeps in its process what it was promised | and asks about a receipt",
        "D-11.2 | keeps in its process what it was promised | the system settles 3 changes",
        "D-12.2 | stores no record, and reports success | others put record 0 into target 0",
        "D-12.12 | stores no record, and reports success | the machine is in America/New_York",
        "D-12.18 | takes a field that is not there for an outage | a mapping fills field_of_nobody",
        "S-1.4  | starts a thread when it is made | the descriptor of, golden-shop 1.2.3",
        "S-1.6  | connects when it is made | makes, and asks for the descriptor of, golden-shop",
        "S-2.2  | connects to check its settings | settings are read: key, port, region, shop",
        "S-3.4  | gives the rows of a batch backwards | the system gets records 1 to 30 in customers",
        "S-3.7  | blames itself for a stream that it does not know | refused: INTERNAL",
        "S-3.8  | takes a shop that is missing for an empty one | not refused: the end",
        "S-3.9  | takes a failure for the end | reader 2 = open(orders, from the beginning)",
        "S-3.9  | takes a failure for the end | the system fails",
        "S-4.1  | looks at no cursor | from the cursor after record",
        "S-4.5  | goes on in the middle of a row | an odd cursor of 1 characters",
        "S-4.5  | takes nonsense for the beginning | a cursor that makes no sense: 0",
        "S-5.1  | skips the row at a batch's end | the system gets something malformed in orders",
        "S-3.9  | takes a failure for the end | 10 rows, record 1 to record 10",
        "S-5.1  | gives the rows of a batch backwards | 6 rows, record 6 to record 1, and 4 malformed",
        "S-5.1  | gives the rows of a batch backwards | no row, 1 malformed",
        "S-7.1  | has something failed in a check of what can be read | check(orders, from the",
        "S-7.1  | has something failed in a check of what can be read | region: FAILED",
        "S-6.3  | waits in close for the read under way | the system is silent",
      })
  void saysWhatTheScenarioDid(String rule, String who, String line) throws IOException {
    assertThat(finding(rule, who).trace()).anyMatch(traced -> traced.contains(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "D-4.5  | throws what it likes when no session can be opened | opened, for adds: true",
        "D-10.2 | has a member's id in the code of a problem | no session",
        "S-3.10 | does not say what to do | no reader",
        "S-4.5  | goes on in the middle of a row | which is right",
        "S-3.9  | takes a failure for the end | the system works again",
      })
  void saysWhatCameOfItAsAnAnswer(String rule, String who, String line) throws IOException {
    Finding finding = finding(rule, who);

    assertThat(finding.trace()).contains("  " + line);
    assertThat(finding.given()).doesNotStartWith(" ").doesNotContain(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "D-5.1  | answers null for large batches | session 1.deliver(add, [member 1 to member 50])",
        "D-5.9  | throws when the service fails | session 1.deliver(add, [member 10])",
        "S-3.9  | takes a failure for the end | reader 2.read()",
        "S-4.5  | takes nonsense for the beginning | reader 1.read()",
      })
  void saysWhatWasAskedLast(String rule, String who, String given) throws IOException {
    assertThat(finding(rule, who).given()).isEqualTo(given);
  }
}
