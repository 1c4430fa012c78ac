package dev.landfall.connector;

import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Enough to open the same session in another process: plain data, with secrets as references
 * ({@code {"env": …}} or {@code {"file": …}}), so that it may be stored or sent.
 *
 * @param connector the connector's id
 * @param connection the connection's raw values by name; String, Long, Boolean, or a reference
 * @param target the target's raw values by name
 * @param mode the mode's word
 * @param fields the fields by name, in the order of a row's values, with the types of their values;
 *     copied in that order
 * @param key the names of the key fields
 */
public record SessionSpec(
    String connector,
    Map<String, Serializable> connection,
    Map<String, Serializable> target,
    String mode,
    Map<String, FieldType> fields,
    List<String> key)
    implements Serializable {

  /** Copies the maps, in their order, and the lists. */
  public SessionSpec {
    Objects.requireNonNull(connector, "connector");
    Objects.requireNonNull(mode, "mode");
    connection = Collections.unmodifiableMap(new LinkedHashMap<>(connection));
    target = Collections.unmodifiableMap(new LinkedHashMap<>(target));
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    key = List.copyOf(key);
  }

  /**
   * The schema of the rows: fields that a connector's descriptor knows are as it says, free ones
   * have the types they were given.
   *
   * @param descriptor the connector's descriptor
   * @return the schema
   * @throws IllegalArgumentException if the descriptor knows a field not, and has no free fields
   */
  public RowSchema schema(DestinationDescriptor descriptor) {
    return new RowSchema(
        fields.entrySet().stream()
            .map(field -> descriptor.fieldOrFree(field.getKey(), field.getValue()))
            .toList(),
        key);
  }
}
