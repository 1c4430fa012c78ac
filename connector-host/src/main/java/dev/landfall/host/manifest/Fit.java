package dev.landfall.host.manifest;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a manifest fits the connector it names. */
final class Fit {

  /** A connection's setting of this name bounds how long one call can take. */
  private static final String TOTAL_TIME_LIMIT = "totalTimeLimit";

  private final Shape shape;
  private final DestinationDescriptor descriptor;

  /** The columns of the source, where they are known without reading it. */
  private final Optional<Map<String, FieldType>> columns;

  private final List<Violation> violations = new ArrayList<>();

  private Fit(
      Shape shape, DestinationDescriptor descriptor, Optional<Map<String, FieldType>> columns) {
    this.shape = shape;
    this.descriptor = descriptor;
    this.columns = columns;
  }

  static List<Violation> violations(
      Shape shape,
      DestinationDescriptor descriptor,
      Optional<SourceDescriptor> source,
      Path folder) {
    Fit fit = new Fit(shape, descriptor, source.flatMap(s -> columns(shape, s)));
    if (shape.connection != null) {
      fit.violations.addAll(
          Plain.under(
              "/destination/connection",
              References.violations(descriptor.connection(), shape.connection, folder)));
    }
    if (shape.target != null) {
      fit.violations.addAll(
          Plain.under(
              "/destination/target",
              References.violations(descriptor.target(), shape.target, folder)));
    }
    fit.mode();
    fit.key();
    fit.mapping();
    if (shape.delivery != null) {
      fit.delivery(shape.delivery);
    }
    return fit.violations;
  }

  private static Optional<Map<String, FieldType>> columns(Shape shape, SourceDescriptor source) {
    return shape.source instanceof SourceSection.Connector section && section.query() == null
        ? source.stream(section.stream()).map(stream -> types(stream.schema()))
        : Optional.empty();
  }

  private static Map<String, FieldType> types(RowSchema schema) {
    Map<String, FieldType> types = new LinkedHashMap<>();
    schema.fields().forEach(field -> types.put(field.name(), field.type()));
    return types;
  }

  private void mode() {
    if (shape.mode != null && SyncMode.parse(shape.mode, descriptor.modes()).isEmpty()) {
      wrong(
          "/mode",
          "manifest.mode",
          descriptor.name()
              + " has no mode \""
              + shape.mode
              + "\"; it has "
              + descriptor.modes().stream()
                  .map(m -> "\"" + m.word() + "\"")
                  .collect(Collectors.joining(", "))
              + "."
              + Nearest.question(
                  shape.mode, descriptor.modes().stream().map(SyncMode::word).toList()));
    }
  }

  private void key() {
    Optional<String> fixed = descriptor.keyField();
    if (shape.key.isEmpty() && fixed.isEmpty()) {
      wrong(
          "/key",
          "manifest.key-missing",
          "A sync of records names the fields of their key: \"key\": [\"…\"].");
    } else if (fixed.isPresent()
        && !shape.key.isEmpty()
        && !shape.key.equals(List.of(fixed.get()))) {
      wrong(
          "/key",
          "manifest.key-fixed",
          "The key of " + descriptor.name() + " is \"" + fixed.get() + "\"; leave \"key\" out.");
    }
  }

  /**
   * Where the source's columns are not known, they are taken for granted; a missing one is found
   * when it is read.
   */
  private void mapping() {
    List<FieldMapping> mapping = shape.mapping;
    if (mapping == null) {
      return;
    }
    if (mapping.isEmpty()) {
      columns.ifPresent(this::ownNames);
      return;
    }
    Map<String, FieldType> named = new LinkedHashMap<>();
    for (FieldMapping one : mapping) {
      if (one instanceof FieldMapping.Column column) {
        named.put(column.column(), FieldType.TEXT);
      }
    }
    boolean keyReported = shape.key.isEmpty() && descriptor.keyField().isEmpty();
    FieldMapping.bind(mapping, columns.orElse(named), descriptor, shape.key).violations().stream()
        .filter(v -> !keyReported || !v.code().equals("mapping.key-missing"))
        .forEach(v -> violations.add(v.under("/mapping")));
  }

  /**
   * Without a mapping, each column goes to the field of its name; those of the key must be there.
   */
  private void ownNames(Map<String, FieldType> known) {
    List<String> key = shape.key.isEmpty() ? descriptor.keyField().stream().toList() : shape.key;
    for (int i = 0; i < key.size(); i++) {
      if (!known.containsKey(key.get(i))) {
        wrong(
            shape.key.isEmpty() ? "/mapping" : "/key/" + i,
            "mapping.key-missing",
            "The key \"%s\" is filled by no column; the source has %s.%s"
                .formatted(
                    key.get(i),
                    String.join(", ", known.keySet()),
                    Nearest.question(key.get(i), known.keySet())));
      }
    }
  }

  private void delivery(Settings delivery) {
    delivery
        .get(Sections.BATCH_SIZE)
        .filter(size -> size > descriptor.largestBatch())
        .ifPresent(
            size ->
                wrong(
                    "/delivery/batchSize",
                    "manifest.batch-size",
                    descriptor.name()
                        + " takes at most "
                        + descriptor.largestBatch()
                        + " rows in one call, not "
                        + size
                        + "."));
    Setting<?> named = shape.adaptive ? Sections.CEILING : Sections.MAX_IN_FLIGHT;
    long inFlight =
        shape.adaptive
            ? delivery.get(Sections.CEILING).orElse(1L)
            : delivery.get(Sections.MAX_IN_FLIGHT);
    if (inFlight > descriptor.callsInFlight()) {
      wrong(
          "/delivery/" + named.name(),
          "manifest.in-flight",
          descriptor.name()
              + " bears at most "
              + descriptor.callsInFlight()
              + " calls in flight, not "
              + inFlight
              + ".");
    }
    Duration settle = delivery.get(Sections.SETTLE);
    totalTimeLimit()
        .map(limit -> limit.multipliedBy(2))
        .filter(least -> settle.compareTo(least) < 0)
        .ifPresent(
            least ->
                wrong(
                    "/delivery/settle",
                    "manifest.settle-too-short",
                    "settle must be at least "
                        + least
                        + ", twice the connection's "
                        + TOTAL_TIME_LIMIT
                        + ", so that a request that takes effect late is still told from others."));
  }

  private Optional<Duration> totalTimeLimit() {
    Map<String, Object> connection = Objects.requireNonNullElse(shape.connection, Map.of());
    return descriptor
        .connection()
        .find(TOTAL_TIME_LIMIT)
        .filter(setting -> setting.kind() == Setting.Kind.DURATION)
        .flatMap(
            setting ->
                connection.containsKey(TOTAL_TIME_LIMIT)
                    ? Optional.ofNullable(connection.get(TOTAL_TIME_LIMIT))
                    : setting.defaultValue())
        .flatMap(Fit::duration);
  }

  /** A text that is no duration is a violation of the connection's own, and a reference unknown. */
  private static Optional<Duration> duration(Object raw) {
    try {
      return raw instanceof String text ? Optional.of(Duration.parse(text)) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private void wrong(String pointer, String code, String message) {
    violations.add(new Violation(pointer, code, message));
  }
}
