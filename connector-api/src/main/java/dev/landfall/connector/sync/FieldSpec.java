package dev.landfall.connector.sync;

import java.util.Objects;

/**
 * A field of a destination or of a stream.
 *
 * @param name the connector's own name of the field
 * @param type the type of its values
 * @param required whether a mapping must fill it
 * @param identity which texts stand for the same record, where the field is the key
 * @param description a sentence for whoever maps a column to it; may be empty
 */
public record FieldSpec(
    String name, FieldType type, boolean required, FieldIdentity identity, String description) {

  /** Requires every component. */
  public FieldSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(description, "description");
  }

  /**
   * An optional field whose texts each stand for themselves.
   *
   * @param name the connector's own name of the field
   * @param type the type of its values
   * @return the field
   */
  public static FieldSpec of(String name, FieldType type) {
    return new FieldSpec(name, type, false, FieldIdentity.EXACT, "");
  }

  /**
   * The same field, which a mapping must fill.
   *
   * @return a changed copy
   */
  public FieldSpec asRequired() {
    return new FieldSpec(name, type, true, identity, description);
  }

  /**
   * The same field with another identity.
   *
   * @param other which texts stand for the same record
   * @return a changed copy
   */
  public FieldSpec identifiedBy(FieldIdentity other) {
    return new FieldSpec(name, type, required, other, description);
  }

  /**
   * The same field with a description.
   *
   * @param text a sentence for whoever maps a column to it
   * @return a changed copy
   */
  public FieldSpec describedAs(String text) {
    return new FieldSpec(name, type, required, identity, text);
  }
}
