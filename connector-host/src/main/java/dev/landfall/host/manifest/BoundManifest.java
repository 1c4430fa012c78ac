package dev.landfall.host.manifest;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SessionSpec;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that fits its connector. Immutable; still without a secret, until {@link #settings} is
 * asked.
 *
 * @param manifest what was written
 * @param descriptor the destination connector that it names
 * @param source the source connector that it names, if it does
 */
public record BoundManifest(
    SyncManifest manifest, DestinationDescriptor descriptor, Optional<SourceDescriptor> source) {

  /**
   * Everything that a connector is opened with.
   *
   * @param connection how to reach the system, secrets included
   * @param target what in it to write to
   */
  public record DestinationSettings(ConnectionSettings connection, TargetSettings target) {
    /** Requires both. */
    public DestinationSettings {
      Objects.requireNonNull(connection, "connection");
      Objects.requireNonNull(target, "target");
    }
  }

  /** Requires both. */
  public BoundManifest {
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(descriptor, "descriptor");
    Objects.requireNonNull(source, "source");
  }

  /**
   * What the sync does.
   *
   * @return the mode, one that the connector declares
   */
  public SyncMode mode() {
    return SyncMode.parse(manifest.mode(), descriptor.modes()).orElseThrow();
  }

  /**
   * How many rows a batch has.
   *
   * @return the manifest's number, else the connector's recommendation
   */
  public int batchSize() {
    Integer size = manifest.delivery().batchSize();
    return size == null ? descriptor.recommendedBatch() : size;
  }

  /**
   * How many batches may be under way at once, at the most.
   *
   * @return the manifest's number, else what the connector bears
   */
  public int maxInFlight() {
    Integer most = manifest.delivery().maxInFlight();
    return most == null ? descriptor.callsInFlight() : most;
  }

  /**
   * Fetches the secrets, and reads the settings with them. The only method that does.
   *
   * @param environment gives a variable's value, or null if it is not set; {@code System::getenv}
   *     outside of tests
   * @return the settings; or all violations, with pointers into the manifest
   */
  public Parsed<DestinationSettings> settings(Function<String, @Nullable String> environment) {
    References references = new References(environment, manifest.folder());
    SyncManifest.DestinationSection section = manifest.destination();
    Parsed<ConnectionSettings> connection =
        Plain.under(
            "/destination/connection",
            references.read(
                descriptor.connection(),
                section.connection(),
                descriptor.connection()::connection));
    Parsed<TargetSettings> target =
        Plain.under(
            "/destination/target",
            references.read(descriptor.target(), section.target(), descriptor.target()::target));
    List<Violation> violations = new ArrayList<>(connection.violations());
    violations.addAll(target.violations());
    return violations.isEmpty()
        ? Parsed.of(new DestinationSettings(connection.orThrow(), target.orThrow()))
        : Parsed.wrong(violations);
  }

  /**
   * Fetches the addresses of webhooks.
   *
   * @param environment as in {@link #settings}
   * @return an address for each notification of the manifest, in their order, empty where it runs a
   *     command; or all violations, with pointers into the manifest
   */
  public Parsed<List<Optional<Secret>>> webhooks(Function<String, @Nullable String> environment) {
    References references = new References(environment, manifest.folder());
    List<Optional<Secret>> addresses = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < manifest.notifications().size(); i++) {
      Map<String, Object> raw = manifest.notifications().get(i).webhook();
      Parsed<Settings> read =
          Plain.under(
              "/notify/" + i,
              references.read(
                  NotifySection.spec(),
                  raw,
                  (values, folder) -> NotifySection.spec().settings(values, folder)));
      violations.addAll(read.violations());
      if (read.violations().isEmpty()) {
        addresses.add(read.orThrow().get(Sections.WEBHOOK));
      }
    }
    return violations.isEmpty() ? Parsed.of(addresses) : Parsed.wrong(violations);
  }

  /**
   * What opens the same session elsewhere: references instead of secrets, with absolute paths.
   *
   * @param schema the fields of the rows
   * @return plain data, fit to be stored or sent
   */
  public SessionSpec sessionSpec(RowSchema schema) {
    return new SessionSpec(
        descriptor.id(),
        portable(descriptor.connection(), manifest.destination().connection()),
        portable(descriptor.target(), manifest.destination().target()),
        manifest.mode(),
        types(schema),
        schema.key());
  }

  private static Map<String, FieldType> types(RowSchema schema) {
    Map<String, FieldType> types = new LinkedHashMap<>();
    schema.fields().forEach(field -> types.put(field.name(), field.type()));
    return types;
  }

  private Map<String, Serializable> portable(SettingsSpec spec, Map<String, Object> values) {
    Map<String, Serializable> portable = new LinkedHashMap<>();
    values.forEach(
        (name, raw) -> {
          Object value =
              raw instanceof Map<?, ?> reference
                  ? reference(reference)
                  : spec.find(name).map(s -> s.portable(raw, manifest.folder())).orElse(raw);
          portable.put(name, (Serializable) value);
        });
    return portable;
  }

  private Serializable reference(Map<?, ?> reference) {
    LinkedHashMap<String, String> portable = new LinkedHashMap<>();
    reference.forEach(
        (kind, where) ->
            portable.put(
                (String) kind, kind.equals("file") ? absolute((String) where) : (String) where));
    return portable;
  }

  private String absolute(String path) {
    return manifest.folder().resolve(path).toString();
  }
}
