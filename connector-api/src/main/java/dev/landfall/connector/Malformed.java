package dev.landfall.connector;

import dev.landfall.connector.outcome.Problem;
import java.util.Objects;

/**
 * Something in a source that could not be made a row. It is kept as it was found: nothing is lost.
 *
 * @param origin the file or table it stands in
 * @param position where in there: the number of its first line or row, from 1
 * @param raw the text as it was found; people's data, so the {@code toString} hides it
 * @param problem why it is no row, and what to do
 */
public record Malformed(String origin, long position, String raw, Problem problem) {
  /** Requires every component. */
  public Malformed {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(raw, "raw");
    Objects.requireNonNull(problem, "problem");
  }

  /** Without the raw text. */
  @Override
  public String toString() {
    return "Malformed[" + origin + ":" + position + " " + problem.code() + "]";
  }
}
