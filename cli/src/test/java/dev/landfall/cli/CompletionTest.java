package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a real bash, and in a real zsh where one is installed. */
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
    List<String> words = new ArrayList<>(List.of("bash", "--norc"));
    words.addAll(List.of(command));
    return run(words.toArray(String[]::new));
  }

  private String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
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
    assertThat(folder.resolve("zsh"))
        .content()
        .startsWith(Files.readString(folder.resolve("bash")));
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

  /** Completes as a person does, in a zsh with a terminal of its own, which ends by itself. */
  private static final String IN_ZSH =
      """
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell 'PS1=; autoload -Uz compinit && compinit -u -D; \
      eval "$(<zsh)"; eval "$(<zsh)"; \
      tell() { zle complete-word; print -r -- "$BUFFER" > completed; exit }; \
      zle -N tell; bindkey "^X" tell; landfall() {}'
      zpty -w -n shell $'landfall %s\\x18'
      while zpty -r shell line; do print -r -- "$line" >> screen; done
      cat completed
      """;

  @ParameterizedTest
  @CsvSource({
    "valid, landfall validate",
    "sync --sand, landfall sync --sandbox",
    "plan vi, landfall plan vip.json"
  })
  void zshCompletesTheSame(String begun, String completed) throws Exception {
    assumeTrue(isThere("zsh"), "zsh is not installed");
    assertThat(run("zsh", "-f", "-n", "zsh")).isEmpty();

    assertThat(run("zsh", "-f", "-c", IN_ZSH.formatted(begun)).strip()).isEqualTo(completed);
    assertThat(folder.resolve("screen")).content().doesNotContain("not found", "error");
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
