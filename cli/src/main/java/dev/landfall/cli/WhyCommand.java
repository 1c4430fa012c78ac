package dev.landfall.cli;

import dev.landfall.host.Host;
import dev.landfall.host.WhyReport;
import dev.landfall.host.history.RunReport;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code landfall why}. */
@Command(
    name = "why",
    description =
        "Says what is known of one member, and what the next run will do with it. Reads the source;"
            + " contacts no target.",
    footer = {"", "Examples:", "  landfall why vip-members 71291", "  landfall why vip.json 71291"})
final class WhyCommand implements Callable<Integer> {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
  private static final int COLUMN = 10;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "SYNC",
      description = "The name of a sync that ran before, or the path of its manifest.")
  private String sync = "";

  @Parameters(index = "1", paramLabel = "MEMBER", description = "The member's id.")
  private String member = "";

  @Mixin private PastOptions past = new PastOptions();

  @Override
  public Integer call() {
    try (Host host = common.host()) {
      WhyReport why = host.why(sync, member, past.sandbox());
      if (common.json()) {
        common.output().json(why);
      } else {
        print(why);
      }
      return ExitCode.DONE;
    }
  }

  private void print(WhyReport why) {
    Output output = common.output();
    String asked = why.member().asked();
    String identity = why.member().identity();
    output.line(
        (why.records() ? "Record " : "Member ")
            + identity
            + (asked.equals(identity) ? "" : " (asked as \"" + asked + "\")")
            + " in "
            + why.sync()
            + ": "
            + why.target());
    if (why.underWay() != null) {
      output.entry(COLUMN, "Note", "A run of this sync is under way (" + why.underWay() + ").");
    }
    source(why);
    output.entry(COLUMN, "Target", target(why.ledger()));
    WhyReport.Accepted accepted = why.ledger().accepted();
    if (accepted != null) {
      output.entry(
          COLUMN,
          "Accepted",
          "The "
              + accepted.direction()
              + " of run "
              + accepted.run()
              + " was accepted "
              + when(accepted.since())
              + " and awaits its confirmation.");
    }
    for (WhyReport.Rejected rejected : why.rejections()) {
      output.entry(COLUMN, "Rejected", rejected(rejected));
    }
    output.entry(COLUMN, "Next run", next(why.next()));
    if (why.next().approval() != null) {
      output.paragraph(COLUMN, "To release them: sync --approve " + why.next().approval());
    }
    attempts(why.attempts());
  }

  private void source(WhyReport why) {
    Output output = common.output();
    WhyReport.InAudience audience = why.audience();
    String word = why.records() ? "Source" : "Audience";
    RunReport.Line problem = audience.problem();
    if (problem != null) {
      output.entry(COLUMN, word, "Not read (" + problem.code() + ").");
      output.problem(COLUMN, problem.message(), problem.remedy());
    } else if (Boolean.TRUE.equals(audience.present())) {
      output.entry(COLUMN, word, "In it now, as \"" + audience.text() + "\".");
    } else {
      output.entry(COLUMN, word, "Not in it now.");
    }
  }

  private static String target(WhyReport.InLedger ledger) {
    String since = ledger.since() == null ? "" : " " + when(ledger.since());
    return switch (ledger.state()) {
      case PRESENT ->
          "In it: that was confirmed"
              + (since.isEmpty() ? " in a run that is no longer kept." : since + ".");
      case UNKNOWN ->
          "In it or not: "
              + (since.isEmpty()
                  ? "the ledger took it over, or was told to distrust what it knew."
                  : "what was sent" + since + " had no clear answer.")
              + (ledger.confirmed() ? " Earlier, it was confirmed to be in it." : "");
      case ABSENT -> "The ledger does not hold it: not in it, as far as this sync is concerned.";
      case NOT_KEPT ->
          "Of a stream's rows the ledger keeps those alone that were not delivered; what was sent"
              + " stands below.";
      case UNREAD -> "Not known now: the run that is under way holds the ledger.";
    };
  }

  private static String rejected(WhyReport.Rejected rejected) {
    return rejected.direction()
        + ": "
        + rejected.code()
        + (rejected.firstRun().equals(rejected.lastRun())
            ? ", in run " + rejected.lastRun()
            : ", first in run " + rejected.firstRun() + ", last in run " + rejected.lastRun())
        + " ("
        + when(rejected.lastAt())
        + ").";
  }

  private static String next(WhyReport.Next next) {
    String what =
        switch (next.action()) {
          case ADD -> "Adds it. ";
          case REMOVE -> "Removes it. ";
          case WRITE -> "Writes it. ";
          case DELETE -> "Deletes it. ";
          case NOTHING -> "Nothing. ";
          case QUARANTINED -> "Leaves it alone" + until(next.until()) + ". ";
          case WITHHELD -> "Withholds its removal. ";
          case REFUSED -> "Is refused. ";
          case NOT_KNOWN -> "Not known. ";
        };
    return what + next.because();
  }

  private static String until(@Nullable String moment) {
    return moment == null ? "" : " until " + when(moment);
  }

  private void attempts(List<WhyReport.Asked> attempts) {
    Output output = common.output();
    output.blank();
    if (attempts.isEmpty()) {
      output.line("No run that is kept sent anything for it.");
      return;
    }
    output.line("What was sent, the latest first:");
    for (WhyReport.Asked asked : attempts) {
      output.verbatim(
          2,
          when(asked.at())
              + "  run "
              + asked.run()
              + "  "
              + asked.direction()
              + ": "
              + outcome(asked.outcome())
              + confirms(asked));
      String code = asked.code();
      if (code != null) {
        output.paragraph(COLUMN, code);
        output.problem(COLUMN, String.valueOf(asked.message()), String.valueOf(asked.remedy()));
      }
    }
  }

  private static String confirms(WhyReport.Asked asked) {
    String run = asked.confirms();
    return run == null ? "" : ", as confirmed of what run " + run + " sent";
  }

  private static String outcome(String word) {
    return switch (word) {
      case "delivered" -> "done";
      case "unchanged" -> "was so already";
      case "retryable" -> "not taken";
      case "unknown" -> "no clear answer";
      case "notAttempted" -> "not attempted";
      case "accepted" -> "accepted, not yet confirmed";
      default -> word;
    };
  }

  private static String when(@Nullable String moment) {
    return moment == null ? "" : WHEN.format(Instant.parse(moment));
  }
}
