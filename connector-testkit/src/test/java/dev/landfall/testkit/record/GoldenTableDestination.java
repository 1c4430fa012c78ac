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
    boolean there = Files.exists(file(request.connection(), request.target()));
    if (there || request.target().get(TableSettings.MAKE)) {
      String seen = there ? "The table exists." : "The table is made when a session opens.";
      return new CheckReport(List.of(Item.passed("table", seen)));
    }
    return new CheckReport(List.of(Item.failed("table", TableProblems.NO_TABLE)));
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    if (!knows(request)) {
      throw new ConnectorException(TableProblems.MODE);
    }
    Path file = file(request.connection(), request.target());
    try {
      if (request.target().get(TableSettings.MAKE)) {
        make(file, request);
      } else if (!Files.exists(file)) {
        throw new ConnectorException(TableProblems.NO_TABLE);
      }
      Table table = Table.read(file);
      if (!fits(table, request.schema().fields().stream().map(FieldSpec::name).toList())) {
        throw new ConnectorException(TableProblems.COLUMN);
      }
    } catch (IOException e) {
      throw new ConnectorException(TableProblems.NOT_READ, e);
    }
    return session(file);
  }

  protected void make(Path file, SessionRequest request) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    if (request.context().deliveredBefore()) {
      throw new ConnectorException(TableProblems.GONE);
    }
    Table.make(file, request.schema());
  }

  protected boolean knows(SessionRequest request) {
    return descriptor().modes().contains(request.mode());
  }

  protected boolean fits(Table table, List<String> fields) {
    return fields.stream().allMatch(table::hasColumn);
  }

  protected static Path file(ConnectionSettings connection, TargetSettings target) {
    return Table.file(connection.get(TableSettings.FOLDER), target.get(TableSettings.TABLE));
  }

  protected DestinationSession session(Path file) {
    return new GoldenTableSession(file);
  }
}
