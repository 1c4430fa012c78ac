package dev.landfall.connector.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FieldIdentityTest {

  @ParameterizedTest
  @CsvSource({
    "EXACT, ' 007 ', ' 007 '",
    "TRIMMED, ' 007 ', '007'",
    "NUMBER, ' 007 ', '7'",
    "NUMBER, '000', '0'",
    "NUMBER, '0', '0'",
    "NUMBER, '', ''",
    "NUMBER, ' ', ''",
    "NUMBER, '00a0', 'a0'",
    "NUMBER, '0 7', ' 7'",
    "TRIMMED, 'a b', 'a b'"
  })
  void anIdentityLeavesOutWhatDoesNotCount(FieldIdentity identity, String text, String expected) {
    assertThat(identity.of(text)).isEqualTo(expected);
  }

  @Test
  void everyBlankCountsAsOne() {
    assertThat(FieldIdentity.TRIMMED.of(FieldIdentity.BLANKS + "7" + FieldIdentity.BLANKS))
        .isEqualTo("7");
    assertThat(FieldIdentity.TRIMMED.of("\u20037")).as("an em space is none").isEqualTo("\u20037");
  }

  @ParameterizedTest
  @EnumSource(names = {"EXACT", "TRIMMED"})
  void theIdentityOfAnIdentityIsItself(FieldIdentity identity) {
    Random random = new Random(7);
    List<String> alphabet = List.of("0", "7", "a", " ", "\t", "\u00a0");
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(alphabet.get(random.nextInt(alphabet.size())));
      }
      String once = identity.of(text.toString());
      assertThat(identity.of(once)).isEqualTo(once);
    }
  }
}
