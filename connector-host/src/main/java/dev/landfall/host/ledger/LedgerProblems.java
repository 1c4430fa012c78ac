package dev.landfall.host.ledger;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.DatabaseException;

/** What can go wrong with the file that a ledger is. */
final class LedgerProblems {

  private LedgerProblems() {}

  static HostException of(DatabaseException e) {
    if (e.isLocked()) {
      return HostException.unavailable(
          "ledger.locked",
          "Another process holds the ledger.",
          "Wait until that run has ended, or end it, and run again.");
    }
    if (e.isDisk()) {
      return HostException.unavailable(
          "ledger.disk",
          "The ledger could not be written: the disk is full or refuses to be written.",
          "Make room in the state folder and run again; what was sent without a record stands as"
              + " unknown and is sent again.");
    }
    if (e.isMemory()) {
      return HostException.unavailable(
          "ledger.memory",
          "Comparing the audience with the ledger needs more memory than is allowed.",
          "Allow more memory (--memory), or free disk space for temporary files in the state folder.");
    }
    return HostException.unavailable(
        "ledger.unreadable",
        "The ledger could not be read or written (%s); its file may be damaged."
            .formatted(e.kind()),
        "Restore the sync's folder from a backup and run with --full. Without a backup: remove the"
            + " sync's folder; the next run then adds the whole audience and removes nobody.");
  }
}
