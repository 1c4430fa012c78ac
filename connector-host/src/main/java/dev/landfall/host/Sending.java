package dev.landfall.host;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.delivery.Changes;
import dev.landfall.host.delivery.Delivery;
import dev.landfall.host.delivery.DeliveryListener;
import dev.landfall.host.delivery.DeliveryPolicy;
import dev.landfall.host.delivery.DeliveryReport;
import dev.landfall.host.delivery.DeliveryRequest;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Journal;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Tally;
import dev.landfall.host.manifest.SyncManifest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What a run has to do with the destination: it delivers, and asks what became of things. */
final class Sending {

  private final RunEnvironment environment;
  private final Prepared prepared;
  private final RunRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final List<RunReport.Notice> notices;

  Sending(
      RunEnvironment environment,
      Prepared prepared,
      RunRequest request,
      RunListener listener,
      Cancellation cancellation,
      List<RunReport.Notice> notices) {
    this.environment = environment;
    this.prepared = prepared;
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
    this.notices = notices;
  }

  Rules rules() {
    return environment.parts().rules().apply(prepared.manifest().delivery().settle());
  }

  /**
   * Asks once for what earlier runs had sent and the destination only accepted then. What cannot be
   * learned stays as it is, and a notice says why: that is no reason not to run.
   */
  void askBefore(Ledger ledger, Supplier<RunFiles> files) {
    for (RowShape shape : ledger.outstandingShapes()) {
      if (cancellation.requested() || cancellation.expired()) {
        return;
      }
      Optional<RowSchema> schema = schema(shape);
      if (schema.isPresent()) {
        ask(schema.get(), ledger, files);
      }
    }
    ledger.fold();
  }

  private Optional<RowSchema> schema(RowShape shape) {
    try {
      return Optional.of(shape.schema(prepared.descriptor()));
    } catch (IllegalArgumentException e) {
      notice(
          "run.receipts-of-other-fields",
          "What was accepted with the fields %s cannot be asked for: %s has other fields now."
              .formatted(String.join(", ", shape.fields()), prepared.descriptor().name()));
      return Optional.empty();
    }
  }

  private void ask(RowSchema schema, Ledger ledger, Supplier<RunFiles> files) {
    try {
      DeliveryReport asked =
          run(schema, List.of(), Changes.NONE, Duration.ZERO, ledger, new Learning(files), true);
      asked.stops().forEach(s -> notice(s.problem().code(), s.problem().message()));
      confirmed(asked);
    } catch (ConnectorException e) {
      notice(e.problem().code(), e.problem().message());
    }
  }

  /**
   * Delivers what was planned, and asks for what was only accepted.
   *
   * @param before whether the ledger relies on what earlier runs delivered
   * @throws ConnectorException if no session can be opened
   */
  DeliveryReport deliver(
      RowSchema schema,
      List<ChangeKind> kinds,
      Changes changes,
      Journal journal,
      RunFiles files,
      boolean before) {
    DeliveryReport delivered =
        run(
            schema,
            kinds,
            changes,
            prepared.manifest().delivery().confirmWithin(),
            journal,
            new Recording(files),
            before);
    confirmed(delivered);
    return delivered;
  }

  /**
   * Opens a session and closes it, where nothing is to be sent. That a table is gone has to be seen
   * all the same; a group is asked for by its calls alone. Nobody who wants an end waits for it.
   *
   * @param before whether the ledger relies on what earlier runs delivered
   * @throws ConnectorException if no session can be opened
   */
  void lookIn(RowSchema schema, boolean before) {
    if (prepared.mode() instanceof RecordSyncMode && !cancellation.ended()) {
      DestinationSession session = open(schema, before);
      Delivery.close(prepared.descriptor(), session).ifPresent(p -> notice(p.code(), p.message()));
    }
  }

