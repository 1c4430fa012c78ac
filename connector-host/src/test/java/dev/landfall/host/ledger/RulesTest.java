package dev.landfall.host.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.SwitchedOff;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the ledger, over every history of one member. */
class RulesTest {

  private static final Duration SETTLE = Duration.ofSeconds(OneMember.SETTLE);

  @Test
  void noHistoryOfOneMemberBreaksAPromise() {
    OneMember search = new OneMember(OneMember.rules(), new OneMember.Planning());
    assertThat(search.search()).isEmpty();
    assertThat(search.states()).isGreaterThan(100);
  }

  @ParameterizedTest(name = "without \"{0}\"")
  @MethodSource("sabotage")
  void eachRuleSwitchedOffAloneBreaksAPromise(
      String rule, Rules rules, OneMember.Planning planning) {
    assertThat(new OneMember(rules, planning).search()).as(rule).isPresent();
  }

  static Stream<Arguments> sabotage() {
    OneMember.Planning planning = new OneMember.Planning();
    return Stream.concat(
        SwitchedOff.rules().entrySet().stream()
            .map(e -> Arguments.of(e.getKey(), e.getValue().apply(SETTLE), planning)),
        Stream.of(
            Arguments.of(
                "who is in doubt is removed too", OneMember.rules(), new RemovesPresentOnly()),
            Arguments.of(
                "who is in doubt is added again", OneMember.rules(), new AddsAbsentOnly())));
  }

  private static final class RemovesPresentOnly extends OneMember.Planning {
    @Override
    boolean removes(boolean inAudience, @Nullable Standing standing) {
      return super.removes(inAudience, standing) && standing != null && standing.present();
    }
  }

  private static final class AddsAbsentOnly extends OneMember.Planning {
    @Override
    boolean adds(boolean inAudience, @Nullable Standing standing) {
      return inAudience && standing == null;
    }
  }
}
