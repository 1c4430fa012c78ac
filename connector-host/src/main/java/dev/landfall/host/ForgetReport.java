package dev.landfall.host;

import java.util.List;

/**
 * What was erased of one member: what {@code landfall forget --json} prints.
 *
 * @param member the id that was asked for
 * @param syncs what each sync had of it
 */
public record ForgetReport(String member, List<OfSync> syncs) {

  /** Copies the list. */
  public ForgetReport {
    syncs = List.copyOf(syncs);
  }

  /**
   * What one sync had.
   *
   * @param sync the sync's name
   * @param mode the mode's word; empty if it never ran
   * @param target which target, in words; empty if it never ran
   * @param ledgers how many of its ledgers said that the member is, or may be, in their target
   * @param rejections rejections that stood in them
   * @param runs ids of the runs whose files named it
   * @param plans ids of the plans that named it; they are gone as a whole
   */
  public record OfSync(
      String sync,
      String mode,
      String target,
      int ledgers,
      int rejections,
      List<String> runs,
      List<String> plans) {
    /** Copies the lists. */
    public OfSync {
      runs = List.copyOf(runs);
      plans = List.copyOf(plans);
    }

    /** Whether there was anything at all. */
    public boolean found() {
      return ledgers > 0 || rejections > 0 || !runs.isEmpty() || !plans.isEmpty();
    }
  }
}
