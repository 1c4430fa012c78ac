package dev.landfall.connector;

import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.SyncMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a destination connector is and can do; the catalogue entry is made of it. Immutable; every
 * list keeps the order of declaration.
 */
public final class DestinationDescriptor {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+([-+][0-9A-Za-z.-]+)?");

  private final String id;
  private final String name;
  private final String version;
  private final @Nullable URI documentation;
  private final SettingsSpec connection;
  private final SettingsSpec target;
  private final List<Setting<?>> identity;
  private final List<SyncMode> modes;
  private final List<FieldSpec> fields;
  private final List<String> defaultFields;
  private final boolean freeFields;
  private final @Nullable String keyField;
  private final int largestBatch;
  private final int recommendedBatch;
  private final int callsInFlight;
  private final List<ChangeKind> idempotentKinds;

  private DestinationDescriptor(Builder b) {
    id = b.id;
    name = b.name;
    version = b.version;
    documentation = b.documentation;
    connection = b.connection;
    target = b.target;
    identity = List.copyOf(b.identity);
    modes = List.copyOf(b.modes);
    fields = List.copyOf(b.fields);
    defaultFields = List.copyOf(b.defaultFields);
    freeFields = b.freeFields;
    keyField = b.keyField;
    largestBatch = b.largestBatch;
    recommendedBatch = b.recommendedBatch;
    callsInFlight = b.callsInFlight;
    idempotentKinds = List.copyOf(b.idempotentKinds);
  }

  /**
   * A builder for a connector without settings, modes or fields yet; one row a batch, one call in
   * flight, nothing idempotent.
   *
   * @param id the word in a manifest: lower case, digits and hyphens, at most 63 characters
   * @param name the name a person sees
   * @param version three numbers with dots, as in semantic versioning
   * @return a builder
   */
  public static Builder builder(String id, String name, String version) {
    return new Builder(id, name, version);
  }

  /**
   * The word in a manifest.
   *
   * @return lower case, stable
   */
  public String id() {
    return id;
  }

  /**
   * The name a person sees.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The connector's version.
   *
   * @return three numbers with dots
   */
  public String version() {
    return version;
  }

  /**
   * Where the connector is documented.
   *
   * @return an address, if there is one
   */
  public Optional<URI> documentation() {
    return Optional.ofNullable(documentation);
  }

  /**
   * The settings of a connection.
   *
   * @return the spec
   */
  public SettingsSpec connection() {
    return connection;
  }

  /**
   * The settings of a target.
   *
   * @return the spec
   */
  public SettingsSpec target() {
    return target;
  }

  /**
   * The settings, of the connection and of the target, that say <em>which</em> target this is: two
   * syncs write to the same members exactly if these are equal (in their canonical form).
   *
   * @return the settings, those of the connection first
   */
  public List<Setting<?>> identity() {
    return identity;
  }

  /**
   * The modes a sync may have; all of them audience modes, or all of them record modes.
   *
   * @return the modes
   */
  public List<SyncMode> modes() {
    return modes;
  }

  /**
   * The fields that are known beforehand.
   *
   * @return the fields
   */
  public List<FieldSpec> fields() {
    return fields;
  }

  /**
   * The fields that a new mapping starts with.
   *
   * @return names of fields
   */
  public List<String> defaultFields() {
    return defaultFields;
  }

  /**
   * Whether a mapping may fill fields that are not among {@link #fields()}.
   *
   * @return true if any name is a field
   */
  public boolean freeFields() {
    return freeFields;
  }

  /**
   * The field that names the member; a record destination leaves the key to the manifest.
   *
   * @return the name of a field, if the connector fixes it
   */
  public Optional<String> keyField() {
    return Optional.ofNullable(keyField);
  }

  /**
   * How many rows one batch may have at the most.
   *
   * @return at least 1
   */
  public int largestBatch() {
    return largestBatch;
  }

  /**
   * How many rows a batch has unless a manifest says otherwise.
   *
   * @return between 1 and the largest batch
   */
  public int recommendedBatch() {
    return recommendedBatch;
  }

  /**
   * How many calls of {@code deliver} a session bears at once.
   *
   * @return at least 1
   */
  public int callsInFlight() {
    return callsInFlight;
  }

  /**
   * The kinds of change that do no harm when they are applied twice.
   *
   * @return the kinds; a host sends an unknown outcome again only for these
   */
  public List<ChangeKind> idempotentKinds() {
    return idempotentKinds;
  }

  /**
   * Finds a known field.
   *
   * @param fieldName its name
   * @return the field, or empty
   */
  public Optional<FieldSpec> field(String fieldName) {
    return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst();
  }

  /**
   * A known field, or a free one of some type.
   *
   * @param fieldName its name
   * @param type the type of its values, if the field is free
   * @return the field
   * @throws IllegalArgumentException if it is not known and the connector has no free fields
   */
  public FieldSpec fieldOrFree(String fieldName, FieldType type) {
    return field(fieldName)
        .orElseGet(
            () -> {
              if (!freeFields) {
                throw new IllegalArgumentException(id + " has no field " + fieldName);
              }
              return FieldSpec.of(fieldName, type);
            });
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DestinationDescriptor that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return id + " " + version;
  }

