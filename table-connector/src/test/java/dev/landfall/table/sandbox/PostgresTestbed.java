package dev.landfall.table.sandbox;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.table.PostgresServer;
import dev.landfall.testkit.sandbox.Call;
import dev.landfall.testkit.sandbox.HttpSandbox;
import dev.landfall.testkit.sandbox.Operation;
import dev.landfall.testkit.sandbox.RecordTestbed;
import dev.landfall.testkit.sandbox.SandboxRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real PostgreSQL as the kit's system. Nobody calls it over HTTP, and it cannot be made to fail:
 * what becomes of broken connections stands in a test of its own.
 */
final class PostgresTestbed extends HttpSandbox implements RecordTestbed {

  private final PostgresServer database = new PostgresServer();
  private final Tables tables = new Tables(this::open);

  PostgresTestbed(SandboxRequest request) {
    super(request);
  }

  private Tables.Opened open() throws SQLException {
    Connection connection = database.connect();
    return new Tables.Opened(connection, connection::close);
  }

  @Override
  protected Operation receive(Call call) {
    throw new IllegalStateException("PostgreSQL does not speak HTTP");
  }

  @Override
  public Map<String, Object> connection() {
    return database.connection();
  }

  @Override
  public Map<String, Object> impatientConnection() {
    Map<String, Object> settings = new LinkedHashMap<>(connection());
    settings.put("connectTimeLimit", "PT1S");
    settings.put("totalTimeLimit", "PT1S");
    return settings;
  }

  @Override
  public boolean injectsFaults() {
    return false;
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

  /** A zero byte has no place in a text of PostgreSQL's. */
  @Override
  public boolean holds(FieldSpec field, Object value) {
    return !(value instanceof String text && text.indexOf('\0') >= 0);
  }

  @Override
  public void put(Map<String, Object> target, Map<String, Object> record) {
    tables.put(target, record);
  }

  @Override
  public List<Map<String, Object>> records(Map<String, Object> target) {
    return tables.records(target);
  }

  @Override
  public void close() {
    super.close();
    database.close();
  }
}
