package dev.landfall.cli;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.host.HostException;
import dev.landfall.host.InvalidManifest;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong with a command as a whole, and which exit code that has. */
final class Failures implements IExecutionExceptionHandler {

  /** Frames of a defect's stack trace that are worth printing. */
  private static final int FRAMES = 12;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    CommonOptions common = CommonOptions.of(command.getCommandSpec());
    if (e instanceof InvalidManifest invalid) {
      return invalid(invalid, common);
    }
    if (e instanceof HostException host && BreakOff.interrupted(host)) {
      failed("Interrupted", host.problem(), command);
      return ExitCode.INTERRUPTED;
    }
    Problem problem = problem(e, common);
    failed("Failed", problem, command);
    return ExitCode.of(problem.kind());
  }

  private static int invalid(InvalidManifest invalid, CommonOptions common) {
    if (common.json()) {
      Map<String, Object> document = failure();
      document.put("manifest", invalid.file());
      document.put("violations", new Violations(invalid.file(), invalid.violations()).located());
      common.output().json(document);
    } else {
      new Violations(invalid.file(), invalid.violations()).print(common.output());
    }
    return ExitCode.USAGE;
  }

  private static void failed(String end, Problem problem, CommandLine command) {
    CommonOptions common = CommonOptions.of(command.getCommandSpec());
    if (common.json()) {
      Map<String, Object> document = failure();
      document.put("problems", List.of(RunReport.Line.of(problem, 0)));
      common.output().json(document);
    } else if (command.getParseResult().hasMatchedOption("--csv")) {
      // A table that goes into a file is no place for a sentence.
      common.output().aside(end + ": " + problem.code());
      common.output().aside(problem.message() + " " + problem.remedy());
    } else {
      common.output().line(Style.RED, end + ": " + problem.code());
      common.output().problem(2, problem.message(), problem.remedy());
    }
  }

  private static Map<String, Object> failure() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("status", RunStatus.FAILED);
    return document;
  }

  private static Problem problem(Exception e, CommonOptions common) {
    if (e instanceof HostException failure) {
      return failure.problem();
    }
    if (e instanceof ConnectorException failure) {
      return failure.problem();
    }
    if (common.verbose()) {
      StackTraceElement[] frames = e.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
        common.output().aside("  at " + frames[i]);
      }
    }
    return new Problem(
        ProblemKind.INTERNAL,
        "cli.defect",
        "Landfall came upon something that it is not made for: " + describe(e) + ".",
        "Report it, with what --verbose prints. What was sent before is in the ledger; the next run"
            + " goes on from there.");
  }

  /** The kind of an exception and where it came from; its text could hold anything. */
  static String describe(Throwable e) {
    StackTraceElement[] frames = e.getStackTrace();
    return e.getClass().getSimpleName() + (frames.length == 0 ? "" : " in " + frames[0]);
  }
}
