package dev.landfall.host;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.jdbc.JdbcDrivers;
import dev.landfall.host.jdbc.JdbcRequest;
import dev.landfall.host.manifest.BoundManifest;
import dev.landfall.host.manifest.Connectors;
import dev.landfall.host.manifest.ManifestReader;
import dev.landfall.host.manifest.References;
import dev.landfall.host.manifest.SourceSection;
import dev.landfall.host.manifest.SyncManifest;
import dev.landfall.host.plugin.Plugins;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamRequest;
import dev.landfall.host.state.StateFolder;
import dev.landfall.host.state.TargetIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs syncs. Safe for use by several threads; one run of a sync at a time, any number of syncs.
 *
 * <p>Every method that takes a {@link RunRequest} throws {@link InvalidManifest} with everything
 * that is wrong with the manifest, and {@link HostException} if the run as a whole cannot be done.
 */
public final class Host implements AutoCloseable {

  private final Plugins plugins;
  private final Path state;
  private final RunEnvironment environment;
  private final JdbcDrivers drivers;
  private final Connectors connectors = new Installed();

  private Host(Builder builder) {
    plugins = Plugins.load(builder.plugins);
    drivers = JdbcDrivers.in(builder.drivers);
    state = builder.state;
    environment =
        new RunEnvironment(
            builder.clock,
            builder.variables,
            builder.memoryMegabytes,
            builder.userAgent,
            RunEnvironment.Parts.REAL);
  }

  /**
   * A builder with the system's clock and environment, and 384 MB for DuckDB outside the Java heap.
   *
   * @param plugins the folder with one folder of jars for each connector
   * @param state where everything is remembered; made if it is not there
   */
  public static Builder builder(Path plugins, Path state) {
    return new Builder(plugins, state);
  }

  /** The connectors, and those that could not be loaded. */
  public Plugins plugins() {
    return plugins;
  }

  /** Reads a manifest and finds everything that is wrong with it; contacts nothing. */
  public Parsed<BoundManifest> validate(Path manifest) {
    Parsed<BoundManifest> parsed = ManifestReader.read(manifest, connectors);
    List<Violation> unsupported =
        parsed.violations().isEmpty() ? Prepared.unsupported(parsed.orThrow()) : List.of();
    return unsupported.isEmpty() ? parsed : Parsed.wrong(unsupported);
  }

  /** A manifest in which nothing is wrong; contacts nothing. */
  public BoundManifest validated(Path manifest) {
    return valid(manifest, validate(manifest));
  }

  /** Where the files of a run lie: its report, and the records that failed, if any did. */
  public Path folder(RunRequest request, RunReport report) {
    return StateFolder.open(folder(request)).run(report.sync(), report.run());
  }

  /**
   * What earlier runs did.
   *
   * @param sandbox whether to look at the runs against sandboxes
   */
  public Past past(boolean sandbox) {
    return new Past(StateFolder.at(root(sandbox)), environment.clock());
  }

  /**
   * Says everything that is known of one member in a sync, and what the next run will do with it.
   * Reads the source as it is now. While another run of the sync is under way, what the ledger
   * holds cannot be read, and the answer says so.
   *
   * @param sync the name of a sync that ran before, or the path of its manifest
   * @param member the member's id, in any spelling
   * @param sandbox whether to look at what was done against the connector's sandbox
   * @throws HostException if there is no such sync
   */
  public WhyReport why(String sync, String member, boolean sandbox) {
    return Subject.of(this, environment, root(sandbox), sync, sandbox).why(member);
  }

  /**
   * Erases a member from ledgers, history and kept plans. Waits for nothing: if a run is under way
   * in one of the syncs, nothing is erased. If it is cut off, asking again erases the rest.
   *
   * @param member the member's id, in any spelling
   * @param sync the name of a sync, or null for all of the state folder
   * @param sandbox whether to forget what was done against sandboxes
   * @throws HostException if there is no such sync, a run is under way, or files cannot be written
   */
  public ForgetReport forget(String member, @Nullable String sync, boolean sandbox) {
    StateFolder folder = StateFolder.at(root(sandbox));
    return new ForgetRun(environment, folder, plugins::describe, member)
        .run(sync == null ? folder.syncs() : List.of(past(sandbox).known(sync)));
  }

