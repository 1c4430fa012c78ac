package dev.landfall.host;

import dev.landfall.connector.settings.Nearest;
import dev.landfall.host.history.HistoryReport;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.state.StateFolder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a state folder did. Reads plain files alone, takes no lock and makes nothing, so
 * that it answers while runs are under way. Safe for use by several threads.
 */
public final class Past {

  private static final String SHORT_ID = "[0-9a-f]{4}";

  /** So many syncs as a person still reads. */
  private static final int NAMED = 10;

  private final StateFolder state;
  private final Clock clock;

  Past(StateFolder state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * The latest runs.
   *
   * @param sync the name of a sync, or null for all
   * @param limit how many runs at most
   * @throws HostException if there is no such sync
   */
  public HistoryReport history(@Nullable String sync, int limit) {
    List<KeptRun> latest =
        runs(sync == null ? state.syncs() : List.of(known(sync)), run -> true).stream()
            .sorted(Comparator.comparing(KeptRun::id).reversed())
            .limit(limit)
            .toList();
    List<RunReport> reports = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (KeptRun run : latest) {
      try {
        report(run).ifPresent(reports::add);
      } catch (HostException e) {
        unreadable.add(run.folder().toString());
      }
    }
    return new HistoryReport(reports, unreadable);
  }

  /**
   * Finds one run.
   *
   * @param word a run's id, its last four characters, or the name of a sync for its latest run
   * @throws HostException if there is none, or several
   */
  public KeptRun run(String word) {
    if (state.syncs().contains(word)) {
      return KeptRun.in(state.runs(word)).stream().findFirst().orElseThrow(() -> unknown(word));
    }
    List<KeptRun> found =
        runs(
            state.syncs(),
            run ->
                run.id().equals(word) || (word.matches(SHORT_ID) && run.id().endsWith("-" + word)));
    if (found.size() > 1) {
      throw HostException.configuration(
          "history.ambiguous-run",
          "Several runs end with " + word + ".",
          "Give one of them in full: "
              + String.join(", ", found.stream().map(KeptRun::id).toList())
              + ".");
    }
    return found.stream().findFirst().orElseThrow(() -> unknown(word));
  }

  /**
   * How a run stands now; empty if it had not yet begun to write, or is being deleted.
   *
   * @throws HostException if its report is damaged
   */
  public Optional<RunReport> report(KeptRun run) {
    return run.report().map(report -> now(run, report));
  }

  /**
   * The latest run of a sync in which records failed or something was kept aside.
   *
   * @param word as of {@link #run}; empty is answered to what is no sync's name
   */
  public Optional<KeptRun> latestWithFailures(String word) {
    return state.syncs().contains(word)
        ? KeptRun.in(state.runs(word)).stream().filter(KeptRun::hasFailures).findFirst()
        : Optional.empty();
  }

  private List<KeptRun> runs(List<String> syncs, Predicate<KeptRun> which) {
    return syncs.stream()
        .flatMap(sync -> KeptRun.in(state.runs(sync)).stream())
        .filter(which)
        .toList();
  }

  /** How a run stands now: its files say RUNNING until it has ended, or for ever. */
  private RunReport now(KeptRun run, RunReport report) {
    if (report.status() != RunStatus.RUNNING) {
      return report;
    }
    boolean held = state.holder(report.sync()).isPresent();
    // It may have ended since its report was read; then what it wrote last is true.
    return run.report()
        .filter(again -> again.status() != RunStatus.RUNNING)
        .orElseGet(
            () ->
                held
                    ? run.soFar(report, RunStatus.RUNNING, lasted(report))
                    : run.soFar(report, RunStatus.KILLED, report.durationMs()));
  }

  private long lasted(RunReport report) {
    return Duration.between(Instant.parse(report.startedAt()), clock.instant()).toMillis();
  }

  String known(String sync) {
    if (!state.syncs().contains(sync)) {
      throw unknownSync(sync);
    }
    return sync;
  }

  HostException unknownSync(String sync) {
    return HostException.configuration(
        "history.unknown-sync",
        "There is no sync "
            + sync
            + " in the state folder "
            + state.root()
            + "."
            + Nearest.question(sync, state.syncs()),
        remedy());
  }

  private HostException unknown(String word) {
    return HostException.configuration(
        "history.unknown-run",
        "There is no run "
            + word
            + " in the state folder "
            + state.root()
            + "."
            + Nearest.question(word, state.syncs()),
        "Take the id that the sync printed, or the one that \"landfall history\" shows. "
            + remedy());
  }

  private String remedy() {
    List<String> syncs = state.syncs();
    int more = syncs.size() - NAMED;
    return (syncs.isEmpty()
            ? "No sync ran with this state folder."
            : "Its syncs are "
                + String.join(", ", syncs.subList(0, Math.min(NAMED, syncs.size())))
                + (more > 0 ? ", and " + more + " more." : "."))
        + " --state names another folder, --sandbox the one of the sandbox.";
  }
}
