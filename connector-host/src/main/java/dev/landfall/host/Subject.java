package dev.landfall.host;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.manifest.BoundManifest;
import dev.landfall.host.state.StateFolder;
import dev.landfall.host.state.SyncState;
import dev.landfall.host.state.TargetIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sync that is asked about: what the state folder remembers of it, and its manifest, if that can
 * be found.
 *
 * @param environment what a run needs
 * @param state where everything is remembered
 * @param sync the sync's name
 * @param remembered what the sync worked with last
 * @param prepared the manifest, ready to plan with; null if there is none
 * @param problem why there is none, or null
 * @param moved whether the manifest names another target than the ledger's
 * @param descriptor the connector
 */
record Subject(
    RunEnvironment environment,
    StateFolder state,
    String sync,
    Optional<SyncState.Remembered> remembered,
    @Nullable Prepared prepared,
    RunReport.@Nullable Line problem,
    boolean moved,
    DestinationDescriptor descriptor) {

  static Subject of(
      Host host, RunEnvironment environment, Path root, String word, boolean sandbox) {
    StateFolder state = StateFolder.at(root);
    Path file = Path.of(word);
    if (Files.isRegularFile(file)) {
      BoundManifest bound = host.validated(file);
      return of(host, environment, StateFolder.open(root), bound, sandbox);
    }
    if (word.endsWith(".json")) {
      throw HostException.configuration(
          "why.manifest-missing",
          "The manifest " + word + " does not exist.",
          "Correct the path, or give the name of a sync that ran before.");
    }
    new Past(state, environment.clock()).known(word);
    Optional<String> last =
        KeptRun.in(state.runs(word)).stream()
            .flatMap(run -> run.report().map(RunReport::manifest).stream())
            .findFirst();
    Optional<BoundManifest> bound =
        last.map(Path::of)
            .map(host::validate)
            .filter(parsed -> parsed.violations().isEmpty())
            .map(Parsed::orThrow)
            .filter(b -> b.manifest().name().equals(word));
    return bound
        .map(b -> of(host, environment, state, b, sandbox))
        .orElseGet(() -> withoutManifest(host, environment, state, word, last));
  }

  private static Subject of(
      Host host,
      RunEnvironment environment,
      StateFolder state,
      BoundManifest bound,
      boolean sandbox) {
    String sync = bound.manifest().name();
    Optional<SyncState.Remembered> remembered = SyncState.remembered(state, sync);
    Optional<TargetIdentity> now = identity(environment, bound, sandbox);
    TargetIdentity identity =
        remembered.map(SyncState.Remembered::target).or(() -> now).orElseGet(() -> named(bound));
    return new Subject(
        environment,
        state,
        sync,
        remembered,
        new Prepared(
            bound,
            host.destination(bound.descriptor().id()),
            null,
            identity,
            listener -> host.source(bound).apply(listener),
            state),
        null,
        now.filter(n -> !n.equals(identity)).isPresent(),
        bound.descriptor());
  }

  private static Subject withoutManifest(
      Host host,
      RunEnvironment environment,
      StateFolder state,
      String sync,
      Optional<String> last) {
    Optional<SyncState.Remembered> remembered = SyncState.remembered(state, sync);
    RunReport.Line problem =
        new RunReport.Line(
            "why.no-manifest",
            0,
            last.map(
                    path ->
                        "The manifest of the last run, "
                            + path
                            + ", is no longer there, or is wrong, or is another sync's now.")
                .orElse("No run of this sync says where its manifest lies."),
            "Give the path of the manifest in place of the sync's name.");
    String connector =
        remembered
            .map(r -> r.target().connector())
            .orElseThrow(() -> new Past(state, environment.clock()).unknownSync(sync));
    Parsed<DestinationDescriptor> found = host.describe(connector);
    for (Violation violation : found.violations()) {
      throw HostException.configuration(
          violation.code(), violation.message(), "Install the connector; or " + problem.remedy());
    }
    return new Subject(environment, state, sync, remembered, null, problem, false, found.orThrow());
  }

  /** The target that the manifest names, if it can be told without a secret that is not here. */
  private static Optional<TargetIdentity> identity(
      RunEnvironment environment, BoundManifest bound, boolean sandbox) {
    if (sandbox) {
      return Optional.of(
              bound
                  .descriptor()
                  .target()
                  .target(bound.manifest().destination().target(), bound.manifest().folder()))
          .filter(parsed -> parsed.violations().isEmpty())
          .map(
              parsed ->
                  TargetIdentity.inSandbox(
                      bound.descriptor(), parsed.orThrow(), bound.manifest().key()));
    }
    return Optional.of(bound.settings(environment.variables()))
        .filter(parsed -> parsed.violations().isEmpty())
        .map(Parsed::orThrow)
        .map(
            s ->
                TargetIdentity.of(
                    bound.descriptor(), s.connection(), s.target(), bound.manifest().key()));
  }

  /** For a sync that never ran, and cannot now: good for words alone. */
  private static TargetIdentity named(BoundManifest bound) {
    Map<String, String> target = new TreeMap<>();
    bound.manifest().destination().target().forEach((k, v) -> target.put(k, String.valueOf(v)));
    return new TargetIdentity(bound.descriptor().id(), Map.of(), target, bound.manifest().key());
  }

  /** What all spellings of a member have in common. */
  FieldIdentity spelling() {
    return spelling(descriptor);
  }

  static FieldIdentity spelling(DestinationDescriptor descriptor) {
    return descriptor
        .keyField()
        .flatMap(descriptor::field)
        .map(FieldSpec::identity)
        .orElse(FieldIdentity.EXACT);
  }

  String target() {
    if (prepared != null) {
      return prepared.identity().words();
    }
    return remembered.map(r -> r.target().words()).orElse(descriptor.name());
  }

  WhyReport why(String member) {
    return new WhyRun(this, member).run();
  }

  List<KeptRun> runs() {
    return KeptRun.in(state.runs(sync));
  }
}
