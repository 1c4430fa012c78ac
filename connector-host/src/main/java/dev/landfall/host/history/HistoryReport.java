package dev.landfall.host.history;

import java.util.List;

/**
 * What runs did: what {@code landfall history --json} prints.
 *
 * @param runs the runs, the latest first; one that is under way or was killed with what it was
 *     answered so far
 * @param unreadable folders of runs whose files are damaged or may not be read
 */
public record HistoryReport(List<RunReport> runs, List<String> unreadable) {
  /** Copies the lists. */
  public HistoryReport {
    runs = List.copyOf(runs);
    unreadable = List.copyOf(unreadable);
  }
}