  /** A descriptor, by the connector's id. */
  Parsed<DestinationDescriptor> describe(String connector) {
    return plugins.describe(connector);
  }

  Destination destination(String connector) {
    return plugins.destination(connector).orElseThrow();
  }

  private Path root(boolean sandbox) {
    return sandbox ? state.resolve("sandbox") : state;
  }

  private Path folder(RunRequest request) {
    return root(request.sandbox().isPresent());
  }

  /** Connects, and reports item by item whether a sync would work; changes nothing. */
  public CheckReport check(RunRequest request) {
    return Looking.check(environment, prepare(request));
  }

  /**
   * Connects, and asks for the fields of a sync's target: the columns of a table, say.
   *
   * @throws HostException if the connector cannot tell, or its system cannot be asked
   */
  public List<FieldSpec> fields(RunRequest request) {
    return Looking.fields(environment, prepare(request));
  }

  /** Reads the source and says what a sync would do; keeps the plan, and changes nothing else. */
  public PlanReport plan(RunRequest request) {
    return plan(request, new Cancellation());
  }

  /**
   * The same, broken off when somebody asks for an end.
   *
   * @param cancellation ends it early; a {@link HostException} with the code {@code run.broken-off}
   *     says so then
   */
  public PlanReport plan(RunRequest request, Cancellation cancellation) {
    return new PlanRun(environment, prepare(request), request, cancellation).run();
  }

  /**
   * Makes the target what the manifest says, and remembers what was really done.
   *
   * @param listener hears how it goes on, on this thread
   * @param cancellation ends the run early; what is in flight is finished and recorded, and reading
   *     and planning are broken off
   * @return what was done; a run that failed, once it had begun, is a report too
   */
  public RunReport sync(RunRequest request, RunListener listener, Cancellation cancellation) {
    RunLog log = new RunLog(listener);
    BoundManifest bound = orLogged(() -> validated(request.manifest()));
    return orLogged(() -> Announcements.of(bound, request, environment, log))
        .around(() -> run(orLogged(() -> prepare(request, bound)), request, log, cancellation));
  }

