package dev.landfall.testkit.stage;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
import java.util.List;

/**
 * What one read gave.
 *
 * @param rows which records came, in the order in which they did
 * @param malformed what was no row
 * @param resumeFrom where to go on
 */
public record Portion(List<Came> rows, List<Malformed> malformed, Cursor resumeFrom) {

  /**
   * A row that came.
   *
   * @param number the number of its record, or 0 if it is none
   * @param words what messages call it
   */
  public record Came(int number, String words) {}

  /** Copies the lists. */
  public Portion {
    rows = List.copyOf(rows);
    malformed = List.copyOf(malformed);
  }

  /** Without values and cursor. */
  @Override
  public String toString() {
    if (rows.isEmpty()) {
      return "no row, " + malformed.size() + " malformed";
    }
    String first = rows.get(0).words();
    String last = rows.get(rows.size() - 1).words();
    return (rows.size() == 1 ? first : rows.size() + " rows, " + first + " to " + last)
        + (malformed.isEmpty() ? "" : ", and " + malformed.size() + " malformed");
  }
}
