package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Tally;
import java.util.Locale;

/** Figures in words. */
final class Words {

  private static final String WITHHELD =
      "They exceed removals.maxPercent and removals.maxCount of the manifest, or would leave nobody"
          + " in the target.";

  private Words() {}

  /** Why removals are withheld, and what to do. */
  static String withheld(long malformed, String otherwise) {
    return malformed == 0
        ? WITHHELD + " " + otherwise
        : count(malformed, "piece", "pieces")
            + " of the source could not be read, and what is to be removed may stand there. Mend"
            + " the source first; release them only if they are right:";
  }

  /** What quarantine holds back, and how to offer it again. */
  static String quarantine(long number, Terms terms) {
    return count(number, terms.one() + " was", terms.many() + " were")
        + " rejected in an earlier run and not sent again. --retry-rejected sends them now;"
        + " rejected.retryAfter says when that happens by itself.";
  }

  static long quarantined(RunReport report) {
    return report.adds().quarantined() + report.removes().quarantined();
  }

  static String source(RunReport.Source source, Terms terms) {
    StringBuilder text =
        new StringBuilder(count(source.rows(), "row", "rows"))
            .append(", ")
            .append(count(source.members(), terms.one(), terms.many()));
    if (source.duplicates() > 0) {
      text.append(", ").append(count(source.duplicates(), "duplicate", "duplicates"));
    }
    if (source.blank() > 0) {
      text.append(", ").append(count(source.blank())).append(" without an id");
    }
    if (source.malformed() > 0) {
      text.append(", ").append(count(source.malformed())).append(" kept aside");
    }
    return text.toString();
  }

  static String tally(Tally tally) {
    StringBuilder text = new StringBuilder(count(tally.planned())).append(" planned");
    String separator = ": ";
    separator = part(text, separator, tally.delivered(), "delivered");
    if (tally.unchanged() > 0) {
      text.append(" (").append(count(tally.unchanged())).append(" were so already)");
    }
    separator = part(text, separator, tally.rejected(), "rejected");
    separator = part(text, separator, tally.retryable(), "not taken (may be sent again)");
    separator = part(text, separator, tally.unknown(), "without a clear answer");
    separator = part(text, separator, tally.accepted(), "accepted, not yet confirmed");
    separator = part(text, separator, tally.withheld(), "withheld");
    separator = part(text, separator, tally.quarantined(), "in quarantine");
    part(text, separator, tally.notAttempted(), "not attempted");
    return text.toString();
  }

  private static String part(StringBuilder text, String separator, long number, String what) {
    if (number == 0) {
      return separator;
    }
    text.append(separator).append(count(number)).append(' ').append(what);
    return ", ";
  }

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
  }

  /** As exact as a guess can be. */
  static String timeLeft(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 600
        ? duration(seconds * 1_000)
        : duration(seconds / 60 * 60_000).replace(" 0 s", "");
  }

  static String duration(long milliseconds) {
    long seconds = milliseconds / 1_000;
    if (seconds < 60) {
      return "%d.%d s".formatted(seconds, milliseconds % 1_000 / 100);
    }
    if (seconds < 3_600) {
      return "%d min %d s".formatted(seconds / 60, seconds % 60);
    }
    return "%d h %d min".formatted(seconds / 3_600, seconds % 3_600 / 60);
  }

  /** In at most six characters. */
  static String shortDuration(long milliseconds) {
    long seconds = milliseconds / 1_000;
    if (seconds < 60) {
      return "%d.%ds".formatted(seconds, milliseconds % 1_000 / 100);
    }
    if (seconds < 3_600) {
      return "%dm%02ds".formatted(seconds / 60, seconds % 60);
    }
    return "%dh%02dm".formatted(seconds / 3_600, seconds % 3_600 / 60);
  }

  /** In at most seven characters; exact below a million. */
  static String shortCount(long number) {
    return number < 1_000_000
        ? count(number)
        : String.format(Locale.ROOT, "%.2fM", Math.floor(number / 10_000.0) / 100);
  }
}
