package dev.landfall.host.history;

import dev.landfall.connector.Malformed;
import java.util.Objects;

/**
 * Something in a source that could not be made a record, kept as it was found.
 *
 * @param origin the file or table it stands in
 * @param position where in there: the number of its first line or row, from 1
 * @param raw the text as it was found; people's data
 * @param code of what is wrong with it
 * @param message what is wrong with it
 * @param remedy what to do
 */
public record Aside(
    String origin, long position, String raw, String code, String message, String remedy) {

  /** Requires what every line has, so that a damaged one is seen to be one. */
  public Aside {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(raw, "raw");
    Objects.requireNonNull(code, "code");
  }

  static Aside of(Malformed malformed) {
    return new Aside(
        malformed.origin(),
        malformed.position(),
        malformed.raw(),
        malformed.problem().code(),
        malformed.problem().message(),
        malformed.problem().remedy());
  }

  /** Without the text. */
  @Override
  public String toString() {
    return "Aside[" + origin + ":" + position + " " + code + "]";
  }
}
