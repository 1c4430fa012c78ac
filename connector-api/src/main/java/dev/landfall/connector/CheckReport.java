package dev.landfall.connector;

import dev.landfall.connector.outcome.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a check found, item by item.
 *
 * @param items what was looked at, in that order; copied
 */
public record CheckReport(List<Item> items) {

  /** How an item came out. */
  public enum Status {
    /** Seen to be right. */
    PASSED,
    /** Seen to be wrong. */
    FAILED,
    /** Could not be told; never to be read as passed. */
    UNVERIFIED
  }

  /**
   * One thing that was looked at.
   *
   * @param name what, in two or three words ("credentials", "group VIP-2026")
   * @param status how it came out
   * @param message one sentence of what was seen
   * @param problem what is wrong; present exactly if the item failed
   */
  public record Item(String name, Status status, String message, @Nullable Problem problem) {

    /**
     * Requires a problem for a failed item, and none for any other.
     *
     * @throws IllegalArgumentException if the two do not fit
     */
    public Item {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(message, "message");
      if ((status == Status.FAILED) != (problem != null)) {
        throw new IllegalArgumentException(
            "A failed item has a problem, and no other item has one");
      }
    }

    /**
     * An item that was seen to be right.
     *
     * @param name what was looked at
     * @param message one sentence of what was seen
     * @return the item
     */
    public static Item passed(String name, String message) {
      return new Item(name, Status.PASSED, message, null);
    }

    /**
     * An item that was seen to be wrong.
     *
     * @param name what was looked at
     * @param problem what is wrong; its message becomes the item's
     * @return the item
     */
    public static Item failed(String name, Problem problem) {
      return new Item(name, Status.FAILED, problem.message(), problem);
    }

    /**
     * An item that could not be told.
     *
     * @param name what was looked at
     * @param message one sentence of why it could not be told
     * @return the item
     */
    public static Item unverified(String name, String message) {
      return new Item(name, Status.UNVERIFIED, message, null);
    }
  }

  /** Copies the items. */
  public CheckReport {
    items = List.copyOf(items);
  }

  /**
   * Whether nothing was seen to be wrong.
   *
   * @return true if no item failed; items may be unverified
   */
  public boolean ok() {
    return items.stream().noneMatch(i -> i.status() == Status.FAILED);
  }
}
