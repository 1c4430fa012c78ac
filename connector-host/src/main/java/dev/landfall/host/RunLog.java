package dev.landfall.host;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log how a run goes on, and then whoever else listens. */
final class RunLog implements RunListener {

  private static final Logger LOG = LoggerFactory.getLogger("dev.landfall.run");

  /** A line stays in a log for ever: one in ten seconds is enough. */
  private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(10);

  private final RunListener listener;

  /** What was said when it happened, and stands in the report too. */
  private final Set<RunReport.Notice> said = new HashSet<>();

  private long saidNanos = System.nanoTime();

  RunLog(RunListener listener) {
    this.listener = listener;
  }

  @Override
  public void reading() {
    LOG.info("Reads the source.");
    listener.reading();
  }

  @Override
  public void planned(RunReport planned) {
    LOG.info(
        "Planned {} into {}: adds {}; removes {}.",
        planned.mode(),
        planned.target(),
        words(planned.adds()),
        words(planned.removes()));
    listener.planned(planned);
  }

  @Override
  public void settled(List<Settlement> settlements) {
    listener.settled(settlements);
  }

  @Override
  public void confirmed(String run, List<Settlement> settlements) {
    listener.confirmed(run, settlements);
  }

  @Override
  public void progress(Progress progress) {
    long now = System.nanoTime();
    if (now - saidNanos >= BETWEEN_LINES) {
      saidNanos = now;
      LOG.info(
          "{}: {} of {} delivered, {} failed, {} calls in flight.",
          progress.kind().word(),
          progress.delivered(),
          progress.planned() < 0 ? "what comes" : progress.planned(),
          progress.failed(),
          progress.inFlight());
    }
    listener.progress(progress);
  }

  @Override
  public void notice(String code, String message) {
    LOG.info("{}: {}", code, message);
    said.add(new RunReport.Notice(code, message));
    listener.notice(code, message);
  }

  /** Tells of a run that ended without a report. */
  static void failed(Throwable e) {
    if (e instanceof InvalidManifest invalid) {
      invalid.violations().forEach(v -> LOG.error("{} {}: {}", v.code(), v.pointer(), v.message()));
    } else {
      Problem problem = HostProblems.of(e);
      LOG.error("{}: {} {}", problem.code(), problem.message(), problem.remedy());
    }
  }

  @Override
  public void ended(RunReport report) {
    for (RunReport.Notice notice : report.notices()) {
      if (!said.contains(notice)) {
        LOG.info("{}: {}", notice.code(), notice.message());
      }
    }
    for (RunReport.Line problem : report.problems()) {
      LOG.warn("{} ({} records): {}", problem.code(), problem.count(), problem.message());
    }
    String end = "Ended {} after {} ms: adds {}; removes {}.";
    Object[] figures = {
      report.status(), report.durationMs(), words(report.adds()), words(report.removes())
    };
    if (report.status() == RunStatus.COMPLETED) {
      LOG.info(end, figures);
    } else {
      LOG.warn(end, figures);
    }
    listener.ended(report);
  }

  private static String words(Tally tally) {
    StringBuilder words = new StringBuilder().append(tally.planned()).append(" planned");
    part(words, tally.delivered(), "delivered");
    part(words, tally.failed(), "failed");
    part(words, tally.accepted(), "accepted");
    part(words, tally.withheld(), "withheld");
    part(words, tally.quarantined(), "in quarantine");
    part(words, tally.notAttempted(), "not attempted");
    return words.toString();
  }

  private static void part(StringBuilder words, long number, String what) {
    if (number > 0) {
      words.append(", ").append(number).append(' ').append(what);
    }
  }
}