  /** What goes wrong before there is a run is told the log too: it may be all that is looked at. */
  private static <T> T orLogged(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      RunLog.failed(e);
      throw e;
    }
  }

  private RunReport run(
      Prepared prepared, RunRequest request, RunListener listener, Cancellation cancellation) {
    Deadline deadline = Deadline.begin(request.longest(), cancellation);
    try {
      return new SyncRun(environment, prepared, request, listener, cancellation).run();
    } finally {
      deadline.close();
    }
  }

  /** Lets connectors and drivers go; to be called once no run is under way. */
  @Override
  public void close() {
    plugins.close();
    drivers.close();
  }

  private final class Installed implements Connectors {
    @Override
    public Parsed<DestinationDescriptor> destination(String id) {
      return plugins.describe(id);
    }

    @Override
    public Parsed<SourceDescriptor> source(String id) {
      return plugins.describeSource(id);
    }
  }

  private Prepared prepare(RunRequest request) {
    return prepare(request, validated(request.manifest()));
  }

  private Prepared prepare(RunRequest request, BoundManifest bound) {
    Destination destination = plugins.destination(bound.descriptor().id()).orElseThrow();
    if (request.sandbox().isPresent()) {
      return prepareInSandbox(request, bound, destination, request.sandbox().get());
    }
    Function<StreamListener, AudienceSource> source = source(bound);
    BoundManifest.DestinationSettings settings =
        valid(request.manifest(), bound.settings(environment.variables()));
    return new Prepared(
        bound,
        destination,
        settings,
        TargetIdentity.of(
            bound.descriptor(), settings.connection(), settings.target(), bound.manifest().key()),
        source,
        StateFolder.open(folder(request)));
  }

  /** Where an audience is read from; fetches secrets now, and not when it is read. */
  Function<StreamListener, AudienceSource> source(BoundManifest bound) {
    SyncManifest manifest = bound.manifest();
    if (manifest.source() instanceof SourceSection.File file) {
      return listener -> new AudienceSource.Files(file.path(), file.query());
    }
    References references = new References(environment.variables(), manifest.folder());
    if (manifest.source() instanceof SourceSection.Connector connector) {
      StreamRequest request = stream(bound, connector, references);
      return listener ->
          new AudienceSource.Stream(
              request,
              connector.query(),
              environment.context((code, message) -> listener.notice(code, message)),
              listener);
    }
    AudienceSource query = query(manifest, (SourceSection.Sql) manifest.source(), references);
    return listener -> query;
  }

  private StreamRequest stream(
      BoundManifest bound, SourceSection.Connector section, References references) {
    SourceDescriptor descriptor = bound.source().orElseThrow();
    return new StreamRequest(
        plugins.source(descriptor.id()).orElseThrow(),
        descriptor,
        descriptor.stream(section.stream()).orElseThrow(),
        valid(bound.manifest().file(), section.resolve(descriptor.settings(), references)));
  }

  private AudienceSource query(
      SyncManifest manifest, SourceSection.Sql sql, References references) {
    SourceSection.Database database = valid(manifest.file(), sql.resolve(references));
    return new AudienceSource.Query(
        new JdbcRequest(
            database.url(),
            database.user(),
            database.password(),
            database.query(),
            JdbcRequest.CONNECT_TIME_LIMIT),
        drivers);
  }

  private Prepared prepareInSandbox(
      RunRequest request,
      BoundManifest bound,
      Destination destination,
      Map<String, Object> sandbox) {
    Path folder = bound.manifest().folder();
    Function<StreamListener, AudienceSource> source = source(bound);
    ConnectionSettings connection =
        bound.descriptor().connection().connection(sandbox, folder).orThrow();
    TargetSettings target =
        valid(
            request.manifest(),
            under(
                "/destination/target",
                bound
                    .descriptor()
                    .target()
                    .target(bound.manifest().destination().target(), folder)));
    return new Prepared(
        bound,
        destination,
        new BoundManifest.DestinationSettings(connection, target),
        TargetIdentity.inSandbox(bound.descriptor(), target, bound.manifest().key()),
        source,
        StateFolder.open(folder(request)));
  }

  private static <T> Parsed<T> under(String prefix, Parsed<T> parsed) {
    return parsed.violations().isEmpty()
        ? parsed
        : Parsed.wrong(parsed.violations().stream().map(v -> v.under(prefix)).toList());
  }

  static <T> T valid(Path file, Parsed<T> parsed) {
    List<Violation> violations = parsed.violations();
    if (!violations.isEmpty()) {
      throw new InvalidManifest(file, violations);
    }
    return parsed.orThrow();
  }

  /** Builds a host. */
  public static final class Builder {
    private final Path plugins;
    private final Path state;
    private Path drivers;
    private Clock clock = Clock.systemUTC();
    private Function<String, @Nullable String> variables = System::getenv;
    private long memoryMegabytes = 384;
    private String userAgent = "Landfall";

    private Builder(Path plugins, Path state) {
      this.plugins = Objects.requireNonNull(plugins, "plugins");
      this.state = Objects.requireNonNull(state, "state");
      drivers = plugins.resolveSibling("drivers");
    }

    /** Sets the folder of JDBC drivers; without it, {@code drivers} beside the plugins. */
    public Builder drivers(Path value) {
      drivers = value;
      return this;
    }

    /** Sets the clock. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** Sets where references to environment variables lead. */
    public Builder variables(Function<String, @Nullable String> value) {
      variables = value;
      return this;
    }

    /** Sets how much memory DuckDB may use, outside the Java heap. */
    public Builder memoryMegabytes(long value) {
      memoryMegabytes = value;
      return this;
    }

    /** Sets how destinations see this host named. */
    public Builder userAgent(String value) {
      userAgent = value;
      return this;
    }

    /** Builds the host, and loads the connectors. */
    public Host build() {
      return new Host(this);
    }
  }
}
