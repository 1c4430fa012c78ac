package dev.landfall.host.audience;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.host.duckdb.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Files to read, and what was read of them. */
final class Sources {

  private static final Database.Options READ_ONLY =
      new Database.Options(true, 128, Path.of("/nonexistent"));

  private final Path folder;

  Sources(Path folder) {
    this.folder = folder;
  }

  static DestinationDescriptor destination() {
    return destination(FieldIdentity.NUMBER);
  }

  static DestinationDescriptor destination(FieldIdentity identity) {
    return DestinationDescriptor.builder("shop", "Shop", "1.0.0")
        .modes(AudienceSyncMode.MIRROR)
        .connection(SettingsSpec.of())
        .target(SettingsSpec.of())
        .field(FieldSpec.of("id", FieldType.TEXT).asRequired().identifiedBy(identity))
        .field(FieldSpec.of("name", FieldType.TEXT))
        .field(FieldSpec.of("tier", FieldType.TEXT))
        .keyField("id")
        .build();
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path audienceFile() {
    return folder.resolve("audience.duckdb");
  }

  AudienceRequest request(Path file) {
    return request(file, null);
  }

  AudienceRequest request(Path file, String query, FieldMapping... mappings) {
    return request(file, query, destination(), mappings);
  }

  AudienceRequest request(
      Path file, String query, DestinationDescriptor destination, FieldMapping... mappings) {
    return new AudienceRequest(
        new AudienceSource.Files(file, query),
        List.of(mappings),
        destination,
        List.of(),
        audienceFile(),
        128,
        folder.resolve("spill"));
  }

  /** Rows as {@code member|text|others}, in the order of the text. */
  static List<String> rows(Audience audience) {
    try (Database database = Database.open(audience.file(), READ_ONLY)) {
      return database.query(
          "select member, text, others from audience order by text",
          row ->
              row.getString(1)
                  + "|"
                  + row.getString(2)
                  + "|"
                  + Arrays.toString((Object[]) row.getArray(3).getArray()));
    }
  }

  static List<String> texts(Audience audience) {
    try (Database database = Database.open(audience.file(), READ_ONLY)) {
      return database.query("select text from audience order by text", row -> row.getString(1));
    }
  }

  static List<String> tables(Audience audience) {
    try (Database database = Database.open(audience.file(), READ_ONLY)) {
      return database.query(
          "select table_name || '(' || string_agg(column_name || ' ' || data_type, ', '"
              + " order by ordinal_position) || ')'"
              + " from information_schema.columns group by table_name",
          row -> row.getString(1));
    }
  }

  /** What is left in the folder of a read. */
  List<String> left() {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
