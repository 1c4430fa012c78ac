package dev.landfall.testkit.record;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RecordSyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes records into tables that are files. */
public class GoldenTableDestination implements Destination {

  /** For {@link java.util.ServiceLoader}. */
  public GoldenTableDestination() {}

  @Override
  public DestinationDescriptor descriptor() {
    return describe().build();
  }

  protected DestinationDescriptor.Builder describe() {
    return DestinationDescriptor.builder("golden-table", "Golden Table", "1.0.0")
        .connection(TableSettings.CONNECTION)
        .target(TableSettings.TARGET)
        .identity(TableSettings.FOLDER, TableSettings.TABLE)
        .modes(RecordSyncMode.values())
        .freeFields()
        .batch(50, 200)
        .callsInFlight(4)
        .idempotent(ChangeKind.INSERT, ChangeKind.UPDATE, ChangeKind.UPSERT, ChangeKind.DELETE);
  }

  @Override
  public CheckReport check(CheckRequest request) {
    return new CheckReport(
        List.of(
            Files.exists(file(request.connection(), request.target()))
                ? Item.passed("table", "The table exists.")
                : Item.failed("table", TableProblems.NO_TABLE)));
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    if (!knows(request)) {
      throw new ConnectorException(TableProblems.MODE);
    }
    Path file = file(request.connection(), request.target());
    if (!Files.exists(file)) {
      throw new ConnectorException(TableProblems.NO_TABLE);
    }
    try {
      Table table = Table.read(file);
      if (!fits(table, request.schema().fields().stream().map(FieldSpec::name).toList())) {
        throw new ConnectorException(TableProblems.COLUMN);
      }
    } catch (IOException e) {
      throw new ConnectorException(TableProblems.NOT_READ, e);
    }
    return session(file);
  }

  protected boolean knows(SessionRequest request) {
    return descriptor().modes().contains(request.mode());
  }

  protected boolean fits(Table table, List<String> fields) {
    return fields.stream().allMatch(table::hasColumn);
  }

  private static Path file(ConnectionSettings connection, TargetSettings target) {
    return Table.file(connection.get(TableSettings.FOLDER), target.get(TableSettings.TABLE));
  }

  protected DestinationSession session(Path file) {
    return new GoldenTableSession(file);
  }
}
