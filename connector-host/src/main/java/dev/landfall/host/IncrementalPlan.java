package dev.landfall.host;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.incremental.Projection;
import dev.landfall.host.ledger.HeldRows;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.plan.Plan;
import dev.landfall.host.plan.PlanTable;
import dev.landfall.host.plan.StoredPlan;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamReading;
import dev.landfall.host.state.SyncState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run would send of a stream: the rows that are held and offered, and then those behind the
 * cursor. Reads them all, and keeps their number, not the rows: a run that follows the plan sends
 * as many.
 */
final class IncrementalPlan {

  private static final int EXAMPLES = 5;

  private final RunEnvironment environment;
  private final Prepared prepared;
  private final RunRequest request;
  private final LedgerTables ledger;
  private final Cancellation cancellation;
  private final List<String> examples = new ArrayList<>();
  private final List<RunReport.Notice> notices = new ArrayList<>();
  private long rows;
  private long blank;
  private long malformed;

  IncrementalPlan(
      RunEnvironment environment,
      Prepared prepared,
      RunRequest request,
      LedgerTables ledger,
      Cancellation cancellation) {
    this.environment = environment;
    this.cancellation = cancellation;
    this.prepared = prepared;
    this.request = request;
    this.ledger = ledger;
  }

  PlanReport make(SyncState sync, Workspace workspace, @Nullable RunReport earlier) {
    AudienceSource.Stream source = (AudienceSource.Stream) prepared.source(new Noting());
    List<FieldMapping> mappings = Incremental.mappings(prepared, source.request());
    RowSchema schema = Incremental.schema(prepared, source.request(), mappings);
    RowShape shape = RowShape.of(schema, prepared.descriptor());
    HeldRows held = Incremental.held(prepared, request, ledger, environment.clock().instant());
    Optional<Cursor> from =
        request.isFull()
            ? Optional.empty()
            : Ledger.guarded(() -> ledger.cursor(Incremental.name(source.request())));
    long offered = Ledger.guarded(() -> held.count(shape, false));
    long quarantined = Ledger.guarded(() -> held.count(shape, true));
    Ledger.guarded(() -> held.offered(shape, 0, held.last(), EXAMPLES))
        .forEach(row -> examples.add(row.text()));
    long others = Ledger.guarded(() -> held.others(shape));
    if (others > 0) {
      notices.add(
          new RunReport.Notice(
              Incremental.OTHER_FIELDS.code(),
              Incremental.OTHER_FIELDS.message() + " " + Incremental.OTHER_FIELDS.remedy()));
    }
    read(source, from.orElse(null), mappings, schema);
    Plan plan =
        new Plan(
            from.isEmpty(),
            offered + quarantined,
            new Plan.Side(offered + rows - blank, quarantined, String.valueOf(rows)),
            Plan.Side.NONE,
            false);
    StoredPlan.Inputs inputs = prepared.inputs(request, Ledger.guarded(ledger::generation));
    StoredPlan stored =
        new StoredPlan(StoredPlan.id(inputs, plan), inputs, plan, shape, rows, 0, blank, malformed);
    keep(stored, sync, workspace);
    return PlanReport.of(
        prepared, stored, examples, earlier, notices, Ledger.guarded(() -> ledger.awaited()));
  }

  private void read(
      AudienceSource.Stream source,
      @Nullable Cursor from,
      List<FieldMapping> mappings,
      RowSchema schema) {
    try (StreamReading reading = StreamReading.open(source.request(), from, source.context())) {
      Projection projection = new Projection(reading.schema(), mappings, schema);
      BreakOff.onceEnded(cancellation, reading::breakOff, () -> count(reading, projection));
    }
    if (malformed > 0) {
      notices.add(
          new RunReport.Notice(
              "source.malformed",
              String.format(
                  Locale.ROOT,
                  "%,d pieces of the stream are no records; a run keeps them aside.",
                  malformed)));
    }
  }

  /** Reads to the end; gives how many rows there were. */
  private long count(StreamReading reading, Projection projection) {
    for (Optional<SourceBatch> batch = reading.next(cancellation);
        batch.isPresent();
        batch = reading.next(cancellation)) {
      for (Row row : batch.get().rows()) {
        rows++;
        Optional<String> key = projection.key(row);
        blank += key.isPresent() ? 0 : 1;
        if (examples.size() < EXAMPLES) {
          key.ifPresent(examples::add);
        }
      }
      malformed += batch.get().malformed().size();
    }
    return rows;
  }

  /** A plan of a stream has a file of no changes, so that it is kept and let go as any other. */
  private static void keep(StoredPlan stored, SyncState sync, Workspace workspace) {
    workspace.attach(workspace.folder().resolve("plan.duckdb"), "plan", false);
    new PlanTable(workspace.database(), "plan").empty();
    workspace.detach("plan");
    stored.keep(sync.folder("plans"), workspace.folder().resolve("plan.duckdb"));
  }

  private final class Noting implements StreamListener {
    @Override
    public void notice(String code, String message) {
      notices.add(new RunReport.Notice(code, message));
    }
  }
}
