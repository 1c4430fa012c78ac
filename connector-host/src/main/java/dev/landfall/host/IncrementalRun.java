package dev.landfall.host;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.delivery.DeliveryReport;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.incremental.Passing;
import dev.landfall.host.incremental.Windows;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.Tally;
import dev.landfall.host.state.SyncState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a sync that reads what is new in a stream, from its cursor to its books. */
final class IncrementalRun {

  private final Reporting reporting;
  private final Prepared prepared;
  private final RunRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final KeptAside aside;
  private final Sending sending;

  IncrementalRun(
      Reporting reporting,
      RunRequest request,
      RunListener listener,
      Cancellation cancellation,
      KeptAside aside,
      Sending sending) {
    this.reporting = reporting;
    this.prepared = reporting.prepared();
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
    this.aside = aside;
    this.sending = sending;
  }

  RunReport run(SyncState state, Ledger ledger, RunFiles files, boolean returning) {
    listener.reading();
    AudienceSource.Stream source = (AudienceSource.Stream) prepared.source(aside);
    try (Incremental incremental =
        Incremental.open(prepared, request, source, state, ledger, returning)) {
      state.ready();
      return run(incremental, ledger, files);
    }
  }

  private RunReport run(Incremental incremental, Ledger ledger, RunFiles files) {
    ChangeKind kind = incremental.kind();
    Approval.unneeded(request).ifPresent(reporting.notices()::add);
    long quarantined = incremental.quarantined();
    Map<ChangeKind, Tally> books = Map.of(kind, quarantined(quarantined));
    ledger.forRun(reporting.id(), prepared.basis(), incremental.shape());
    ledger.beginRun(false, Map.of(kind, Tally.NONE));
    ledger.plan(kind, quarantined, quarantined);
    RunReport begun =
        reporting.report(
            incremental.basics(), RunReport.Source.NONE, RunStatus.RUNNING, books, List.of(), null);
    files.write(begun);
    listener.planned(begun);
    try (Windows windows = incremental.windows(aside, sending.policy(), cancellation)) {
      return send(incremental, windows, ledger, books, files);
    }
  }

  private static Tally quarantined(long rows) {
    return new Tally(rows, 0, 0, 0, 0, 0, 0, 0, rows, 0);
  }

  private RunReport send(
      Incremental incremental,
      Windows windows,
      Ledger ledger,
      Map<ChangeKind, Tally> books,
      RunFiles files) {
    RowSchema schema = incremental.schema();
    DeliveryReport delivered;
    try {
      boolean before = !incremental.firstRun();
      if (!windows.next(true)) {
        sending.lookIn(schema, before);
        sending.awaiting(ledger);
        return ended(incremental, windows, books, null);
      }
      delivered =
          sending.deliver(
              schema,
              List.of(incremental.kind()),
              windows,
              new Passing(ledger, windows),
              files,
              before);
    } catch (ConnectorException e) {
      return failed(incremental, windows, books, RunReport.Line.of(e.problem(), 0));
    } catch (HostException e) {
      return failed(incremental, windows, books, RunReport.Line.of(e.problem(), 0));
    }
    sending.awaiting(ledger);
    return ended(incremental, windows, books, delivered);
  }

  private RunReport failed(
      Incremental incremental,
      Windows windows,
      Map<ChangeKind, Tally> books,
      RunReport.Line problem) {
    long planned = windows.count(incremental.kind());
    Tally notAttempted = new Tally(planned, 0, 0, 0, 0, 0, 0, 0, 0, planned);
    List<RunReport.Line> problems = new ArrayList<>();
    problems.add(problem);
    problems.addAll(aside.problems());
    return reporting.report(
        incremental.basics(),
        source(windows),
        RunStatus.FAILED,
        Map.of(incremental.kind(), books(books, incremental.kind()).plus(notAttempted)),
        problems,
        null);
  }

  private RunReport ended(
      Incremental incremental,
      Windows windows,
      Map<ChangeKind, Tally> books,
      @Nullable DeliveryReport delivered) {
    ChangeKind kind = incremental.kind();
    Tally tally = books(books, kind);
    List<RunReport.Line> problems = new ArrayList<>();
    if (delivered != null) {
      tally = tally.plus(delivered.tallies().getOrDefault(kind, Tally.NONE));
      delivered.stops().forEach(s -> problems.add(RunReport.Line.of(s.problem(), 0)));
      delivered.problems().forEach(p -> problems.add(RunReport.Line.of(p.problem(), p.count())));
    }
    problems.addAll(aside.problems());
    long otherFields = incremental.ofOtherFields();
    if (otherFields > 0) {
      problems.add(RunReport.Line.of(Incremental.OTHER_FIELDS, otherFields));
    }
    notices(windows, tally);
    Map<ChangeKind, Tally> done = Map.of(kind, tally);
    return reporting.report(
        incremental.basics(),
        source(windows),
        status(done, delivered, otherFields > 0),
        done,
        problems,
        delivered == null ? null : RunEnd.calls(delivered));
  }

  private RunStatus status(
      Map<ChangeKind, Tally> books, @Nullable DeliveryReport delivered, boolean leftOut) {
    if (delivered == null && cancellation.requested()) {
      return RunStatus.CANCELLED;
    }
    RunStatus status = RunEnd.status(Approval.NONE, books, delivered);
    return status == RunStatus.COMPLETED && (leftOut || !aside.problems().isEmpty())
        ? RunStatus.COMPLETED_WITH_FAILURES
        : status;
  }

  private void notices(Windows windows, Tally tally) {
    Long limit = request.limit();
    if (windows.cutShort() && limit != null) {
      notice(
          "run.limited",
          "The limit of %,d changes leaves the rest of the stream for later runs.",
          limit);
    }
    if (cancellation.expired() && !cancellation.requested()) {
      notice(
          "run.out-of-time",
          "The run's time was over; later runs go on where it stopped, and %,d changes are read"
              + " again.",
          tally.notAttempted());
    }
  }

  private void notice(String code, String words, long number) {
    reporting.notices().add(new RunReport.Notice(code, String.format(Locale.ROOT, words, number)));
  }

  private static Tally books(Map<ChangeKind, Tally> books, ChangeKind kind) {
    return books.getOrDefault(kind, Tally.NONE);
  }

  private static RunReport.Source source(Windows windows) {
    Windows.Counts counts = windows.counts();
    return new RunReport.Source(
        counts.rows(), counts.rows() - counts.blank(), 0, counts.blank(), counts.malformed());
  }
}
