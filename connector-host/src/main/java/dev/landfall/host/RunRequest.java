package dev.landfall.host;

import dev.landfall.host.state.SyncState.WhenMoved;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to check, plan or sync, and how this once. Immutable; every method gives a changed copy. */
public final class RunRequest {

  private final Path manifest;
  private @Nullable Map<String, Object> sandbox;
  private @Nullable String plan;
  private @Nullable String approve;
  private @Nullable String adopt;
  private @Nullable Path members;
  private @Nullable Long limit;
  private @Nullable Duration longest;
  private boolean full;
  private boolean retryRejected;
  private WhenMoved whenMoved = WhenMoved.REFUSE;

  private RunRequest(Path manifest) {
    this.manifest = Objects.requireNonNull(manifest, "manifest");
  }

  private RunRequest(RunRequest other) {
    this(other.manifest);
    sandbox = other.sandbox;
    plan = other.plan;
    approve = other.approve;
    adopt = other.adopt;
    members = other.members;
    limit = other.limit;
    longest = other.longest;
    full = other.full;
    retryRejected = other.retryRejected;
    whenMoved = other.whenMoved;
  }

  /** A run of a manifest as it stands. */
  public static RunRequest of(Path manifest) {
    return new RunRequest(manifest);
  }

  /**
   * Against a sandbox in place of the manifest's connection.
   *
   * @param connection the sandbox's raw connection settings
   */
  public RunRequest inSandbox(Map<String, Object> connection) {
    RunRequest copy = new RunRequest(this);
    copy.sandbox = Map.copyOf(connection);
    return copy;
  }

  /** Sends just the changes of a stored plan; the source is not read again. */
  public RunRequest following(String planId) {
    RunRequest copy = new RunRequest(this);
    copy.plan = planId;
    return copy;
  }

  /** Releases the removals that a run withheld under this id. */
  public RunRequest approving(String approvalId) {
    RunRequest copy = new RunRequest(this);
    copy.approve = approvalId;
    return copy;
  }

  /** Takes over the ledger of a sync that was renamed. */
  public RunRequest adopting(String oldName) {
    RunRequest copy = new RunRequest(this);
    copy.adopt = oldName;
    return copy;
  }

  /** Takes the members in a file, which are in the target already, into the ledger first. */
  public RunRequest importing(Path file) {
    RunRequest copy = new RunRequest(this);
    copy.members = file;
    return copy;
  }

  /**
   * Sends at most so many changes.
   *
   * @throws IllegalArgumentException if that is below 0
   */
  public RunRequest limitedTo(long changes) {
    if (changes < 0) {
      throw new IllegalArgumentException("A run sends no fewer than 0 changes");
    }
    RunRequest copy = new RunRequest(this);
    copy.limit = changes;
    return copy;
  }

  /**
   * Sends nothing new after a time; what is in flight then is awaited and recorded. A run that is
   * still reading or planning then fails with the code {@code run.no-time-to-plan}.
   *
   * @param time reckoned from the run's begin, reading and planning included
   * @throws IllegalArgumentException if that is not above zero
   */
  public RunRequest within(Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("A run takes some time");
    }
    RunRequest copy = new RunRequest(this);
    copy.longest = time;
    return copy;
  }

  /** Distrusts the ledger and sends all again. */
  public RunRequest full() {
    RunRequest copy = new RunRequest(this);
    copy.full = true;
    return copy;
  }

  /** Offers members that were rejected before, too. */
  public RunRequest retryingRejected() {
    RunRequest copy = new RunRequest(this);
    copy.retryRejected = true;
    return copy;
  }

  /** Says what to do if the manifest's target is not the ledger's; refuses by default. */
  public RunRequest whenMoved(WhenMoved choice) {
    RunRequest copy = new RunRequest(this);
    copy.whenMoved = choice;
    return copy;
  }

  Path manifest() {
    return manifest;
  }

  Optional<Map<String, Object>> sandbox() {
    return Optional.ofNullable(sandbox);
  }

  Optional<String> plan() {
    return Optional.ofNullable(plan);
  }

  Optional<String> approve() {
    return Optional.ofNullable(approve);
  }

  Optional<String> adopt() {
    return Optional.ofNullable(adopt);
  }

  Optional<Path> members() {
    return Optional.ofNullable(members);
  }

  @Nullable Long limit() {
    return limit;
  }

  @Nullable Duration longest() {
    return longest;
  }

  boolean isFull() {
    return full;
  }

  boolean retriesRejected() {
    return retryRejected;
  }

  WhenMoved whenMoved() {
    return whenMoved;
  }
}
