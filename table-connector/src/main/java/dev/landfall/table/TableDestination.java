package dev.landfall.table;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DescribesFields;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RecordSyncMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * A SQL table: inserts, updates, upserts and mirrors rows, in a DuckDB file or in PostgreSQL (12 or
 * newer). Each field is written to the column of its name. A session takes one batch at a time, of
 * up to 100,000 rows.
 *
 * <p>Threads: safe for use by several threads; holds nothing but its descriptor.
 */
public final class TableDestination implements Destination, DescribesFields {

  private static final int LARGEST_BATCH = 100_000;

  /** What a batch costs by itself is little beside so many rows, and they fit into a small heap. */
  private static final int RECOMMENDED_BATCH = 20_000;

  private final DestinationDescriptor descriptor = describe();

  /** A destination, without I/O and without threads. */
  public TableDestination() {}

  @Override
  public DestinationDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public CheckReport check(CheckRequest request) {
    return new TableCheck(request).report();
  }

  @Override
  public List<FieldSpec> fields(CheckRequest request) {
    return new TableCheck(request).fields();
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    if (!descriptor.modes().contains(request.mode())) {
      throw new ConnectorException(TableProblem.MODE_NOT_SUPPORTED.problem());
    }
    return TableSession.open(request);
  }

  private static DestinationDescriptor describe() {
    return DestinationDescriptor.builder("table", "SQL table", version())
        .connection(TableSettings.CONNECTION)
        .target(TableSettings.TARGET)
        .identity(TableSettings.URL, TableSettings.TABLE)
        .modes(
            RecordSyncMode.INSERT,
            RecordSyncMode.UPDATE,
            RecordSyncMode.UPSERT,
            RecordSyncMode.MIRROR)
        .freeFields()
        .batch(RECOMMENDED_BATCH, LARGEST_BATCH)
        .idempotent(ChangeKind.INSERT, ChangeKind.UPDATE, ChangeKind.UPSERT, ChangeKind.DELETE)
        .build();
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = TableDestination.class.getResourceAsStream("connector.properties")) {
      if (in == null) {
        throw new IllegalStateException("connector.properties is missing from the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("connector.properties cannot be read", e);
    }
    return properties.getProperty("version");
  }
}
