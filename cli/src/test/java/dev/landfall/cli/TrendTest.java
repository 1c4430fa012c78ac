package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrendTest {

  private static final List<Long> NUMBERS = List.of(0L, 1L, 50L, 100L, 13L);

  @Test
  void aTerminalThatSaysUtf8ShowsBlocks() {
    assertThat(Trend.on(true, Map.of("LANG", "de_DE.UTF-8")).of(NUMBERS)).isEqualTo(" ▁▄█▂");
    assertThat(Trend.on(true, Map.of("LC_ALL", "C.utf8", "LANG", "C")).of(NUMBERS)).contains("█");
  }

  @Test
  void anythingElseShowsAscii() {
    assertThat(Trend.on(false, Map.of("LANG", "de_DE.UTF-8")).of(NUMBERS)).isEqualTo("_.=@:");
    assertThat(Trend.on(true, Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8")).of(NUMBERS))
        .isEqualTo("_.=@:");
    assertThat(Trend.on(true, Map.of()).of(NUMBERS)).isEqualTo("_.=@:");
  }

  @Test
  void nothingAtAllIsAFlatLine() {
    assertThat(Trend.on(true, Map.of()).of(List.of(0L, 0L))).isEqualTo("__");
  }
}
