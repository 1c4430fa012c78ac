package dev.landfall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code landfall} command. */
@Command(
    name = "landfall",
    description = "Keeps an audience in a marketing system equal to an audience in a warehouse.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
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
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  /** The version, as the build wrote it into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"landfall " + (version == null ? "(not packaged)" : version)};
    }
  }
}
