package dev.landfall.connector.sync;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** The type of a field, and the one Java class that carries its values. */
public enum FieldType {
  /** Text, as String. */
  TEXT(String.class),
  /** A whole number of 64 bits, as Long. */
  INTEGER(Long.class),
  /** A binary fraction, as Double. */
  DOUBLE(Double.class),
  /** An exact decimal, as BigDecimal. */
  DECIMAL(BigDecimal.class),
  /** True or false, as Boolean. */
  FLAG(Boolean.class),
  /** A day, as LocalDate. */
  DATE(LocalDate.class),
  /** A day and time of no particular zone, as LocalDateTime. */
  DATE_TIME(LocalDateTime.class),
  /** A moment, as Instant. */
  INSTANT(Instant.class);

  private final Class<?> carrier;

  FieldType(Class<?> carrier) {
    this.carrier = carrier;
  }

  /**
   * The class that carries values of this type.
   *
   * @return the class
   */
  public Class<?> carrier() {
    return carrier;
  }
}
