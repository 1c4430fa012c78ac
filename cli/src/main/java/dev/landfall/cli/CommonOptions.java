package dev.landfall.cli;

import dev.landfall.host.Host;
import dev.landfall.host.jdbc.JdbcDrivers;
import dev.landfall.host.plugin.BrokenPlugin;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command takes. */
final class CommonOptions {

  /** Where the distribution lies; the launcher says so. */
  private static final Path HOME = Path.of(System.getProperty("landfall.home", "."));

  private static final long LEAST_MEMORY = 128;

  /** Set by picocli: the command that these options stand on. */
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help message and exits.")
  @SuppressWarnings("UnusedVariable") // picocli answers it by itself
  private boolean help;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where everything is remembered (default: .landfall in the current folder).")
  private Path state = Path.of(".landfall");

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "The folder with one folder for each connector (default: the installed ones).")
  private Path plugins = HOME.resolve("plugins");

  @Option(
      names = "--drivers",
      paramLabel = "DIR",
      description = "The folder with JDBC drivers for SQL sources (default: the installed ones).")
  private Path drivers = HOME.resolve("drivers");

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description =
          "What reading and comparing may use outside the Java heap, in megabytes (default: 384).")
  private long memoryMegabytes = 384;

  @Option(
      names = "--json",
      description = "Prints one JSON document on stdout; all else goes to stderr.")
  private boolean json;

  @Option(names = "--verbose", description = "Says more on stderr; never a secret.")
  private boolean verbose;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description =
          "Writes a log to stderr in place of the line of progress: text, or json (one object in"
              + " each line, with the run's id).")
  private Logging.@Nullable Format logFormat;

  Path state() {
    return state;
  }

  Sandboxes sandboxes() {
    return new Sandboxes(HOME.resolve("sandboxes"), plugins, state);
  }

  boolean json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  /** Whether a log takes the place of the line of progress. */
  boolean logs() {
    return logFormat != null;
  }

  /** Settles what is logged, before a connector or a sandbox logs. */
  void log() {
    Logging.start(verbose, logs(), logFormat == null ? Logging.Format.TEXT : logFormat);
  }

  Output output() {
    return new Output(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        Terminal.stdout(),
        Terminal.stderr());
  }

  /** Says something on stderr; where a log is written there, as a line of the log. */
  void aside(String text) {
    if (logs()) {
      LoggerFactory.getLogger("dev.landfall.cli").warn(text);
    } else {
      output().aside(text);
    }
  }

  /** A command as a person would type it. */
  String command(String name, ManifestOptions manifest, String option) {
    return command(
        name, manifest.manifest().toString(), (manifest.sandbox() ? "--sandbox " : "") + option);
  }

  /** A command as a person would type it. */
  String command(String name, String parameter, String options) {
    StringBuilder command =
        new StringBuilder("landfall ").append(name).append(' ').append(quoted(parameter));
    if (!options.isEmpty()) {
      command.append(' ').append(options);
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--plugins")) {
      command.append(" --plugins ").append(quoted(plugins.toString()));
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--state")) {
      command.append(" --state ").append(quoted(state.toString()));
    }
    return command.toString();
  }

  CommandLine commandLine() {
    return spec.commandLine();
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The JDBC drivers that are installed. */
  JdbcDrivers jdbcDrivers() {
    return JdbcDrivers.in(drivers);
  }

  /** The host with the connectors; says on stderr which of them are broken. */
  Host host() {
    log();
    if (memoryMegabytes < LEAST_MEMORY) {
      throw new ParameterException(
          spec.commandLine(), "--memory must be at least " + LEAST_MEMORY + " (megabytes).");
    }
    Host host =
        Host.builder(plugins, state)
            .drivers(drivers)
            .userAgent("Landfall/" + Main.Version.number())
            .memoryMegabytes(memoryMegabytes)
            .build();
    for (BrokenPlugin broken : host.plugins().broken()) {
      aside("warning: " + broken.folder() + ": " + broken.reason() + " " + broken.remedy());
    }
    return host;
  }

  static CommonOptions of(CommandSpec command) {
    for (CommandSpec mixin : command.mixins().values()) {
      if (mixin.userObject() instanceof CommonOptions common) {
        return common;
      }
    }
    throw new IllegalStateException("Every command has the common options");
  }
}
