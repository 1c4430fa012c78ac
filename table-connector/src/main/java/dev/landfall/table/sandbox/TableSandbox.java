package dev.landfall.table.sandbox;

import dev.landfall.connector.sync.RowSchema;
import dev.landfall.table.OpenFile;
import dev.landfall.testkit.sandbox.InProcessSandbox;
import dev.landfall.testkit.sandbox.RecordTestbed;
import dev.landfall.testkit.sandbox.SandboxRequest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DuckDB file in the sandbox's folder. Tables in it are made by the connector itself, where a
 * manifest says {@code "createTable": true}: only a sync knows which columns they need.
 */
final class TableSandbox extends InProcessSandbox implements RecordTestbed {

  private final Path file;
  private final Tables tables;

  TableSandbox(SandboxRequest request) {
    super(request);
    file = request.folder().toAbsolutePath().resolve("sandbox.duckdb");
    tables = new Tables(() -> open(file));
    tables.makeDatabase();
  }

  private static Tables.Opened open(Path file) throws SQLException {
    OpenFile opened = OpenFile.open(file);
    return new Tables.Opened(opened.connection(), opened::close);
  }

  @Override
  public Map<String, Object> connection() {
    return Map.of("url", "jdbc:duckdb:" + file);
  }

  @Override
  public RowSchema schema() {
    return Tables.SCHEMA;
  }

  @Override
  public Optional<RowSchema> compositeSchema() {
    return Optional.of(Tables.COMPOSITE);
  }

  @Override
  public Map<String, Object> makeTarget(int number, RowSchema schema) {
    return tables.make(number, schema);
  }

  @Override
  public Map<String, Object> missingTarget() {
    return Map.of("table", "no_such_table");
  }

  @Override
  public Optional<Map<String, Object>> targetToMake(int number) {
    return Optional.of(Tables.toMake(number));
  }

  @Override
  public int targets() {
    return tables.count();
  }

  @Override
  public Map<String, Object> record(RowSchema schema, int number) {
    return Tables.record(schema, number);
  }

  @Override
  public Optional<Map<String, Object>> refusedRecord(int number) {
    return Optional.of(Tables.refused(number));
  }

  @Override
  public void put(Map<String, Object> target, Map<String, Object> record) {
    tables.put(target, record);
  }

  @Override
  public List<Map<String, Object>> records(Map<String, Object> target) {
    return tables.records(target);
  }
}
