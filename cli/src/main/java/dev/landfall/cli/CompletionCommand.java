package dev.landfall.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code landfall completion}. */
@Command(
    name = "completion",
    description = "Prints what makes a shell complete commands, options and files.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eval \"$(landfall completion bash)\"",
      "  eval \"$(landfall completion zsh)\"",
      "In ~/.bashrc or ~/.zshrc, the line works in every new shell."
    })
final class CompletionCommand implements Callable<Integer> {

  /** The script serves both: zsh runs it through its own bashcompinit, which lacks compopt. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The alias that the script defines for it holds only where the script is read line by line; eval
   * reads it as a whole.
   */
  private static final String WITHOUT_COMPOPT =
      """

      unalias compopt
      (( $+functions[compopt] )) || function compopt { :; }
      """;

  /** Set by picocli before {@link #call}. */
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help message and exits.")
  @SuppressWarnings("UnusedVariable") // picocli answers it by itself
  private boolean help;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("landfall", spec.root().commandLine()));
    if (shell == Shell.ZSH) {
      out.print(WITHOUT_COMPOPT);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
