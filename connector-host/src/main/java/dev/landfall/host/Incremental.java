package dev.landfall.host;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.delivery.DeliveryPolicy;
import dev.landfall.host.incremental.Windows;
import dev.landfall.host.incremental.WindowsRequest;
import dev.landfall.host.ledger.HeldRows;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.plan.StoredPlan;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamReading;
import dev.landfall.host.source.StreamRequest;
import dev.landfall.host.state.SyncState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream where the last run stopped reading it, and what is to be done with its rows.
 *
 * @param mappings what fills the fields, in their order
 * @param schema the rows that are sent
 * @param limit how many rows the run sends at the most, or null
 */
record Incremental(
    Prepared prepared,
    StreamReading reading,
    String stream,
    List<FieldMapping> mappings,
    RowSchema schema,
    Ledger ledger,
    HeldRows held,
    boolean firstRun,
    String plan,
    @Nullable Long limit)
    implements AutoCloseable {

  static final Problem OTHER_FIELDS =
      new Problem(
          ProblemKind.CONFIGURATION,
          "stream.other-fields",
          "Rows that earlier runs could not deliver were read with other fields than those of today,"
              + " and are not sent.",
          "Run once with --full: it reads the stream from its beginning, with today's fields.");

  /**
   * Opens the stream.
   *
   * @param returning whether the target was left before, and comes back: then all is sent again
   */
  static Incremental open(
      Prepared prepared,
      RunRequest request,
      AudienceSource.Stream source,
      SyncState state,
      Ledger ledger,
      boolean returning) {
    String stream = name(source.request());
    Long limit = request.limit();
    LedgerTables tables = ledger.tables();
    if (request.plan().isPresent()) {
      StoredPlan stored = StoredPlan.find(state.folder("plans"), request.plan().get());
      stored.requireCurrent(prepared.inputs(request, tables.generation()));
      long planned = stored.plan().adds().offered();
      limit = limit == null ? planned : Math.min(limit, planned);
    }
    if (request.isFull() || returning) {
      ledger.rewind(stream);
    }
    Optional<Cursor> from = Ledger.guarded(() -> tables.cursor(stream));
    List<FieldMapping> mappings = mappings(prepared, source.request());
    RowSchema schema = schema(prepared, source.request(), mappings);
    StoredPlan.Inputs inputs = prepared.inputs(request, tables.generation());
    return new Incremental(
        prepared,
        StreamReading.open(source.request(), from.orElse(null), source.context()),
        stream,
        mappings,
        schema,
        ledger,
        held(prepared, request, tables, source.context().clock().instant()),
        from.isEmpty(),
        request.plan().orElseGet(() -> StoredPlan.digest(inputs.toString())),
        limit);
  }

  /** What a ledger calls a stream. */
  static String name(StreamRequest request) {
    return request.descriptor().id() + "/" + request.stream().name();
  }

  static HeldRows held(Prepared prepared, RunRequest request, LedgerTables tables, Instant now) {
    return new HeldRows(
        tables,
        prepared.basis(),
        now.minus(prepared.manifest().rejected().retryAfter()),
        request.retriesRejected() || request.isFull());
  }

  static List<FieldMapping> mappings(Prepared prepared, StreamRequest request) {
    List<FieldMapping> mappings = new ArrayList<>(prepared.manifest().mapping());
    if (mappings.isEmpty()) {
      request.stream().schema().fields().stream()
          .map(FieldSpec::name)
          .filter(
              name ->
                  prepared.descriptor().freeFields()
                      || prepared.descriptor().field(name).isPresent())
          .forEach(name -> mappings.add(new FieldMapping.Column(name, name)));
    }
    return mappings;
  }

  static RowSchema schema(Prepared prepared, StreamRequest request, List<FieldMapping> mappings) {
    Map<String, FieldType> columns = new LinkedHashMap<>();
    request.stream().schema().fields().forEach(f -> columns.put(f.name(), f.type()));
    Parsed<RowSchema> bound =
        FieldMapping.bind(mappings, columns, prepared.descriptor(), prepared.manifest().key());
    List<Violation> violations = bound.violations().stream().map(v -> v.under("/mapping")).toList();
    return Host.valid(
        prepared.manifest().file(), violations.isEmpty() ? bound : Parsed.wrong(violations));
  }

  ChangeKind kind() {
    return prepared.mode().changeKinds().get(0);
  }

  RowShape shape() {
    return RowShape.of(schema, prepared.descriptor());
  }

  Reporting.Basics basics() {
    return new Reporting.Basics(plan, firstRun, null);
  }

  /** How many rows that earlier runs could not deliver were read with other fields than today's. */
  long ofOtherFields() {
    return Ledger.guarded(() -> held.others(shape()));
  }

  /** How many rows that earlier runs read are left alone because they were rejected. */
  long quarantined() {
    return Ledger.guarded(() -> held.count(shape(), true));
  }

  Windows windows(StreamListener listener, DeliveryPolicy policy, Cancellation cancellation) {
    return new Windows(
        new WindowsRequest(
            reading,
            stream,
            mappings,
            schema,
            shape(),
            kind(),
            policy.streamWindowSize(),
            limit,
            ledger,
            held,
            listener,
            cancellation));
  }

  @Override
  public void close() {
    reading.close();
  }
}
