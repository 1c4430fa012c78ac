package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  @Test
  void helpGoesToStdout() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Usage: landfall");
    assertThat(err.toString()).isEmpty();
  }

  /** All commands, and the one without a name. */
  static Stream<String> commands() {
    return Stream.concat(Stream.of(""), Main.commandLine().getSubcommands().keySet().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsIntoATerminalAndGivesExamples(String command) {
    assertThat(run(Stream.of(command, "--help").filter(w -> !w.isEmpty()).toArray(String[]::new)))
        .isZero();
    assertThat(out.toString()).contains("Examples:\n", "landfall " + command);
    assertThat(out.toString().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theExamplesOfTheHelpAreCommandsThatThereAre(String command) {
    CommandLine main = Main.commandLine();
    CommandLine of = command.isEmpty() ? main : main.getSubcommands().get(command);
    Stream.of(of.getCommandSpec().usageMessage().footer())
        .filter(line -> line.startsWith("  landfall ") && !line.contains("COMMAND"))
        .map(line -> line.strip().replaceAll(" {2,}.*", "").split(" ", -1))
        .forEach(words -> main.parseArgs(Arrays.copyOfRange(words, 1, words.length)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          snyc a.json              | there is no command "snyc". Did you mean "sync"?|landfall
          frobnicate               | there is no command "frobnicate".|landfall
          sync a.json --sandbx     | there is no option --sandbx here. Did you mean "--sandbox"?|landfall sync
          sync a.json --key=hunter | there is no option --key here.|landfall sync
          validate a.json b.json   | "b.json" is one word too many here.|landfall validate
          sync a.json --limit many | Invalid value for option '--limit': 'many' is not a long|landfall sync
          sync                     | Missing required parameter: 'MANIFEST'|landfall sync
          completion fish          | Invalid value for positional parameter at index 0 (SHELL): expected one of [BASH, ZSH] (case-insensitive) but was 'fish'|landfall completion
          """)
  void whatIsWrongWithACommandLineIsSaidInTwoLines(String line, String said, String help) {
    assertThat(run(line.split(" +"))).isEqualTo(ExitCode.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err).hasToString("landfall: " + said + "\nSee " + help + " --help.\n");
  }

  @Test
  void withoutACommandItSaysSoOnStderr() {
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("Say what to do.").contains("Usage: landfall");
  }
}
