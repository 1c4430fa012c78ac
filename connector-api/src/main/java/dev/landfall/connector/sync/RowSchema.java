package dev.landfall.connector.sync;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of a row, in order, and which of them are the key.
 *
 * @param fields the fields, in the order of a row's values; copied
 * @param key the names of the key fields; copied
 */
public record RowSchema(List<FieldSpec> fields, List<String> key) {

  /**
   * Checks that names are unique and the key is made of fields.
   *
   * @throws IllegalArgumentException if a name stands twice, or the key names no field
   */
  public RowSchema {
    fields = List.copyOf(fields);
    key = List.copyOf(key);
    Set<String> names = new LinkedHashSet<>();
    for (FieldSpec field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("The field " + field.name() + " stands twice");
      }
    }
    if (key.isEmpty() || !names.containsAll(key)) {
      throw new IllegalArgumentException("The key " + key + " is not among the fields " + names);
    }
  }

  /**
   * The place of a field among a row's values.
   *
   * @param name the field's name
   * @return its index, from 0
   * @throws IllegalArgumentException if there is no such field
   */
  public int index(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("There is no field " + name + " in this batch");
  }

  /**
   * The same schema with the key fields alone, as REMOVE and DELETE batches carry it.
   *
   * @return a schema of the key fields, in their order; this one if it has no others
   */
  public RowSchema keyOnly() {
    List<FieldSpec> keyFields = fields.stream().filter(f -> key.contains(f.name())).toList();
    return keyFields.size() == fields.size() ? this : new RowSchema(keyFields, key);
  }
}
