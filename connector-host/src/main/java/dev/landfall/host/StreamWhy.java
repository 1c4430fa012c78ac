package dev.landfall.host;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.WhyReport.Action;
import dev.landfall.host.WhyReport.Asked;
import dev.landfall.host.WhyReport.Next;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.incremental.Projection;
import dev.landfall.host.ledger.HeldRows;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamReading;
import dev.landfall.host.source.StreamRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one record of a stream that is read on from where the last run stopped. */
final class StreamWhy {

  private final Prepared prepared;
  private final String member;
  private final Instant now;

  StreamWhy(Prepared prepared, String member, Instant now) {
    this.prepared = prepared;
    this.member = member;
    this.now = now;
  }

  /** The key as it stands last in the whole of the stream, if it is there. */
  Optional<String> find() {
    return find(null);
  }

  private Optional<String> find(@Nullable Cursor from) {
    AudienceSource.Stream source = source();
    List<FieldMapping> mappings = Incremental.mappings(prepared, source.request());
    RowSchema schema = Incremental.schema(prepared, source.request(), mappings);
    Optional<String> found = Optional.empty();
    try (StreamReading reading = StreamReading.open(source.request(), from, source.context())) {
      Projection projection = new Projection(reading.schema(), mappings, schema);
      for (Optional<SourceBatch> batch = reading.next();
          batch.isPresent();
          batch = reading.next()) {
        for (Row row : batch.get().rows()) {
          if (projection.member(row).filter(member::equals).isPresent()) {
            found = projection.key(row);
          }
        }
      }
    }
    return found;
  }

  private AudienceSource.Stream source() {
    return (AudienceSource.Stream) prepared.source(StreamListener.NONE);
  }

  /** The row with the key that an earlier run read and could not deliver, if there is one. */
  Optional<HeldRows.HeldRow> held(LedgerTables ledger) {
    RunRequest request = RunRequest.of(prepared.manifest().file());
    return Ledger.guarded(() -> Incremental.held(prepared, request, ledger, now).of(member));
  }

  /** Whether its row is one of today's fields. */
  private boolean fits(LedgerTables ledger) {
    StreamRequest stream = source().request();
    RowSchema schema = Incremental.schema(prepared, stream, Incremental.mappings(prepared, stream));
    RunRequest request = RunRequest.of(prepared.manifest().file());
    return Ledger.guarded(
        () ->
            Incremental.held(prepared, request, ledger, now)
                .holds(member, RowShape.of(schema, prepared.descriptor())));
  }

  /** What the next run does with it. */
  Next next(
      LedgerTables ledger,
      boolean inStream,
      List<LedgerTables.Rejection> rejections,
      List<Asked> asked) {
    Optional<HeldRows.HeldRow> held = held(ledger);
    Reasons reasons = new Reasons(prepared.mode());
    if (held.isPresent() && !fits(ledger)) {
      return next(
          Action.NOTHING,
          "An earlier run read it and could not deliver it, with other fields than those of today;"
              + " --full sends it with today's.");
    }
    if (held.isPresent() && held.get().quarantined()) {
      return new Next(
          Action.QUARANTINED,
          reasons.quarantined(prepared.mode().changeKinds().get(0)),
          rejections.stream()
              .map(r -> r.lastAt().plus(prepared.manifest().rejected().retryAfter()))
              .max(Instant::compareTo)
              .map(Instant::toString)
              .orElse(null),
          null);
    }
    if (held.isPresent()) {
      return next(
          Action.WRITE, "An earlier run read it and could not deliver it; its row is kept.");
    }
    Optional<Cursor> cursor =
        Ledger.guarded(() -> ledger.cursor(Incremental.name(source().request())));
    if (inStream && (cursor.isEmpty() || find(cursor.get()).isPresent())) {
      return next(
          Action.WRITE, "It stands in the stream behind where the last run stopped reading.");
    }
    if (!inStream) {
      return next(Action.NOTHING, "It is not in the stream.");
    }
    return next(
        Action.NOTHING,
        asked.isEmpty()
            ? "A run read past it, and no run that is kept sent it; --full reads the stream from its"
                + " beginning."
            : "It was read and sent; --full would send it again.");
  }

  private static Next next(Action action, String because) {
    return new Next(action, because, null, null);
  }
}
