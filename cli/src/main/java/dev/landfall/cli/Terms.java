package dev.landfall.cli;

import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.host.history.RunReport;
import java.util.List;
import java.util.stream.Stream;

/**
 * What things are called in a sync: those of an audience are members that are added and removed,
 * those of a table records that are written and deleted.
 *
 * @param one one of them
 * @param many several of them
 * @param kinds what the sync's mode may ask for
 */
record Terms(String one, String many, List<ChangeKind> kinds) {

  /** The terms of a sync. */
  static Terms of(String mode, boolean records) {
    List<ChangeKind> kinds =
        Stream.<SyncMode>of(records ? RecordSyncMode.values() : AudienceSyncMode.values())
            .filter(m -> m.word().equals(mode))
            .flatMap(m -> m.changeKinds().stream())
            .toList();
    return records ? new Terms("record", "records", kinds) : new Terms("member", "members", kinds);
  }

  /** The terms of a run. */
  static Terms of(RunReport report) {
    return of(report.mode(), report.records());
  }

  private boolean records() {
    return one.equals("record");
  }

  /** What the books of adds are called: {@code Adds}, or {@code Upserts}. */
  String writes() {
    return named(false, records() ? "Writes" : "Adds");
  }

  /** What the books of removes are called: {@code Removes}, or {@code Deletes}. */
  String removals() {
    return named(true, records() ? "Deletes" : "Removes");
  }

  private String named(boolean removal, String otherwise) {
    return kinds.stream()
        .filter(kind -> kind.keyOnly() == removal)
        .map(kind -> Character.toUpperCase(kind.word().charAt(0)) + kind.word().substring(1) + "s")
        .findFirst()
        .orElse(otherwise);
  }

  /** Whether the books of removes are worth a line: those of an audience always were. */
  boolean tellsRemovals() {
    return !records() || kinds.stream().anyMatch(ChangeKind::keyOnly);
  }

  /** What is said of a target that nothing is known of. */
  String firstRun() {
    return "The first run on this target"
        + (tellsRemovals() ? ": it " + firstRunRemoves() + "." : ".");
  }

  /** What a first run does not do. */
  String firstRunRemoves() {
    return records() ? "deletes nothing" : "removes nobody";
  }
}
