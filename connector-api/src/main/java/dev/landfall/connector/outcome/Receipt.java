package dev.landfall.connector.outcome;

import java.io.Serializable;

/**
 * The destination's word for a batch that it took on and will apply later; opaque to the host,
 * which stores it and gives it back, perhaps in another process.
 *
 * @param value at most 64 KiB of text, with no secret in it
 */
public record Receipt(String value) implements Serializable {

  private static final int LONGEST = 64 * 1024;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if the value is empty or longer than 64 KiB
   */
  public Receipt {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "A receipt has 1 to 65536 characters, not " + value.length());
    }
  }
}
