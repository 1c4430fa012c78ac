package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.settings.Violation;
import dev.landfall.host.manifest.ManifestReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViolationsTest {

  private static final String MANIFEST =
      """
      {"name": "vip",
        "source": {"type": "file", "path": "a.csv"},
        "destination": {"connector": "kognitiv"},
        "mode": "miror"}
      """;

  @TempDir private Path folder;

  private Violations violations(String manifest) throws IOException {
    Path file = Files.writeString(folder.resolve("m.json"), manifest);
    List<Violation> violations = ManifestReader.read(file).violations();
    assertThat(violations).isNotEmpty();
    return new Violations(file.toString(), violations);
  }

  private String printed(String manifest, boolean terminal) throws IOException {
    StringWriter out = new StringWriter();
    PrintWriter err = new PrintWriter(new StringWriter());
    Terminal of = Terminal.of(terminal, Map.of());
    violations(manifest).print(new Output(new PrintWriter(out, true), err, of, of));
    return out.toString();
  }

  @Test
  void eachIsShownInItsLine() throws IOException {
    assertThat(printed(MANIFEST, false))
        .startsWith("1 thing is wrong with ")
        .endsWith(
            """
              /mode  (line 4, column 11)
                4 |   "mode": "miror"}
                  |           ^^^^^^^
                Mode (mode) must be one of "add", "remove", "mirror", "upsert", "insert",
                "update". Did you mean "mirror"?
            """);
  }

  @Test
  void onATerminalThePointerIsBold() throws IOException {
    assertThat(printed(MANIFEST, true))
        .contains("\u001b[1m/mode\u001b[0m  (line 4", "\u001b[31m^^^^^^^\u001b[0m\n");
  }

  @Test
  void ofALongLineThatPartIsShownThatIsWrong() throws IOException {
    for (int before = 0; before < 200; before++) {
      for (int length : new int[] {3, 30, 70, 300}) {
        String line = MANIFEST.replace("\n", "").replace("  ", " ".repeat(before));
        String wrong = "m".repeat(length);
        List<String> lines = printed(line.replace("miror", wrong), false).lines().toList();
        assertThat(lines.subList(1, lines.size()))
            .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(80));
        String caret = lines.get(3);
        int from = caret.indexOf('^');
        assertThat(lines.get(2).substring(from)).startsWith("\"mmm");
        assertThat(lines.get(2).substring(from, caret.length())).matches("\"m+[\"…]?");
      }
    }
  }

  @Test
  void aNameThatWouldSteerTheTerminalIsPrintedWithoutThat() throws IOException {
    assertThat(printed(MANIFEST.replace("\"mode\"", "\"\\u001b[2J\""), false))
        .doesNotContain("\u001b");
  }

  @Test
  void programsAreToldLineAndColumn() throws IOException {
    assertThat(violations(MANIFEST).located())
        .singleElement()
        .satisfies(v -> assertThat(v.pointer()).isEqualTo("/mode"))
        .satisfies(v -> assertThat(v.line()).isEqualTo(4))
        .satisfies(v -> assertThat(v.column()).isEqualTo(11));
  }

  @Test
  void aFileThatIsNotThereHasNoLines() throws IOException {
    Path none = folder.resolve("none.json");
    Violations violations = new Violations(none.toString(), ManifestReader.read(none).violations());
    assertThat(violations.located())
        .singleElement()
        .satisfies(v -> assertThat(v.line()).isNull())
        .satisfies(v -> assertThat(v.column()).isNull());
  }
}
