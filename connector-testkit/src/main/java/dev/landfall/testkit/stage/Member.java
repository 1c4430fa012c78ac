package dev.landfall.testkit.stage;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Somebody that a scenario delivers.
 *
 * @param label what messages call them: {@code member 3}
 * @param values by field
 * @param name how the system names them
 */
public record Member(String label, Map<String, Object> values, String name) {

  /** Copies the values. */
  public Member {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The row that carries them.
   *
   * @param schema the fields
   * @return a row; a field without a value is null
   */
  public Row row(RowSchema schema) {
    return Row.of(schema, schema.fields().stream().map(FieldSpec::name).map(values::get).toArray());
  }

  @Override
  public String toString() {
    return label;
  }
}
