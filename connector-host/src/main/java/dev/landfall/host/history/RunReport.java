package dev.landfall.host.history;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.host.ledger.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run did: what {@code landfall sync --json} prints and what stands in the run's folder.
 *
 * @param run the run's id: the moment it began in UTC, and four random characters
 * @param sync the manifest's name
 * @param manifest the manifest's file, absolute; null in what older hosts wrote
 * @param mode the mode's word
 * @param records whether the target holds records; false for an audience
 * @param target which target, in words
 * @param status how it stands or ended
 * @param plan the id of the plan it followed, or null if it ended before it had one
 * @param firstRun whether no run was made on this ledger before; a mirror then removes nobody
 * @param adds the books of the adds; of records, of what is written
 * @param removes the books of the removes; of records, of what is deleted
 * @param source what the source held, or null if it ended before it had a plan
 * @param problems what went wrong, each code once, what stopped the run first
 * @param notices what is worth knowing and is no failure
 * @param approval what to approve the withheld removals with, if there are any
 * @param calls how the destination answered, or null if nothing was sent
 * @param startedAt when it began, ISO 8601 in UTC
 * @param durationMs how long it took, in milliseconds
 */
public record RunReport(
    String run,
    String sync,
    @Nullable String manifest,
    String mode,
    boolean records,
    String target,
    RunStatus status,
    @Nullable String plan,
    boolean firstRun,
    Tally adds,
    Tally removes,
    @Nullable Source source,
    List<Line> problems,
    List<Notice> notices,
    @Nullable String approval,
    @Nullable Calls calls,
    String startedAt,
    long durationMs) {

  /** Copies the lists. */
  public RunReport {
    problems = List.copyOf(problems);
    notices = List.copyOf(notices);
  }

  /**
   * What a source held.
   *
   * @param rows rows read
   * @param members different members among them
   * @param duplicates rows of a member that an earlier row named
   * @param blank rows without a member id
   * @param malformed what the source held that is no row; kept aside
   */
  public record Source(long rows, long members, long duplicates, long blank, long malformed) {
    /** A source that was not read. */
    public static final Source NONE = new Source(0, 0, 0, 0, 0);
  }

  /**
   * A problem and how many records had it.
   *
   * @param code stable, for programs
   * @param count records with it; 0 for a problem of the run as a whole
   * @param message what happened
   * @param remedy what to do
   */
  public record Line(String code, long count, String message, String remedy) {
    /** A problem of so many records. */
    public static Line of(Problem problem, long count) {
      return new Line(problem.code(), count, problem.message(), problem.remedy());
    }
  }

  /**
   * The calls of a run.
   *
   * @param count calls that came back, again and again ones too
   * @param meanMillis how long one took on the average, in milliseconds
   * @param perSecond how many came back in a second, pauses included
   */
  public record Calls(long count, double meanMillis, double perSecond) {}

  /**
   * Something worth knowing.
   *
   * @param code stable, for programs
   * @param message one sentence
   */
  public record Notice(String code, String message) {}

  /** Whether every planned change stands in exactly one count, in both directions. */
  public boolean balances() {
    return adds.balances() && removes.balances();
  }

  /** The same run with other notices. */
  public RunReport with(List<Notice> newNotices) {
    return with(status, adds, removes, problems, newNotices, durationMs);
  }

  /** The same run with another end. */
  public RunReport with(RunStatus other, Tally newAdds, Tally newRemoves, List<Line> newProblems) {
    return with(other, newAdds, newRemoves, newProblems, notices, durationMs);
  }

  /** The same run as it stands at another moment. */
  RunReport with(RunStatus other, Tally newAdds, Tally newRemoves, long newDurationMs) {
    return with(other, newAdds, newRemoves, problems, notices, newDurationMs);
  }

  private RunReport with(
      RunStatus newStatus,
      Tally newAdds,
      Tally newRemoves,
      List<Line> newProblems,
      List<Notice> newNotices,
      long newDurationMs) {
    return new RunReport(
        run,
        sync,
        manifest,
        mode,
        records,
        target,
        newStatus,
        plan,
        firstRun,
        newAdds,
        newRemoves,
        source,
        newProblems,
        newNotices,
        approval,
        calls,
        startedAt,
        newDurationMs);
  }
}
