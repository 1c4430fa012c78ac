package dev.landfall.host.ledger;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.sync.RowSchema;
import java.util.List;

/**
 * What rows look like, by name: enough to make rows of kept texts again in another process.
 *
 * @param fields the names of the fields, in the order of a row's values
 * @param key the names of the key fields
 */
public record RowShape(List<String> fields, List<String> key) {

  /** Copies the lists. */
  public RowShape {
    fields = List.copyOf(fields);
    key = List.copyOf(key);
  }

  /** The shape of a schema's rows. */
  public static RowShape of(RowSchema schema) {
    return new RowShape(schema.fields().stream().map(f -> f.name()).toList(), schema.key());
  }

  /**
   * The schema, as a connector types the fields.
   *
   * @throws IllegalArgumentException if the connector has one of the fields no more
   */
  public RowSchema schema(DestinationDescriptor descriptor) {
    return new RowSchema(fields.stream().map(name -> descriptor.fieldOrFree(name)).toList(), key);
  }
}
