package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.RunListener;
import dev.landfall.host.history.RunReport;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Says on stderr how a run goes on: one line that changes on a terminal, now and then a line
 * elsewhere.
 */
final class ProgressLine implements RunListener, AutoCloseable {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Where a line stays for ever, one in so many nanoseconds is enough. */
  private static final long BETWEEN_LINES = 10 * NANOS_PER_SECOND;

  private final PrintWriter err;
  private final boolean terminal;
  private @Nullable ChangeKind kind;
  private long begunNanos;
  private long saidNanos;
  private int width;

  ProgressLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
    this.saidNanos = System.nanoTime();
  }

  @Override
  public void reading() {
    passing("reading the source");
  }

  @Override
  public void planned(RunReport planned) {
    passing(
        count(planned.removes().notAttempted(), "remove", "removes")
            + " and "
            + count(planned.adds().notAttempted(), "add", "adds")
            + " to send");
  }

  @Override
  public void progress(Progress progress) {
    long now = System.nanoTime();
    if (progress.kind() != kind) {
      kind = progress.kind();
      begunNanos = now;
    }
    if (terminal || now - saidNanos >= BETWEEN_LINES) {
      saidNanos = now;
      passing(words(progress, now - begunNanos));
    }
  }

  @Override
  public void notice(String code, String message) {
    clear();
    err.println(message);
  }

  /** Leaves an empty line for what comes next. */
  @Override
  public void close() {
    clear();
  }

  private static String words(Progress progress, long nanos) {
    long done = progress.delivered() + progress.failed();
    StringBuilder words =
        new StringBuilder(progress.kind().word())
            .append(": ")
            .append(count(done))
            .append(" of ")
            .append(count(progress.planned()));
    if (progress.failed() > 0) {
      words.append(", ").append(count(progress.failed())).append(" failed");
    }
    if (done > 0 && nanos > NANOS_PER_SECOND) {
      double rate = (double) done * NANOS_PER_SECOND / nanos;
      long left = Math.round((progress.planned() - done) / rate * 1_000);
      words.append(", %.0f/s, %s left".formatted(rate, Words.duration(left)));
    }
    return words.toString();
  }

  private void passing(String text) {
    if (!terminal) {
      err.println(text);
      return;
    }
    clear();
    err.print(text);
    err.flush();
    width = text.length();
  }

  private void clear() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
