package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a real bash. */
class CompletionTest {

  @TempDir private Path folder;

  @BeforeEach
  void printTheScript() throws IOException {
    for (String shell : new String[] {"bash", "zsh"}) {
      StringWriter out = new StringWriter();
      int code = Main.commandLine().setOut(new PrintWriter(out, true)).execute("completion", shell);
      assertThat(code).isZero();
      Files.writeString(folder.resolve(shell), out.toString());
    }
    Files.writeString(folder.resolve("vip.json"), "{}");
  }

  private String bash(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "--norc");
    builder.command().addAll(List.of(command));
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  @Test
  void bashTakesTheScriptAndZshGetsTheSame() throws Exception {
    assertThat(bash("-n", "bash")).isEmpty();
    assertThat(folder.resolve("zsh")).hasSameTextualContentAs(folder.resolve("bash"));
  }

  @ParameterizedTest
  @CsvSource({
    "sy, sync",
    "valid, validate",
    "sync --sand, --sandbox",
    "sync --no-, --no-progress",
    "plan vi, vip.json",
    "completion z, zsh"
  })
  void whatWasBegunIsCompleted(String begun, String completed) throws Exception {
    String script =
        """
        # Only bash itself may call it, while a person completes.
        compopt() { :; }
        eval "$(cat bash)"
        COMP_WORDS=(landfall %s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _complete_landfall
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(begun);
    assertThat(bash("-c", script).strip()).isEqualTo(completed);
  }
}
