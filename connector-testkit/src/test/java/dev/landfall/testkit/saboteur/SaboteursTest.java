package dev.landfall.testkit.saboteur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.Rules;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue of saboteurs as a whole. */
class SaboteursTest {

  @Test
  void everyRuleHasSomebodyWhoWasWrittenToBreakIt() {
    Set<String> broken =
        Saboteurs.ALL.stream()
            .map(saboteur -> saboteur.breaks().get(0))
            .collect(Collectors.toSet());
    Set<String> asJars = Set.of("D-1.1", "D-1.2", "D-1.3");
    assertThat(
            Rules.about(Rule.About.DESTINATIONS).stream()
                .filter(rule -> rule.kind() != Rule.Kind.UNTESTED)
                .map(Rule::id)
                .filter(id -> !asJars.contains(id)))
        .allMatch(broken::contains);
  }

  @Test
  void everySaboteurHasAName() {
    assertThat(Saboteurs.ALL.stream().map(Saboteur::name)).doesNotHaveDuplicates();
  }
}
