package dev.landfall.host.incremental;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.ledger.HeldRows;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the windows of a stream are made with.
 *
 * @param reading the stream, where the last run stopped
 * @param stream what the ledger calls the stream
 * @param mappings what fills the fields, in their order
 * @param schema the rows that are sent
 * @param shape what those look like, in the ledger's words
 * @param kind what is asked of each row
 * @param size how many rows a window has at the most
 * @param limit how many rows the run sends at the most, or null
 * @param ledger where all is recorded
 * @param held the rows that earlier runs read and could not deliver
 * @param listener keeps what is no row
 * @param cancellation ends the reading early
 */
public record WindowsRequest(
    StreamReading reading,
    String stream,
    List<FieldMapping> mappings,
    RowSchema schema,
    RowShape shape,
    ChangeKind kind,
    int size,
    @Nullable Long limit,
    Ledger ledger,
    HeldRows held,
    StreamListener listener,
    Cancellation cancellation) {

  /** Copies the mappings. */
  public WindowsRequest {
    mappings = List.copyOf(mappings);
  }
}
