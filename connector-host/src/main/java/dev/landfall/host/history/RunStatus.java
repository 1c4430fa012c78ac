package dev.landfall.host.history;

/** How a run stands or ended. */
public enum RunStatus {
  /** Under way. */
  RUNNING,
  /** Killed before its end; the next run closes its books. Never written, only read. */
  KILLED,
  /** Done; everything that was to be sent was delivered, or is in quarantine. */
  COMPLETED,
  /** Done, but some records failed. */
  COMPLETED_WITH_FAILURES,
  /** Removals were withheld, whatever else happened. */
  WITHHELD,
  /** The run as a whole failed: credentials, target, destination, disk. */
  FAILED,
  /** Interrupted; what was in flight was finished and recorded. */
  CANCELLED
}
