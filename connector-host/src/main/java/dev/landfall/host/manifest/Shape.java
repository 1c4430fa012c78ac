package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.SyncMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A manifest's parts as far as they are right by themselves, and everything that is wrong with its
 * form. Parts that are wrong are null, so that what can be told of the others is still told.
 */
final class Shape {

  static final List<String> NAMES =
      List.of(
          "$schema",
          "name",
          "source",
          "destination",
          "mode",
          "key",
          "mapping",
          "delivery",
          "removals",
          "rejected",
          "schedule",
          "history",
          "notify");

  static final List<String> MODES =
      Stream.<SyncMode>concat(
              Stream.of(AudienceSyncMode.values()), Stream.of(RecordSyncMode.values()))
          .map(SyncMode::word)
          .distinct()
          .toList();

  private static final Setting<Optional<String>> SCHEMA =
      Setting.text("$schema", "Schema").optional();
  private static final Setting<String> MODE =
      Setting.text("mode", "Mode")
          .pattern(String.join("|", MODES), "one of \"" + String.join("\", \"", MODES) + "\"")
          .required();
  private static final SettingsSpec TOP = SettingsSpec.of(SCHEMA, Sections.NAME, MODE);

  final List<Violation> violations = new ArrayList<>();
  final @Nullable SourceSection source;
  final @Nullable String connector;
  final @Nullable Map<String, Object> connection;
  final @Nullable Map<String, Object> target;
  final @Nullable Settings top;
  final @Nullable String mode;
  final List<String> key;
  final @Nullable List<FieldMapping> mapping;
  final @Nullable Settings delivery;
  final boolean adaptive;
  final @Nullable Settings removals;
  final @Nullable Settings rejected;
  final @Nullable Settings schedule;
  final @Nullable Settings history;
  final List<NotifySection> notifications;

  private final Map<String, Object> document;
  private final Path folder;

  Shape(Map<String, Object> document, Path folder) {
    this.document = document;
    this.folder = folder;
    unknownNames(document, NAMES, "");
    Map<String, Object> flat = new LinkedHashMap<>(document);
    flat.keySet().retainAll(TOP.settings().stream().map(Setting::name).toList());
    top = settings(TOP, flat, "");
    violations.replaceAll(this::asked);
    mode = document.get("mode") instanceof String word && MODES.contains(word) ? word : null;
    source = source(object(document, "source", "", "where the audience comes from"));
    Map<String, Object> destination = object(document, "destination", "", "where it goes");
    if (destination == null) {
      connector = null;
      connection = null;
      target = null;
    } else {
      unknownNames(destination, List.of("connector", "connection", "target"), "/destination");
      connector = connector(destination);
      connection = object(destination, "connection", "/destination", null);
      target = object(destination, "target", "/destination", null);
    }
    key = key();
    mapping = mapping();
    Map<String, Object> sending = object(document, "delivery", "", null);
    String inFlight = Sections.MAX_IN_FLIGHT.name();
    adaptive = sending != null && Sections.ADAPTIVE.equals(sending.get(inFlight));
    delivery = delivery(sending, inFlight);
    removals = section("removals", Sections.REMOVALS);
    rejected = section("rejected", Sections.REJECTED);
    schedule = section("schedule", Sections.SCHEDULE);
    history = section("history", Sections.HISTORY);
    List<?> told = list("notify");
    notifications = told == null ? List.of() : NotifySection.read(told, folder, violations);
  }

  /** The manifest, if nothing is wrong with its form. */
  SyncManifest manifest(Path file) {
    Settings named = right(top);
    Map<String, Object> said = new LinkedHashMap<>(document);
    said.keySet().removeAll(List.of("$schema", "delivery", "schedule", "history", "notify"));
    return new SyncManifest(
        file,
        named.get(Sections.NAME),
        right(source),
        new SyncManifest.DestinationSection(right(connector), right(connection), right(target)),
        named.get(MODE),
        key,
        right(mapping),
        SyncManifest.Delivery.of(right(delivery), adaptive),
        SyncManifest.Removals.of(right(removals)),
        SyncManifest.Rejected.of(right(rejected)),
        right(schedule).get(Sections.EVERY).orElse(null),
        SyncManifest.History.of(right(history)),
        notifications,
        JsonWriter.canonical(said));
  }