  private List<Object> parts() {
    return List.of(
        id,
        name,
        version,
        documentation(),
        connection.settings(),
        target.settings(),
        identity,
        modes,
        fields,
        defaultFields,
        freeFields,
        keyField(),
        largestBatch,
        recommendedBatch,
        callsInFlight,
        idempotentKinds);
  }

  /** Builds a descriptor. */
  public static final class Builder {
    private final String id;
    private final String name;
    private final String version;
    private @Nullable URI documentation;
    private SettingsSpec connection = SettingsSpec.of();
    private SettingsSpec target = SettingsSpec.of();
    private List<Setting<?>> identity = List.of();
    private List<SyncMode> modes = List.of();
    private final List<FieldSpec> fields = new ArrayList<>();
    private List<String> defaultFields = List.of();
    private boolean freeFields;
    private @Nullable String keyField;
    private int largestBatch = 1;
    private int recommendedBatch = 1;
    private int callsInFlight = 1;
    private List<ChangeKind> idempotentKinds = List.of();

    private Builder(String id, String name, String version) {
      this.id = id;
      this.name = name;
      this.version = version;
    }

    /**
     * Sets where the connector is documented.
     *
     * @param value an address
     * @return this builder
     */
    public Builder documentation(URI value) {
      documentation = value;
      return this;
    }

    /**
     * Sets the settings of a connection.
     *
     * @param value the spec
     * @return this builder
     */
    public Builder connection(SettingsSpec value) {
      connection = value;
      return this;
    }

    /**
     * Sets the settings of a target.
     *
     * @param value the spec
     * @return this builder
     */
    public Builder target(SettingsSpec value) {
      target = value;
      return this;
    }

    /**
     * Sets which settings say which target this is.
     *
     * @param values settings of the connection, then of the target
     * @return this builder
     */
    public Builder identity(Setting<?>... values) {
      identity = List.of(values);
      return this;
    }

    /**
     * Declares an audience destination.
     *
     * @param values its modes
     * @return this builder
     */
    public Builder modes(AudienceSyncMode... values) {
      modes = List.of(values);
      return this;
    }

    /**
     * Declares a record destination.
     *
     * @param values its modes
     * @return this builder
     */
    public Builder modes(RecordSyncMode... values) {
      modes = List.of(values);
      return this;
    }

    /**
     * Adds a field.
     *
     * @param value the field
     * @return this builder
     */
    public Builder field(FieldSpec value) {
      fields.add(value);
      return this;
    }

    /**
     * Sets the fields that a new mapping starts with.
     *
     * @param names names of fields
     * @return this builder
     */
    public Builder defaultFields(String... names) {
      defaultFields = List.of(names);
      return this;
    }

    /**
     * Allows fields of any name.
     *
     * @return this builder
     */
    public Builder freeFields() {
      freeFields = true;
      return this;
    }

    /**
     * Fixes the field that names the member.
     *
     * @param fieldName the name of a field
     * @return this builder
     */
    public Builder keyField(String fieldName) {
      keyField = fieldName;
      return this;
    }

    /**
     * Sets the size of batches.
     *
     * @param recommended how many rows a batch has by default
     * @param largest how many it may have at the most
     * @return this builder
     */
    public Builder batch(int recommended, int largest) {
      recommendedBatch = recommended;
      largestBatch = largest;
      return this;
    }

    /**
     * Sets how many calls a session bears at once.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder callsInFlight(int value) {
      callsInFlight = value;
      return this;
    }

    /**
     * Declares kinds of change that do no harm when they are applied twice.
     *
     * @param values the kinds
     * @return this builder
     */
    public Builder idempotent(ChangeKind... values) {
      idempotentKinds = List.of(values);
      return this;
    }

    /**
     * Builds the descriptor.
     *
     * @return a descriptor
     * @throws IllegalArgumentException if a part has another form than its method says, or names a
     *     setting or a field that does not exist
     */
    public DestinationDescriptor build() {
      Objects.requireNonNull(name, "name");
      require(ID.matcher(id).matches(), "The id %s must be lower case, digits and hyphens", id);
      require(VERSION.matcher(version).matches(), "The version %s must be like 1.2.3", version);
      require(!modes.isEmpty(), "%s declares no mode", id);
      require(
          largestBatch >= 1 && recommendedBatch >= 1 && recommendedBatch <= largestBatch,
          "The batch sizes of %s must be 1 <= recommended <= largest",
          id);
      require(callsInFlight >= 1, "%s must bear at least one call in flight", id);
      for (Setting<?> setting : identity) {
        require(
            connection.settings().contains(setting) || target.settings().contains(setting),
            "%s is part of the identity but of no spec",
            setting);
      }
      List<String> names = fields.stream().map(FieldSpec::name).toList();
      require(
          freeFields || names.containsAll(defaultFields), "A default field of %s is unknown", id);
      require(keyField == null || names.contains(keyField), "The key field of %s is unknown", id);
      require(
          keyField != null || !(modes.get(0) instanceof AudienceSyncMode),
          "%s holds audiences and must name its key field",
          id);
      return new DestinationDescriptor(this);
    }

    private static void require(boolean holds, String message, Object subject) {
      if (!holds) {
        throw new IllegalArgumentException(message.formatted(subject));
      }
    }
  }
}
