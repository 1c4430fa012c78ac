package dev.landfall.host.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rows look like, by name: enough to make rows of kept texts again in another process.
 *
 * @param fields the names of the fields, in the order of a row's values
 * @param key the names of the key fields
 * @param free the types of those fields that the connector leaves to the sync
 */
public record RowShape(
    List<String> fields,
    List<String> key,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, FieldType> free) {

  /** The shape before anything is known of it. */
  public static final RowShape NONE = new RowShape(List.of(), List.of(), Map.of());

  /** Copies lists and map. */
  public RowShape {
    fields = List.copyOf(fields);
    key = List.copyOf(key);
    // Shapes that were written when no connector had free fields do not name them.
    free = free == null ? Map.of() : new TreeMap<>(free);
  }

  /** The shape of a schema's rows. */
  public static RowShape of(RowSchema schema, DestinationDescriptor descriptor) {
    Map<String, FieldType> free = new TreeMap<>();
    for (FieldSpec field : schema.fields()) {
      if (descriptor.field(field.name()).isEmpty()) {
        free.put(field.name(), field.type());
      }
    }
    return new RowShape(schema.fields().stream().map(FieldSpec::name).toList(), schema.key(), free);
  }

  /**
   * The schema, as a connector types the fields.
   *
   * @throws IllegalArgumentException if the connector has one of the fields no more
   */
  public RowSchema schema(DestinationDescriptor descriptor) {
    return new RowSchema(
        fields.stream()
            .map(name -> descriptor.fieldOrFree(name, free.getOrDefault(name, FieldType.TEXT)))
            .toList(),
        key);
  }
}
