package dev.landfall.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code landfall} command. */
@Command(
    name = "landfall",
    description = "Keeps an audience in a marketing system equal to an audience in a warehouse.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      ConnectorsCommand.class,
      ValidateCommand.class,
      CheckCommand.class,
      PlanCommand.class,
      SyncCommand.class,
      HistoryCommand.class,
      FailuresCommand.class,
      WhyCommand.class,
      ForgetCommand.class,
      CasesCommand.class,
      SandboxCommand.class,
      CertifyCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  landfall validate vip.json",
      "  landfall plan vip.json",
      "  landfall sync vip.json",
      "  landfall COMMAND --help",
      "",
      "Exit codes: 0 done, 1 done but some members failed, 2 usage or manifest,",
      "3 the run failed, 4 removals withheld, 130 interrupted."
    })
public final class Main implements Runnable {

  /** Set by picocli before {@link #run}. */
  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Without a command there is nothing to do but to say so. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do.");
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments what stands after {@code landfall}
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    try {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      return commandLine().setOut(out).setErr(err).execute(arguments);
    } catch (Error e) {
      // Out of memory, a class that is missing: the JVM's own exit code would mean "some failed".
      err.println("landfall: " + Failures.describe(e));
      return ExitCode.RUN_FAILED;
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(new UsageErrors())
        .setColorScheme(
            Help.defaultColorScheme(Terminal.stdout().colours() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** The version, as the build wrote it into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"landfall " + number()};
    }

    static String number() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "(not packaged)" : version;
    }
  }
}