  private static <T> T right(@Nullable T part) {
    return Objects.requireNonNull(part, "asked for before the violations were looked at");
  }

  private @Nullable SourceSection source(@Nullable Map<String, Object> section) {
    if (section == null) {
      return null;
    }
    Map<String, Object> rest = new LinkedHashMap<>(section);
    Object raw = rest.remove("type");
    Settings type =
        settings(
            SettingsSpec.of(Sections.SOURCE_TYPE),
            raw == null ? Map.of() : Map.of("type", raw),
            "/source");
    if (type == null) {
      return null;
    }
    return switch (type.get(Sections.SOURCE_TYPE)) {
      case FILE -> file(rest);
      case SQL -> sql(rest);
      case CONNECTOR -> stream(rest);
    };
  }

  private @Nullable SourceSection file(Map<String, Object> section) {
    Settings s = settings(Sections.FILE, section, "/source");
    return s == null
        ? null
        : new SourceSection.File(
            s.get(Sections.FILE_PATH), s.get(Sections.FILE_QUERY).orElse(null));
  }

  private @Nullable SourceSection sql(Map<String, Object> section) {
    List<Violation> wrong = References.violations(Sections.SQL, section, folder);
    violations.addAll(Plain.under("/source", wrong));
    return wrong.isEmpty() ? new SourceSection.Sql(section) : null;
  }

  private @Nullable SourceSection stream(Map<String, Object> section) {
    Map<String, Object> settings = object(section, "settings", "/source", null);
    List<String> names = new ArrayList<>();
    Sections.CONNECTOR.settings().forEach(setting -> names.add(setting.name()));
    section.remove("settings");
    Map<String, Object> known = new LinkedHashMap<>(section);
    known.keySet().retainAll(names);
    names.add("settings");
    int before = violations.size();
    unknownNames(section, names, "/source");
    boolean misspelt = violations.size() > before;
    Settings s = settings(Sections.CONNECTOR, known, "/source");
    return s == null || settings == null || misspelt
        ? null
        : new SourceSection.Connector(
            s.get(Sections.SOURCE_CONNECTOR),
            s.get(Sections.STREAM),
            settings,
            s.get(Sections.STREAM_QUERY).orElse(null));
  }

  private @Nullable String connector(Map<String, Object> destination) {
    Map<String, Object> flat = new LinkedHashMap<>(destination);
    flat.keySet().retainAll(List.of("connector"));
    Settings s = settings(SettingsSpec.of(Sections.DESTINATION_CONNECTOR), flat, "/destination");
    return s == null ? null : s.get(Sections.DESTINATION_CONNECTOR);
  }

