package dev.landfall.connector.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** A value that is never printed. Not serialisable, on purpose: a secret travels as a reference. */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a secret.
   *
   * @param value the secret itself
   * @return the wrapped secret
   */
  public static Secret of(String value) {
    return new Secret(Objects.requireNonNull(value, "value"));
  }

  /**
   * The secret itself, for the one place that sends it.
   *
   * @return the value
   */
  public String reveal() {
    return value;
  }

  /** Equal when the values are; compared in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Always {@code [hidden]}. */
  @Override
  public String toString() {
    return "[hidden]";
  }
}
