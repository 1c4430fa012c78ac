package dev.landfall.host;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.manifest.BoundManifest;
import dev.landfall.host.manifest.SourceSection;
import dev.landfall.host.manifest.SyncManifest;
import dev.landfall.host.plan.PlanRequest;
import dev.landfall.host.plan.RemovalBudget;
import dev.landfall.host.plan.StoredPlan;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.state.StateFolder;
import dev.landfall.host.state.TargetIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A manifest with everything it names at hand: what check, plan and sync have in common.
 *
 * @param bound the manifest and its connector's descriptor
 * @param destination the connector
 * @param settings how to reach the system and what in it to write to, secrets included; null where
 *     nothing is to be reached
 * @param identity which target that is
 * @param reading gives where the audience is read from, secrets included, to somebody who hears
 *     what a source connector says
 * @param state where everything is remembered
 */
record Prepared(
    BoundManifest bound,
    Destination destination,
    BoundManifest.@Nullable DestinationSettings settings,
    TargetIdentity identity,
    Function<StreamListener, AudienceSource> reading,
    StateFolder state) {

  SyncManifest manifest() {
    return bound.manifest();
  }

  /** Where the audience is read from; may throw {@link InvalidManifest} when looking back. */
  AudienceSource source(StreamListener listener) {
    return reading.apply(listener);
  }

  ConnectionSettings connection() {
    return reach().connection();
  }

  TargetSettings target() {
    return reach().target();
  }

  private BoundManifest.DestinationSettings reach() {
    return Objects.requireNonNull(settings, "prepared to look back only");
  }

  DestinationDescriptor descriptor() {
    return bound.descriptor();
  }

  /** What is well written, and still nothing that this host runs. */
  static List<Violation> unsupported(BoundManifest bound) {
    List<Violation> violations = new ArrayList<>();
    if (bound.mode() == AudienceSyncMode.UPSERT) {
      violations.add(
          new Violation(
              "/mode",
              "sync.mode-not-supported",
              "An audience has the modes add, remove and mirror; upsert is a mode of records."));
    }
    return violations;
  }

  SyncMode mode() {
    return bound.mode();
  }

  /**
   * Whether only what is new in the source is read: where the source can tell, and nothing hangs on
   * what left it.
   */
  boolean isIncremental() {
    return mode() instanceof RecordSyncMode
        && mode() != RecordSyncMode.MIRROR
        && manifest().source() instanceof SourceSection.Connector section
        && section.query() == null
        && bound
            .source()
            .flatMap(source -> source.stream(section.stream()))
            .filter(SourceDescriptor.Stream::incremental)
            .isPresent();
  }

  /** Refuses flags that together, or with this mode, say nothing. */
  void requireSense(RunRequest request) {
    if (isIncremental() && request.members().isPresent()) {
      throw HostException.configuration(
          "sync.import-of-stream",
          "A stream is read from where the last run stopped, whatever is in the target; --import"
              + " has no meaning there.",
          "Leave --import out.");
    }
    if (request.isFull() && mode() == AudienceSyncMode.REMOVE) {
      throw HostException.configuration(
          "sync.full-in-remove-mode",
          "A sync in remove mode sends every row of its source anyhow; --full has no meaning there.",
          "Leave --full out.");
    }
    if (request.plan().isPresent() && request.members().isPresent()) {
      throw HostException.configuration(
          "sync.import-with-plan",
          "--import changes the ledger, and a plan that was made before knows nothing of it.",
          "Run with --import alone; or leave --import out.");
    }
  }

  /** What a rejection depends on: once one of these changes, the member is offered again. */
  String basis() {
    return StoredPlan.digest(
        String.join(
            "\n",
            String.valueOf(manifest().mapping()),
            identity.digest(),
            descriptor().id(),
            descriptor().version()));
  }

  StoredPlan.Inputs inputs(RunRequest request, String generation) {
    return new StoredPlan.Inputs(
        manifest().canonicalJson(),
        identity.digest(),
        request.isFull(),
        request.retriesRejected(),
        generation);
  }

  PlanRequest planRequest(RunRequest request, boolean incomplete, Instant now) {
    return new PlanRequest(
        mode(),
        request.isFull(),
        request.retriesRejected(),
        basis(),
        manifest().rejected().retryAfter(),
        incomplete,
        new RemovalBudget(
            manifest().removals().maxPercent(),
            manifest().removals().maxCount(),
            manifest().removals().window()),
        now);
  }
}
