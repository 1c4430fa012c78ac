package dev.landfall.host.ledger;

import dev.landfall.connector.sync.ChangeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One planned change of one member, or of one record by its key. A key of several fields is a JSON
 * array of texts.
 *
 * @param seq its place in the plan, from 1; the order of delivery within a direction
 * @param kind what is asked for
 * @param member the member's identity, by which audience and ledger compare
 * @param text the id as it is sent
 * @param others the values of the fields beside the key, in the order of the schema; empty for a
 *     removal
 * @param hash of the values of a record; null for a removal, and for a member of an audience
 * @param before what the ledger held when the change was planned, or null if it held nothing
 * @param rejectedBefore whether the destination rejected this member in an earlier run
 */
public record Change(
    long seq,
    ChangeKind kind,
    String member,
    String text,
    List<@Nullable String> others,
    @Nullable Long hash,
    @Nullable Standing before,
    boolean rejectedBefore) {

  /** A change of a member of an audience. */
  public Change(
      long seq,
      ChangeKind kind,
      String member,
      String text,
      List<@Nullable String> others,
      @Nullable Standing before,
      boolean rejectedBefore) {
    this(seq, kind, member, text, others, null, before, rejectedBefore);
  }

  /** The same change with something else that stood before it. */
  Change after(Standing standing) {
    return new Change(seq, kind, member, text, others, hash, standing, rejectedBefore);
  }

  /** Without the member: ids are people's data. */
  @Override
  public String toString() {
    return "Change[" + seq + " " + kind + "]";
  }
}
