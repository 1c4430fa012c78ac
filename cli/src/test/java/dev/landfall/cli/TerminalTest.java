package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private final StringWriter out = new StringWriter();

  private Output output(Terminal terminal) {
    return new Output(
        new PrintWriter(out, true), new PrintWriter(new StringWriter()), terminal, terminal);
  }

  @Test
  void coloursAreForATerminalThatWantsThem() {
    assertThat(Terminal.of(true, Map.of("TERM", "xterm")).colours()).isTrue();
    assertThat(Terminal.of(true, Map.of("NO_COLOR", "")).colours()).isTrue();
    assertThat(Terminal.of(false, Map.of("TERM", "xterm")).colours()).isFalse();
    assertThat(Terminal.of(true, Map.of("NO_COLOR", "0")).colours()).isFalse();
    assertThat(Terminal.of(true, Map.of("TERM", "dumb")).colours()).isFalse();
  }

  @Test
  void aTerminalHasEightyColumnsUnlessItSaysOtherwise() {
    assertThat(Terminal.of(true, Map.of()).columns()).isEqualTo(80);
    assertThat(Terminal.of(true, Map.of("COLUMNS", "132")).columns()).isEqualTo(132);
    assertThat(Terminal.of(true, Map.of("COLUMNS", "wide")).columns()).isEqualTo(80);
    assertThat(Terminal.of(true, Map.of("COLUMNS", "0")).columns()).isEqualTo(80);
    assertThat(Terminal.of(true, Map.of("COLUMNS", "3")).columns()).isEqualTo(20);
  }

  @Test
  void coloursTakeNoRoomAndEndWithEachLine() {
    String text = "word ".repeat(30).strip();
    output(Terminal.of(true, Map.of())).line(Style.RED, text);
    assertThat(out.toString().lines())
        .hasSize(2)
        .allSatisfy(l -> assertThat(l).startsWith("\u001b[31mword").endsWith("word\u001b[0m"));
    String plain = out.toString().replaceAll("\u001b\\[[0-9]*m", "");
    out.getBuffer().setLength(0);
    output(Terminal.of(false, Map.of())).line(Style.RED, text);
    assertThat(out).hasToString(plain);
  }

  @Test
  void aColouredWordStandsBesideItsTextAsAPlainOneDoes() {
    output(Terminal.of(true, Map.of())).entry(Style.GREEN, 12, "passed", "the group");
    output(Terminal.of(true, Map.of())).entry(12, "passed", "the group");
    assertThat(out)
        .hasToString("\u001b[32mpassed\u001b[0m      the group\npassed      the group\n");
  }
}
