package dev.landfall.cli;

import dev.landfall.connector.settings.Nearest;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in two lines what is wrong with a command line; the help says the rest. */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    if (arguments.length == 0) {
      err.println(e.getMessage());
      err.println();
      command.usage(err);
    } else {
      err.println("landfall: " + message(e, command));
      err.println("See " + command.getCommandSpec().qualifiedName() + " --help.");
    }
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e, CommandLine command) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(e.getMessage());
    }
    String word = unmatched.getUnmatched().get(0);
    if (word.startsWith("-")) {
      // What follows the sign is a value, of which nobody knows what it is.
      String option = word.split("=", 2)[0];
      List<String> options =
          command.getCommandSpec().options().stream()
              .flatMap(o -> List.of(o.names()).stream())
              .toList();
      return "there is no option " + option + " here." + Nearest.question(option, options);
    }
    return command.getSubcommands().isEmpty()
        ? "\"" + word + "\" is one word too many here."
        : "there is no command \""
            + word
            + "\"."
            + Nearest.question(word, command.getSubcommands().keySet());
  }
}
