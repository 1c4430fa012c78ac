package dev.landfall.host.manifest;

import static dev.landfall.host.manifest.Schemas.inOrder;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.SyncMode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says in JSON what connectors are and what may stand in a manifest. The same bytes for the same
 * declarations, so that the committed files can be compared with what they are generated from.
 */
public final class Catalogue {

  private Catalogue() {}

  /**
   * A destination's entry in the catalogue. Its members {@code connection} and {@code target} are
   * JSON Schemas of these sections of a manifest.
   *
   * @param descriptor the destination
   * @return JSON, indented, with a line feed at the end
   */
  public static String entry(DestinationDescriptor descriptor) {
    Map<String, Object> entry = new LinkedHashMap<>();
    // Not "id": validators that follow a reference into this document take that for a schema's id.
    entry.put("connector", descriptor.id());
    entry.put("name", descriptor.name());
    entry.put("version", descriptor.version());
    descriptor.documentation().ifPresent(uri -> entry.put("documentation", uri.toString()));
    entry.put("connection", own(descriptor.connection(), "Connection"));
    entry.put("target", own(descriptor.target(), "Target"));
    entry.put("identity", descriptor.identity().stream().map(Setting::name).toList());
    entry.put("modes", descriptor.modes().stream().map(Catalogue::mode).toList());
    entry.put("fields", descriptor.fields().stream().map(Catalogue::field).toList());
    entry.put("defaultFields", descriptor.defaultFields());
    entry.put("freeFields", descriptor.freeFields());
    descriptor.keyField().ifPresent(key -> entry.put("keyField", key));
    entry.put(
        "batch",
        inOrder(
            "recommended", descriptor.recommendedBatch(), "largest", descriptor.largestBatch()));
    entry.put("callsInFlight", descriptor.callsInFlight());
    entry.put("idempotent", descriptor.idempotentKinds().stream().map(ChangeKind::word).toList());
    entry.put("$defs", Map.of("reference", Schemas.reference()));
    return JsonWriter.pretty(entry);
  }

  /**
   * A source's entry in the catalogue. Its members {@code settings} and {@code stream} are JSON
   * Schemas of these members of a manifest's source.
   *
   * @param descriptor the source
   * @return JSON, indented, with a line feed at the end
   */
  public static String entry(SourceDescriptor descriptor) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("connector", descriptor.id());
    entry.put("name", descriptor.name());
    entry.put("version", descriptor.version());
    entry.put("settings", own(descriptor.settings(), "Settings"));
    List<SourceDescriptor.Stream> streams = descriptor.streams();
    entry.put(
        "stream",
        inOrder(
            "enum", streams.stream().map(SourceDescriptor.Stream::name).toList(),
            "enumDescriptions",
                streams.stream().map(SourceDescriptor.Stream::description).toList()));
    entry.put("streams", streams.stream().map(Catalogue::stream).toList());
    entry.put("$defs", Map.of("reference", Schemas.reference()));
    return JsonWriter.pretty(entry);
  }

  private static Map<String, Object> stream(SourceDescriptor.Stream stream) {
    return inOrder(
        "stream", stream.name(),
        "incremental", stream.incremental(),
        "key", stream.schema().key(),
        "fields", stream.schema().fields().stream().map(Catalogue::field).toList());
  }

  private static Map<String, Object> own(SettingsSpec spec, String title) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("title", title);
    schema.putAll(Schemas.object(spec, true));
    return schema;
  }

  private static Map<String, Object> mode(SyncMode mode) {
    return inOrder(
        "mode", mode.word(), "changes", mode.changeKinds().stream().map(ChangeKind::word).toList());
  }

  private static Map<String, Object> field(FieldSpec field) {
    Map<String, Object> entry =
        inOrder(
            "name", field.name(),
            "type", field.type().name().toLowerCase(Locale.ROOT),
            "required", field.required(),
            "identity", field.identity().name().toLowerCase(Locale.ROOT));
    if (!field.description().isEmpty()) {
      entry.put("description", field.description());
    }
    return entry;
  }

  /**
   * The JSON Schema (draft 2020-12) of a sync manifest.
   *
   * @param destinations the ids of the destinations with an entry in the catalogue: the schema
   *     holds their connections and targets against {@code ../connectors/<id>.json}
   * @param sources the ids of the sources with an entry: the schema holds their settings and
   *     streams against {@code ../sources/<id>.json}
   * @return JSON, indented, with a line feed at the end
   */
  public static String syncSchema(Collection<String> destinations, Collection<String> sources) {
    return JsonWriter.pretty(SyncSchema.of(destinations, sources));
  }
}
