package dev.landfall.host.manifest;

import static dev.landfall.host.manifest.Schemas.inOrder;

import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** The JSON Schema of a sync manifest. */
final class SyncSchema {

  private SyncSchema() {}

  static Map<String, Object> of(Collection<String> destinations, Collection<String> sources) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "$schema",
        inOrder(
            "description",
            "Where this schema is.",
            "type",
            "string",
            "pattern",
            "\\S",
            "examples",
            List.of("schema/sync.schema.json")));
    properties.put("name", Schemas.property(Sections.NAME, false));
    properties.put("source", source(new TreeSet<>(sources)));
    properties.put("destination", destination(new TreeSet<>(destinations)));
    properties.put(
        "mode",
        inOrder(
            "description",
            "What the sync does. mirror makes the target equal to the source; which modes there are"
                + " is the connector's to say.",
            "enum",
            Shape.MODES,
            "enumDescriptions",
            Shape.MODES.stream().map(SyncSchema::does).toList()));
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
            true,
            "examples",
            List.of(List.of("event_key"))));
    properties.put("mapping", mapping());
    properties.put("delivery", delivery());
    properties.put(
        "removals",
        section(Sections.REMOVALS, "How much may be removed without asking, in mirror mode."));
    properties.put("rejected", section(Sections.REJECTED, "What to do with rejected members."));
    properties.put("schedule", section(Sections.SCHEDULE, "When the sync is run."));
    properties.put("notify", notifications());
    properties.put("history", section(Sections.HISTORY, "How long to remember what runs did."));
    return inOrder(
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
        Map.of("reference", Schemas.reference()));
  }

  private static String does(String mode) {
    return switch (mode) {
      case "add" -> "Adds who is in the audience; removes nobody.";
      case "remove" -> "Removes everyone in the source from the group.";
      case "mirror" -> "Adds who is new and removes who left, until both are equal.";
      case "upsert" -> "Writes every record, whether it is there already or not.";
      case "insert" -> "Writes records that are not there yet.";
      case "update" -> "Changes records that are there already.";
      default -> throw new IllegalArgumentException("No description of the mode " + mode);
    };
  }

  private static Map<String, Object> source(Collection<String> connectors) {
    Map<String, Object> stream =
        typed(Sections.SourceType.CONNECTOR, Sections.CONNECTOR, "A stream of a source connector.");
    properties(stream).put("settings", values("The source connector's own settings."));
    if (!connectors.isEmpty()) {
      Map<String, Object> connector = Schemas.property(Sections.SOURCE_CONNECTOR, false);
      connector.put("examples", List.copyOf(connectors));
      properties(stream).put("connector", connector);
      stream.put(
          "allOf",
          connectors.stream()
              .map(id -> byEntry(id, "../sources/" + id + ".json#/", "settings", "stream"))
              .toList());
    }
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
    Map<String, Object> properties =
        inOrder("type", inOrder("description", type.label() + ".", "const", type.id()));
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
    Map<String, Object> connector = Schemas.property(Sections.DESTINATION_CONNECTOR, false);
    connector.put("examples", List.copyOf(connectors));
    Map<String, Object> destination =
        inOrder(
            "description",
            "Where the audience goes.",
            "type",
            "object",
            "properties",
            inOrder(
                "connector",
                connector,
                "connection",
                values("How to reach the system, and as whom."),
                "target",
                values("What in the system the sync writes to.")),
            "required",
            List.of("connector"),
            "additionalProperties",
            false);
    if (!connectors.isEmpty()) {
      destination.put(
          "allOf",
          connectors.stream()
              .map(id -> byEntry(id, "../connectors/" + id + ".json#/", "connection", "target"))
              .toList());
    }
    return destination;
  }

  /** A connector's own sections, held against its entry in the catalogue. */
  private static Map<String, Object> byEntry(String id, String entry, String... sections) {
    Map<String, Object> held = new LinkedHashMap<>();
    for (String section : sections) {
      held.put(section, inOrder("$ref", entry + section));
    }
    return inOrder(
        "if",
        inOrder(
            "properties",
            inOrder("connector", inOrder("const", id)),
            "required",
            List.of("connector")),
        "then",
        inOrder("properties", held));
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
    maxInFlight.put(
        "anyOf",
        List.of(
            number,
            inOrder(
                "description", "As many as the destination bears.", "const", Sections.ADAPTIVE)));
    if (section.get("properties") instanceof Map<?, ?> properties) {
      Plain.object(properties).put(Sections.MAX_IN_FLIGHT.name(), maxInFlight);
    }
    return section;
  }

  private static Map<String, Object> notifications() {
    Map<String, Object> entry = Schemas.object(NotifySection.spec(), false);
    if (entry.get("properties") instanceof Map<?, ?> properties) {
      Plain.object(properties)
          .put(
              "on",
              inOrder(
                  "description",
                  "Which ends of a run to tell of; withheld and failed if left out.",
                  "type",
                  "array",
                  "items",
                  inOrder("enum", NotifySection.ENDS),
                  "minItems",
                  1));
      Plain.object(properties)
          .put(
              "command",
              inOrder(
                  "description",
                  "A program and its arguments; it reads the run's report from its standard input.",
                  "type",
                  "array",
                  "items",
                  inOrder("type", "string"),
                  "minItems",
                  1));
    }
    entry.put(
        "oneOf",
        List.of(Map.of("required", List.of("webhook")), Map.of("required", List.of("command"))));
    return inOrder(
        "description",
        "Whom to tell how a run ended.",
        "type",
        "array",
        "items",
        entry,
        "minItems",
        1);
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