  private List<String> key() {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<?> raw = list("key");
    for (int i = 0; raw != null && i < raw.size(); i++) {
      if (!(raw.get(i) instanceof String name) || name.isBlank()) {
        wrong("/key/" + i, "manifest.type", "A key is a list of names of fields.");
      } else if (!seen.add(name)) {
        wrong("/key/" + i, "manifest.key-twice", "\"" + name + "\" stands twice in the key.");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  private @Nullable List<FieldMapping> mapping() {
    int before = violations.size();
    List<FieldMapping> mappings = new ArrayList<>();
    List<?> raw = list("mapping");
    for (int i = 0; raw != null && i < raw.size(); i++) {
      String at = "/mapping/" + i;
      if (!(raw.get(i) instanceof Map<?, ?> entry)) {
        wrong(at, "manifest.type", "A mapping is an object with a \"column\" and a \"field\".");
        continue;
      }
      Settings s = settings(Sections.MAPPING, Plain.object(entry), at);
      if (s != null) {
        String field = s.get(Sections.FIELD);
        mappings.add(
            s.get(Sections.COLUMN)
                .<FieldMapping>map(column -> new FieldMapping.Column(column, field))
                .orElseGet(
                    () ->
                        new FieldMapping.Constant(s.get(Sections.CONSTANT).orElseThrow(), field)));
      }
    }
    return violations.size() == before ? mappings : null;
  }

  private @Nullable List<?> list(String name) {
    Object raw = document.get(name);
    if (raw == null) {
      return null;
    }
    if (raw instanceof List<?> list && !list.isEmpty()) {
      return list;
    }
    wrong(
        "/" + name,
        "manifest.type",
        "\"" + name + "\" must be a list with at least one entry, or be left out.");
    return null;
  }

  private @Nullable Settings delivery(@Nullable Map<String, Object> section, String inFlight) {
    if (section == null) {
      return null;
    }
    Map<String, Object> numbers = new LinkedHashMap<>(section);
    if (numbers.get(inFlight) instanceof String word) {
      numbers.remove(inFlight);
      if (!adaptive) {
        wrong(
            "/delivery/" + inFlight,
            "manifest.in-flight-word",
            inFlight + " is a number or \"" + Sections.ADAPTIVE + "\", not \"" + word + "\".");
      }
    }
    if (!adaptive && numbers.containsKey(Sections.CEILING.name())) {
      wrong(
          "/delivery/" + Sections.CEILING.name(),
          "manifest.ceiling",
          "A ceiling goes with \"" + inFlight + "\": \"" + Sections.ADAPTIVE + "\" only.");
    }
    return settings(Sections.DELIVERY, numbers, "/delivery");
  }

  private @Nullable Settings section(String name, SettingsSpec spec) {
    Map<String, Object> section = object(document, name, "", null);
    return section == null ? null : settings(spec, section, "/" + name);
  }

  /** A member that is an object; an empty one where it may be left out; null if it is wrong. */
  private @Nullable Map<String, Object> object(
      Map<String, Object> parent, String name, String at, @Nullable String needed) {
    Object raw = parent.get(name);
    if (raw instanceof Map<?, ?> object) {
      return Plain.object(object);
    }
    if (raw == null && needed == null) {
      return Map.of();
    }
    if (raw == null) {
      wrong(
          at + "/" + name,
          "manifest.missing",
          "A manifest needs \"" + name + "\": " + needed + ".");
    } else {
      wrong(at + "/" + name, "manifest.type", "\"" + name + "\" must be an object: { … }.");
    }
    return null;
  }

  private @Nullable Settings settings(SettingsSpec spec, Map<String, ?> values, String at) {
    Parsed<Settings> parsed = Plain.under(at, spec.settings(values, folder));
    violations.addAll(parsed.violations());
    return parsed.violations().isEmpty() ? parsed.orThrow() : null;
  }

  /** Asks a spec of the known names, so that the words and the nearest name are the same here. */
  private void unknownNames(Map<String, Object> object, List<String> known, String at) {
    Map<String, Object> unknown = new LinkedHashMap<>(object);
    unknown.keySet().removeAll(known);
    SettingsSpec names =
        SettingsSpec.of(
            known.stream()
                .map(name -> Setting.text(name, name).optional())
                .toArray(Setting<?>[]::new));
    violations.addAll(Plain.under(at, names.violations(unknown, folder)));
  }

  /** A mode that there is not is a text in the wrong form; only here the words are known. */
  private Violation asked(Violation violation) {
    return violation.pointer().equals("/mode") && document.get("mode") instanceof String word
        ? new Violation(
            violation.pointer(),
            violation.code(),
            violation.message() + Nearest.question(word, MODES))
        : violation;
  }

  private void wrong(String pointer, String code, String message) {
    violations.add(new Violation(pointer, code, message));
  }
}
