package dev.landfall.host.source;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Context;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.HostException;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is being read, held to the contracts of sources. Not safe for use by several
 * threads, but for {@link #close}.
 */
public final class StreamReading implements AutoCloseable {

  private final StreamRequest request;
  private final SourceReader reader;
  private final RowSchema schema;

  private StreamReading(StreamRequest request, SourceReader reader, RowSchema schema) {
    this.request = request;
    this.reader = reader;
    this.schema = schema;
  }

  /**
   * Opens a stream.
   *
   * @param from how far it was read before, or null to begin at its beginning
   * @param context what the connector is lent
   * @throws HostException if it cannot be opened, or the connector breaks its contract
   */
  public static StreamReading open(StreamRequest request, @Nullable Cursor from, Context context) {
    SourceReader reader =
        guarded(
            request,
            "open",
            () ->
                request
                    .source()
                    .open(
                        new SourceRequest(
                            request.stream().name(), request.settings(), from, context)));
    boolean done = false;
    try {
      RowSchema schema = guarded(request, "schema", reader::schema);
      if (!schema.equals(request.stream().schema())) {
        throw broken(request, "gives rows of another schema than it declares");
      }
      StreamReading reading = new StreamReading(request, reader, schema);
      done = true;
      return reading;
    } finally {
      if (!done) {
        reader.close();
      }
    }
  }

  /**
   * Looks whether a stream could be read, without reading it.
   *
   * @throws HostException if the connector breaks its contract
   */
  public static CheckReport check(StreamRequest request, Context context) {
    return guarded(
        request,
        "check",
        () ->
            request
                .source()
                .check(
                    new SourceRequest(request.stream().name(), request.settings(), null, context)));
  }

  /** The fields of every row. */
  public RowSchema schema() {
    return schema;
  }

  /**
   * The next rows; empty at the end of what is there now.
   *
   * @throws HostException if the stream cannot be read any further, or the connector breaks its
   *     contract
   */
  @SuppressWarnings("ReferenceEquality") // most rows share one schema, and are seen to at no cost
  public Optional<SourceBatch> next() {
    Optional<SourceBatch> batch = guarded(request, "read", reader::read);
    if (batch.isPresent()) {
      for (Row row : batch.get().rows()) {
        if (row.schema() != schema && !row.schema().equals(schema)) {
          throw broken(request, "gave a row of another schema");
        }
      }
    }
    return batch;
  }

  /**
   * The next rows; empty at the end of what is there now.
   *
   * @param cancellation ends the reading; a stream that was closed in the middle may say that it is
   *     at its end
   * @throws HostException as {@link #next()}, and if the run is to end
   */
  public Optional<SourceBatch> next(Cancellation cancellation) {
    Optional<SourceBatch> batch = next();
    if (cancellation.ended()) {
      throw BreakOff.brokenOff(cancellation);
    }
    return batch;
  }

  /** Closes while another thread reads. What goes wrong then is told by the last {@link #close}. */
  public void breakOff() {
    try {
      close();
    } catch (HostException e) {
      return;
    }
  }

  @Override
  public void close() {
    guarded(
        request,
        "close",
        () -> {
          reader.close();
          return true;
        });
  }

  /** Everything but the end of the machine becomes a problem, and no problem quotes a row. */
  private static <T> T guarded(StreamRequest request, String method, Supplier<@Nullable T> call) {
    T answer;
    try {
      answer = call.get();
    } catch (ConnectorException e) {
      // Without its cause, which no contract keeps from quoting a row.
      throw new HostException(e.problem());
    } catch (HostException | VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      throw broken(request, "threw " + HostException.named(e) + " out of " + method);
    }
    if (answer == null) {
      throw broken(request, "returned null out of " + method);
    }
    return answer;
  }

  private static HostException broken(StreamRequest request, String what) {
    return new HostException(
        new Problem(
            ProblemKind.INTERNAL,
            "source.contract-broken",
            "The source connector %s %s.".formatted(request.descriptor().id(), what),
            "Report this to whoever maintains the connector; nothing in the sync can mend it."));
  }
}
