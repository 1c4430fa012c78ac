package dev.landfall.host.manifest;

import static dev.landfall.host.manifest.Schemas.inOrder;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.SyncMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

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
   * @param connectors the ids of the destinations with an entry in the catalogue: the schema holds
   *     their connections and targets against {@code ../connectors/<id>.json}
   * @return JSON, indented, with a line feed at the end
   */
  public static String syncSchema(Collection<String> connectors) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "$schema",
        inOrder("description", "Where this schema is.", "type", "string", "pattern", "\\S"));
    properties.put("name", Schemas.property(Sections.NAME, false));
    properties.put("source", source());
    properties.put("destination", destination(new TreeSet<>(connectors)));
    properties.put(
        "mode",
        inOrder(
            "description",
            "What the sync does. mirror makes the target equal to the source; which modes there are"
                + " is the connector's to say.",
            "enum",
            Shape.MODES));
    properties.put(
        "key",
        inOrder(
            "description",
            "The fields that name a record, where the connector leaves that to the sync.",
            "type",
            "array",
            "items",
            inOrder("type", "string", "pattern", "\\S"),
            "minItems",
            1,
            "uniqueItems",
            true));
    properties.put("mapping", mapping());
    properties.put("delivery", delivery());
    properties.put(
        "removals",
        section(Sections.REMOVALS, "How much may be removed without asking, in mirror mode."));
    properties.put("rejected", section(Sections.REJECTED, "What to do with rejected members."));
    return JsonWriter.pretty(
        inOrder(
            "$schema",
            "https://json-schema.org/draft/2020-12/schema",
            "title",
            "Landfall sync manifest",
            "description",
            "An audience, or records, and where they go.",
            "type",
            "object",
            "properties",
            properties,
            "required",
            List.of("name", "source", "destination", "mode"),
            "additionalProperties",
            false,
            "examples",
            List.of(example()),
            "$defs",
            Map.of("reference", Schemas.reference())));
  }

  private static Map<String, Object> source() {
    Map<String, Object> stream =
        typed(Sections.SourceType.CONNECTOR, Sections.CONNECTOR, "A stream of a source connector.");
    properties(stream).put("settings", values("The source connector's own settings."));
    return inOrder(
        "description",
        "Where the audience comes from.",
        "oneOf",
        List.of(
            typed(Sections.SourceType.FILE, Sections.FILE, "A file: CSV, Parquet or JSON lines."),
            typed(Sections.SourceType.SQL, Sections.SQL, "A query over JDBC."),
            stream));
  }

  private static Map<String, Object> typed(
      Sections.SourceType type, SettingsSpec spec, String description) {
    Map<String, Object> object = Schemas.object(spec, type == Sections.SourceType.SQL);
    Map<String, Object> properties = inOrder("type", inOrder("const", type.id()));
    properties.putAll(properties(object));
    List<String> required = new ArrayList<>(List.of("type"));
    spec.settings().stream().filter(Setting::isRequired).map(Setting::name).forEach(required::add);
    object.put("properties", properties);
    object.put("required", required);
    Map<String, Object> described = inOrder("description", description);
    described.putAll(object);
    return described;
  }

  private static Map<String, Object> properties(Map<String, Object> object) {
    return Plain.object((Map<?, ?>) Objects.requireNonNull(object.get("properties")));
  }

  private static Map<String, Object> destination(Collection<String> connectors) {
    Map<String, Object> destination =
        inOrder(
            "description",
            "Where the audience goes.",
            "type",
            "object",
            "properties",
            inOrder(
                "connector",
                Schemas.property(Sections.DESTINATION_CONNECTOR, false),
                "connection",
                values("How to reach the system, and as whom."),
                "target",
                values("What in the system the sync writes to.")),
            "required",
            List.of("connector"),
            "additionalProperties",
            false);
    if (!connectors.isEmpty()) {
      destination.put("allOf", connectors.stream().map(Catalogue::byEntry).toList());
    }
    return destination;
  }

  /** A connector's own sections, held against its entry in the catalogue. */
  private static Map<String, Object> byEntry(String id) {
    String entry = "../connectors/" + id + ".json#/";
    return inOrder(
        "if",
        inOrder(
            "properties",
            inOrder("connector", inOrder("const", id)),
            "required",
            List.of("connector")),
        "then",
        inOrder(
            "properties",
            inOrder(
                "connection", inOrder("$ref", entry + "connection"),
                "target", inOrder("$ref", entry + "target"))));
  }

  private static Map<String, Object> mapping() {
    Map<String, Object> item = Schemas.object(Sections.MAPPING, false);
    item.put(
        "oneOf",
        List.of(
            Map.of("required", List.of(Sections.COLUMN.name())),
            Map.of("required", List.of(Sections.CONSTANT.name()))));
    return inOrder(
        "description",
        "What fills each field of the connector; if left out, each column goes to the field of its"
            + " name.",
        "type",
        "array",
        "items",
        item,
        "minItems",
        1);
  }

  /** One setting of it is a number or a word, which no kind of setting is. */
  private static Map<String, Object> delivery() {
    Map<String, Object> section = section(Sections.DELIVERY, "How to send.");
    Map<String, Object> maxInFlight = Schemas.property(Sections.MAX_IN_FLIGHT, false);
    Map<String, Object> number = new LinkedHashMap<>();
    for (String word : List.of("type", "minimum", "maximum")) {
      number.put(word, Objects.requireNonNull(maxInFlight.remove(word), word));
    }
    maxInFlight.put("anyOf", List.of(number, inOrder("const", Sections.ADAPTIVE)));
    if (section.get("properties") instanceof Map<?, ?> properties) {
      Plain.object(properties).put(Sections.MAX_IN_FLIGHT.name(), maxInFlight);
    }
    return section;
  }

  private static Map<String, Object> section(SettingsSpec spec, String description) {
    Map<String, Object> section = inOrder("description", description);
    section.putAll(Schemas.object(spec, false));
    return section;
  }

  /** Settings that only a connector knows: texts, whole numbers, flags, references. */
  private static Map<String, Object> values(String description) {
    return inOrder(
        "description",
        description,
        "type",
        "object",
        "additionalProperties",
        inOrder(
            "anyOf",
            List.of(
                inOrder("type", List.of("string", "integer", "boolean")),
                inOrder("$ref", Schemas.REFERENCE))));
  }

  /** Right in its form; shown by editors. */
  static Map<String, Object> example() {
    return inOrder(
        "name", "vip-members",
        "source", inOrder("type", "file", "path", "samples/vip-members.csv"),
        "destination",
            inOrder(
                "connector", "kognitiv",
                "connection",
                    inOrder(
                        "apiBaseUrl", "https://app.kognitivloyalty.com",
                        "clientId", inOrder("env", "KOGNITIV_CLIENT_ID"),
                        "clientSecret", inOrder("env", "KOGNITIV_CLIENT_SECRET")),
                "target",
                    inOrder(
                        "objectType", "promotional-member-group",
                        "groupExternalReference", "VIP-2026")),
        "mode", "mirror",
        "mapping", List.of(inOrder("column", "member_internal_id", "field", "member_internal_id")),
        "delivery", inOrder("maxInFlight", 1),
        "removals", inOrder("maxPercent", 20, "maxCount", 10));
  }
}
