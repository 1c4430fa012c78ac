package dev.landfall.host.manifest;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldType;
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
  private final List<Violation> violations = new ArrayList<>();

  private Fit(Shape shape, DestinationDescriptor descriptor) {
    this.shape = shape;
    this.descriptor = descriptor;
  }

  static List<Violation> violations(Shape shape, DestinationDescriptor descriptor, Path folder) {
    Fit fit = new Fit(shape, descriptor);
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
   * Without the source, its columns are taken for granted; a missing one is found when it is read.
   */
  private void mapping() {
    List<FieldMapping> mapping = shape.mapping;
    if (mapping == null || mapping.isEmpty()) {
      return;
    }
    Map<String, FieldType> columns = new LinkedHashMap<>();
    for (FieldMapping one : mapping) {
      if (one instanceof FieldMapping.Column column) {
        columns.put(column.column(), FieldType.TEXT);
      }
    }
    boolean keyReported = shape.key.isEmpty() && descriptor.keyField().isEmpty();
    FieldMapping.bind(mapping, columns, descriptor, shape.key).violations().stream()
        .filter(v -> !keyReported || !v.code().equals("mapping.key-missing"))
        .forEach(v -> violations.add(v.under("/mapping")));
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
