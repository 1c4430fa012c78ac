package dev.landfall.connector.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> MODES = List.of("add", "remove", "mirror", "upsert");

  @ParameterizedTest
  @CsvSource({"miror,mirror", "mirorr,mirror", "MIRROR,mirror", "rmove,remove", "ad,add"})
  void aSlipIsAnsweredWithTheWordThatWasMeant(String mistyped, String meant) {
    assertThat(Nearest.to(mistyped, MODES)).contains(meant);
    assertThat(Nearest.question(mistyped, MODES)).isEqualTo(" Did you mean \"" + meant + "\"?");
  }

  @ParameterizedTest
  @CsvSource({"synchronise", "x", "''"})
  void whatIsNearToNothingIsAnsweredWithNothing(String mistyped) {
    assertThat(Nearest.to(mistyped, MODES)).isEmpty();
    assertThat(Nearest.question(mistyped, MODES)).isEmpty();
  }

  @Test
  void allWordsComeInTheOrderOfTheirNearnessAndElseAsGiven() {
    assertThat(Nearest.inOrder("mirrors", MODES)).startsWith("mirror").hasSize(4);
    assertThat(Nearest.inOrder("qqq", List.of("bbb", "aaa"))).containsExactly("bbb", "aaa");
  }
}
