package dev.landfall.host.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger holds of one member, or of one record by its key. A member without a standing is
 * absent from the target.
 *
 * @param text the member's id as it was last sent
 * @param present true if an add was confirmed and nothing since may have undone it (PRESENT); false
 *     if the member may or may not be in the target (UNKNOWN)
 * @param confirmed whether an add of this member was ever confirmed
 * @param addUnknownAt when an add last ended without an answer, or null
 * @param removeUnknownAt when a remove last ended without an answer, or null
 * @param hash of the values of a record: those that the target holds, if it is PRESENT; else those
 *     that all writes wrote which nobody answered, or null if they may have written several; null
 *     for a member of an audience
 */
public record Standing(
    String text,
    boolean present,
    boolean confirmed,
    @Nullable Instant addUnknownAt,
    @Nullable Instant removeUnknownAt,
    @Nullable Long hash) {

  /** What the ledger holds of a member of an audience. */
  public Standing(
      String text,
      boolean present,
      boolean confirmed,
      @Nullable Instant addUnknownAt,
      @Nullable Instant removeUnknownAt) {
    this(text, present, confirmed, addUnknownAt, removeUnknownAt, null);
  }
}