  private DeliveryReport run(
      RowSchema schema,
      List<ChangeKind> kinds,
      Changes changes,
      Duration confirmWithin,
      Journal journal,
      DeliveryListener recording,
      boolean before) {
    DestinationSession session = open(schema, before);
    try {
      return Delivery.run(
          new DeliveryRequest(
              prepared.descriptor(),
              session,
              schema,
              kinds,
              policy(),
              confirmWithin,
              changes,
              journal,
              rules(),
              environment.clock(),
              environment.parts().lanes().apply(prepared.bound().maxInFlight()),
              environment.parts().random(),
              cancellation,
              recording));
    } finally {
      Delivery.close(prepared.descriptor(), session).ifPresent(p -> notice(p.code(), p.message()));
    }
  }

  private void confirmed(DeliveryReport report) {
    Tally tally = report.confirmed();
    long all = tally.delivered() + tally.failed() + tally.notAttempted();
    if (all > 0) {
      notice(
          "run.confirmed-later",
          String.format(
              Locale.ROOT,
              "Of the changes that earlier runs had sent and %s had accepted, %,d were confirmed:"
                  + " %,d delivered, %,d rejected, %,d otherwise.",
              prepared.descriptor().name(),
              all,
              tally.delivered(),
              tally.rejected(),
              all - tally.delivered() - tally.rejected()));
    }
  }

  /** Notes how many changes await their confirmation; a ledger that is broken says so instead. */
  void awaiting(Ledger ledger) {
    try {
      long changes = Ledger.guarded(() -> ledger.tables().awaited());
      awaiting(changes).ifPresent(notices::add);
    } catch (HostException e) {
      notice(e.problem().code(), e.problem().message());
    }
  }

  /** How many changes await their confirmation, in words; empty if none does. */
  static Optional<RunReport.Notice> awaiting(long changes) {
    return changes == 0
        ? Optional.empty()
        : Optional.of(
            new RunReport.Notice(
                "run.awaits-confirmation",
                String.format(
                    Locale.ROOT,
                    "The destination accepted %,d changes and has not confirmed them; the next run"
                        + " asks for them first.",
                    changes)));
  }

  private void notice(String code, String message) {
    notices.add(new RunReport.Notice(code, message));
  }

  private DestinationSession open(RowSchema schema, boolean before) {
    return Delivery.open(
        prepared.destination(),
        new SessionRequest(
            prepared.connection(),
            prepared.target(),
            prepared.mode(),
            schema,
            environment.context(
                (code, message) -> notices.add(new RunReport.Notice(code, message)), before)));
  }

  DeliveryPolicy policy() {
    SyncManifest.Delivery delivery = prepared.manifest().delivery();
    Integer rate = delivery.requestsPerSecond();
    return new DeliveryPolicy(
        prepared.bound().maxInFlight(),
        delivery.adaptive(),
        prepared.bound().batchSize(),
        rate == null ? null : rate.doubleValue(),
        delivery.attempts(),
        delivery.window(),
        request.limit());
  }

  /** Passes what the delivery says on. */
  private class Passing implements DeliveryListener {
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
      listener.progress(progress);
    }

    @Override
    public void notice(String code, String message) {
      Sending.this.notice(code, message);
      listener.notice(code, message);
    }
  }

  /** Keeps what is learned before there is a plan; a run that learns nothing has no files yet. */
  private final class Learning extends Passing {
    private final Supplier<RunFiles> open;

    Learning(Supplier<RunFiles> open) {
      this.open = open;
    }

    @Override
    public void confirmed(String run, List<Settlement> settlements) {
      try (RunFiles files = open.get()) {
        files.confirmed(run, settlements);
      }
      super.confirmed(run, settlements);
    }
  }

  /** Keeps what was answered. */
  private final class Recording extends Passing {
    private final RunFiles files;

    Recording(RunFiles files) {
      this.files = files;
    }

    @Override
    public void settled(List<Settlement> settlements) {
      files.settled(settlements);
      super.settled(settlements);
    }

    @Override
    public void confirmed(String run, List<Settlement> settlements) {
      files.confirmed(run, settlements);
      super.confirmed(run, settlements);
    }
  }
}
