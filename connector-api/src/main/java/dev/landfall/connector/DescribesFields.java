package dev.landfall.connector;

import dev.landfall.connector.sync.FieldSpec;
import java.util.List;

/** A {@link Destination} that can say which fields a target has (schema introspection). */
public interface DescribesFields {

  /**
   * Asks the destination for the fields of a target.
   *
   * @param request the settings of the target
   * @return the fields in the destination's order
   * @throws ConnectorException if the destination cannot be asked
   */
  List<FieldSpec> fields(CheckRequest request);
}
