package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.host.ForgetReport;
import dev.landfall.host.Host;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code landfall forget}. */
@Command(
    name = "forget",
    description = "Erases a member from ledgers, history and kept plans; contacts nothing.",
    footer = {
      "",
      "Examples:",
      "  landfall forget 71291",
      "  landfall forget 71291 --sync vip-members"
    })
final class ForgetCommand implements Callable<Integer> {

  private static final int COLUMN = 10;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "MEMBER", description = "The member's id, in any spelling.")
  private String member = "";

  @Option(
      names = "--sync",
      paramLabel = "NAME",
      description = "Forgets the member in one sync (default: in all of the state folder).")
  private @Nullable String sync;

  @Mixin private PastOptions past = new PastOptions();

  @Override
  public Integer call() {
    try (Host host = common.host()) {
      ForgetReport report = host.forget(member, sync, past.sandbox());
      if (common.json()) {
        common.output().json(report);
      } else {
        print(report);
      }
      return ExitCode.DONE;
    }
  }

  private void print(ForgetReport report) {
    Output output = common.output();
    List<ForgetReport.OfSync> found =
        report.syncs().stream().filter(ForgetReport.OfSync::found).toList();
    if (found.isEmpty()) {
      output.line("Nothing in " + common.state() + " named the member.");
    }
    found.forEach(this::print);
    if (!report.syncs().isEmpty()) {
      output.blank();
      output.paragraph(
          0,
          "The ledgers were written anew, so that kept plans are void. Backups of the state folder,"
              + " the audience's source and the target itself are not touched.");
    }
  }

  private void print(ForgetReport.OfSync sync) {
    Output output = common.output();
    output.line(sync.sync() + (sync.target().isEmpty() ? "" : ": " + sync.target()));
    if (sync.ledgers() > 0) {
      output.entry(
          COLUMN,
          "Ledger",
          "Erased; it held the member as in the target, or maybe, or in a row that was still to be"
              + " delivered.");
    }
    if (sync.rejections() > 0) {
      output.entry(
          COLUMN, "Rejected", "Erased: " + count(sync.rejections(), "rejection", "rejections"));
    }
    if (!sync.runs().isEmpty()) {
      output.entry(
          COLUMN,
          "History",
          "Erased from " + count(sync.runs().size(), "run", "runs") + " that named the member.");
    }
    if (!sync.plans().isEmpty()) {
      output.entry(
          COLUMN,
          "Plans",
          "Deleted as a whole, since they named the member: " + String.join(", ", sync.plans()));
    }
    output.entry(COLUMN, "Next run", next(sync));
  }

  private static String next(ForgetReport.OfSync sync) {
    if (sync.mode().equals("remove")) {
      return "If the member is in the source, it is removed again.";
    }
    if (Set.of("insert", "update", "upsert").contains(sync.mode())) {
      return "If the source is read whole and still has it, it is written again; a stream that is"
          + " read on from a cursor brings it again with --full alone.";
    }
    String added = "If the member is in the audience, it is added again.";
    if (sync.ledgers() == 0) {
      return added;
    }
    return added
        + " If not, this sync no longer knows that the member may be in the target, and will not"
        + " remove it; remove it there, if it should go.";
  }
}
