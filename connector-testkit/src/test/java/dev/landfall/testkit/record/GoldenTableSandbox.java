package dev.landfall.testkit.record;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.golden.MadeUp;
import dev.landfall.testkit.sandbox.InProcessSandbox;
import dev.landfall.testkit.sandbox.RecordTestbed;
import dev.landfall.testkit.sandbox.SandboxRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables in a folder. */
public final class GoldenTableSandbox extends InProcessSandbox implements RecordTestbed {

  private final Path folder;

  GoldenTableSandbox(SandboxRequest request) {
    super(request);
    folder = request.folder();
  }

  @Override
  public Map<String, Object> connection() {
    return Map.of("folder", folder.toString());
  }

  @Override
  public RowSchema schema() {
    return MadeUp.SCHEMA;
  }

  @Override
  public Optional<RowSchema> compositeSchema() {
    return Optional.of(
        new RowSchema(
            List.of(
                FieldSpec.of("shop", FieldType.TEXT).asRequired(),
                FieldSpec.of("line", FieldType.INTEGER).asRequired(),
                FieldSpec.of("name", FieldType.TEXT),
                FieldSpec.of("amount", FieldType.DECIMAL)),
            List.of("shop", "line")));
  }

  @Override
  public Map<String, Object> makeTarget(int number, RowSchema schema) {
    try {
      Table.make(Table.file(folder, "table-" + number), schema);
      return Map.of("table", "table-" + number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, Object> missingTarget() {
    return Map.of("table", "nowhere");
  }

  @Override
  public Optional<Map<String, Object>> targetToMake(int number) {
    return Optional.of(Map.of("table", "made-" + number, "make", true));
  }

  @Override
  public int targets() {
    try (DirectoryStream<Path> tables = Files.newDirectoryStream(folder, "*.table")) {
      int count = 0;
      for (Path unused : tables) {
        count++;
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, Object> record(RowSchema schema, int number) {
    return MadeUp.record(schema, number);
  }

  @Override
  public Optional<Map<String, Object>> refusedRecord(int number) {
    Map<String, Object> record = new LinkedHashMap<>(record(schema(), number));
    record.put("city", "far too long ".repeat(Table.LONGEST_TEXT / 10));
    return Optional.of(record);
  }

  @Override
  public boolean holds(FieldSpec field, Object value) {
    return Table.holds(value);
  }

  @Override
  public void put(Map<String, Object> target, Map<String, Object> record) {
    Path file = file(target);
    try {
      Table table = Table.read(file);
      boolean unused = table.remove(record);
      table.add(record);
      table.save(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Map<String, Object>> records(Map<String, Object> target) {
    Path file = file(target);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Table.read(file).rows();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(Map<String, Object> target) {
    return Table.file(folder, String.valueOf(target.get("table")));
  }
}
