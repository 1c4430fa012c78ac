package dev.landfall.cli;

import dev.landfall.host.RunRequest;
import dev.landfall.host.state.SyncState.WhenMoved;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a plan is made, this once. */
final class RunOptions {

  @Option(names = "--full", description = "Distrusts the ledger and sends all again.")
  private boolean full;

  @Option(
      names = "--retry-rejected",
      description = "Offers members again that were rejected before.")
  private boolean retryRejected;

  @ArgGroup private Moved moved = new Moved();

  /** What to do if the manifest's target is not the ledger's. */
  static final class Moved {
    @Option(
        names = "--new-target",
        description = "The manifest names another target: sets the old one's ledger aside.")
    private boolean newTarget;

    @Option(
        names = "--same-target",
        description = "The same target under a new address or account: keeps the ledger.")
    private boolean sameTarget;
  }

  RunRequest apply(RunRequest request) {
    RunRequest applied = full ? request.full() : request;
    applied = retryRejected ? applied.retryingRejected() : applied;
    if (moved.newTarget) {
      return applied.whenMoved(WhenMoved.NEW_TARGET);
    }
    return moved.sameTarget ? applied.whenMoved(WhenMoved.SAME_TARGET) : applied;
  }
}
