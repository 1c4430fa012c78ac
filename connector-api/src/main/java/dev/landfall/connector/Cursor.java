package dev.landfall.connector;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * How far a stream was read; opaque to the host, which stores it and gives it back.
 *
 * @param value at most 64 KiB in UTF-8, with no secret in it
 */
public record Cursor(String value) implements Serializable {

  private static final int LONGEST = 64 * 1024;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if the value is longer than 64 KiB
   */
  public Cursor {
    if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException("A cursor is at most 64 KiB");
    }
  }
}
