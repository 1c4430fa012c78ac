package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.RunListener;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Settlement;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says on stderr how a run goes on: one line that changes on a terminal, now and then a line
 * elsewhere.
 */
final class ProgressLine implements RunListener, AutoCloseable {

  /** Where a line stays for ever, one in so many nanoseconds is enough. */
  private static final long BETWEEN_LINES = 10_000_000_000L;

  /** So many of the codes that failures have. */
  private static final int CODES = 2;

  /** In a second; of a slower rate it cannot be told when the end comes. */
  private static final double SLOWEST = 0.05;

  private final PrintWriter err;
  private final Terminal terminal;
  private final LongSupplier nanos;
  private final FailureCounts failures = new FailureCounts();
  private Rate rate = new Rate();
  private @Nullable ChangeKind kind;
  private long saidNanos;
  private int width;

  ProgressLine(PrintWriter err, Terminal terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
    this.saidNanos = nanos.getAsLong();
  }

  @Override
  public void reading() {
    passing("reading the source");
  }

  @Override
  public void planned(RunReport planned) {
    if (planned.records() && RunReport.Source.NONE.equals(planned.source())) {
      passing("sending what is new");
      return;
    }
    Terms terms = Terms.of(planned.mode(), planned.records());
    String writes = count(planned.adds().notAttempted()) + " " + terms.writes();
    String removals = count(planned.removes().notAttempted()) + " " + terms.removals() + " and ";
    passing(
        ((terms.tellsRemovals() ? removals : "") + writes + " to send").toLowerCase(Locale.ROOT));
  }

  @Override
  public void settled(List<Settlement> settlements) {
    failures.add(settlements);
  }

  @Override
  public void progress(Progress progress) {
    long now = nanos.getAsLong();
    if (progress.kind() != kind) {
      kind = progress.kind();
      rate = new Rate();
    }
    rate.note(now, progress.delivered() + progress.failed());
    if (terminal.interactive() || now - saidNanos >= BETWEEN_LINES) {
      saidNanos = now;
      passing(words(progress));
    }
  }

  @Override
  public void notice(String code, String message) {
    aside(message);
  }

  /** A line of its own, above the one that changes; may come from another thread. */
  synchronized void aside(String text) {
    clear();
    Output.aside(err, text);
  }

  /** Leaves an empty line for what comes next. */
  @Override
  public synchronized void close() {
    clear();
  }

  /** As much as there is room for, the least important left out. */
  private String words(Progress progress) {
    long done = progress.delivered() + progress.failed();
    StringBuilder words =
        new StringBuilder(progress.kind().word()).append(": ").append(count(done));
    if (progress.planned() >= 0) {
      words.append(" of ").append(count(progress.planned()));
    }
    rate.perSecond().ifPresent(r -> words.append(speed(r, Math.max(0, progress.planned() - done))));
    if (progress.failed() > 0) {
      words.append(", ").append(count(progress.failed())).append(" failed");
      String separator = ": ";
      for (FailureCounts.Count most : failures.most(progress.kind(), CODES)) {
        String part = separator + count(most.number()) + " " + named(most.problem());
        if (words.length() + part.length() > room()) {
          break;
        }
        words.append(part);
        separator = ", ";
      }
    }
    return words.toString();
  }

  /** The end says most; a line that stays is searched for the whole. */
  private String named(String problem) {
    return terminal.interactive() ? problem.substring(problem.lastIndexOf('.') + 1) : problem;
  }

  private static String speed(double rate, long open) {
    String speed =
        rate < 10
            ? String.format(Locale.ROOT, ", %.1f/s", rate)
            : ", " + count(Math.round(rate)) + "/s";
    return rate < SLOWEST || open == 0
        ? speed
        : speed + ", " + Words.timeLeft((long) Math.ceil(open / rate)) + " left";
  }

  /** A terminal may begin a new line once its last column is written; a file has no columns. */
  private int room() {
    return terminal.interactive() ? terminal.columns() - 1 : Integer.MAX_VALUE;
  }

  /** A line that the next one takes the place of, on a terminal. */
  synchronized void passing(String text) {
    if (!terminal.interactive()) {
      err.println(text);
      return;
    }
    clear();
    String line = text.length() > room() ? text.substring(0, room()) : text;
    err.print(line);
    err.flush();
    width = line.length();
  }

  private void clear() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
