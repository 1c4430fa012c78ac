package dev.landfall.connector.sync;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record's values, in the order of a shared {@link RowSchema}. Immutable. Its {@code toString}
 * hides the values: they are people's data.
 */
public final class Row {

  private final RowSchema schema;
  private final @Nullable Object[] values;

  private Row(RowSchema schema, @Nullable Object[] values) {
    this.schema = schema;
    this.values = values;
  }

  /**
   * A row of values.
   *
   * @param schema the fields
   * @param values one for each field, in their order, each null or of its type's class; copied
   * @return the row
   * @throws IllegalArgumentException if the number or a class does not fit the schema
   */
  public static Row of(RowSchema schema, @Nullable Object... values) {
    if (values.length != schema.fields().size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + schema.fields().size() + " fields");
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      FieldSpec field = schema.fields().get(i);
      if (value != null && !field.type().carrier().isInstance(value)) {
        throw new IllegalArgumentException(
            field.name() + " is " + field.type() + " and cannot hold a " + value.getClass());
      }
    }
    return new Row(schema, values.clone());
  }

  /**
   * The fields.
   *
   * @return the schema
   */
  public RowSchema schema() {
    return schema;
  }

  /**
   * The value at a place.
   *
   * @param index the field's place, from 0
   * @return the value, or null
   */
  public @Nullable Object value(int index) {
    return values[index];
  }

  /**
   * The text at a place.
   *
   * @param index the place of a TEXT field
   * @return the text, or null
   */
  public @Nullable String text(int index) {
    return (String) values[index];
  }

  /**
   * The whole number at a place.
   *
   * @param index the place of an INTEGER field
   * @return the number, or null
   */
  public @Nullable Long integer(int index) {
    return (Long) values[index];
  }

  /**
   * The binary fraction at a place.
   *
   * @param index the place of a DOUBLE field
   * @return the number, or null
   */
  public @Nullable Double fraction(int index) {
    return (Double) values[index];
  }

  /**
   * The decimal at a place.
   *
   * @param index the place of a DECIMAL field
   * @return the number, or null
   */
  public @Nullable BigDecimal decimal(int index) {
    return (BigDecimal) values[index];
  }

  /**
   * The flag at a place.
   *
   * @param index the place of a FLAG field
   * @return the flag, or null
   */
  public @Nullable Boolean flag(int index) {
    return (Boolean) values[index];
  }

  /**
   * The day at a place.
   *
   * @param index the place of a DATE field
   * @return the day, or null
   */
  public @Nullable LocalDate date(int index) {
    return (LocalDate) values[index];
  }

  /**
   * The day and time at a place.
   *
   * @param index the place of a DATE_TIME field
   * @return the day and time, or null
   */
  public @Nullable LocalDateTime dateTime(int index) {
    return (LocalDateTime) values[index];
  }

  /**
   * The moment at a place.
   *
   * @param index the place of an INSTANT field
   * @return the moment, or null
   */
  public @Nullable Instant instant(int index) {
    return (Instant) values[index];
  }

  /**
   * The values of the key fields.
   *
   * @return the values in the order of {@link RowSchema#key()}; equal for two rows with one key
   */
  public List<@Nullable Object> key() {
    @Nullable Object[] key = new @Nullable Object[schema.key().size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = values[schema.index(schema.key().get(i))];
    }
    return Arrays.asList(key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row that
        && schema.equals(that.schema)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(schema, Arrays.hashCode(values));
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "Row[" + values.length + " values hidden]";
  }
}
