package dev.landfall.testkit.stage;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Context;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.testkit.sandbox.RecordTestbed;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.sandbox.Testbed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where one scenario plays: a sandbox of its own that holds nobody, the connector, a clock that
 * stands still, and chance that repeats with the seed. After every delivery, and at the end, who is
 * in the targets by the sandbox's own word is compared with what the connector claimed; no scenario
 * can leave that out, since it is whoever plays it that calls {@link #readBack} at the end.
 */
public final class Stage extends Cast implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-01-05T06:00:00Z");

  private final Subject subject;
  private final Destination destination;
  private final Path folder;
  private final SteppingClock clock;
  private final Random random;
  private final Privacy privacy;
  private final Speech speech;
  private final Questions questions;
  private final Targets targets = new Targets(this, watch());
  private final Logs.Hearing logs;
  private final AtomicInteger sessions = new AtomicInteger();

  /**
   * Sets a stage.
   *
   * @param subject what is tried
   * @param folder an empty folder
   * @param seed what chance goes by
   * @throws IllegalArgumentException if the sandbox is no {@link Testbed}
   */
  public Stage(Subject subject, Path folder, long seed) {
    this(subject, subject.destination().get(), folder, new SteppingClock(START), seed);
  }

  private Stage(
      Subject subject, Destination destination, Path folder, SteppingClock clock, long seed) {
    super(destination.descriptor(), start(subject, destination.descriptor(), folder, clock));
    this.subject = subject;
    this.destination = destination;
    this.folder = folder;
    this.clock = clock;
    random = new Random(seed);
    privacy = new Privacy(watch(), testbed());
    speech = new Speech(descriptor().id(), Speech.Held.TO_DESTINATIONS, watch(), privacy);
    questions = new Questions(destination, watch(), privacy, speech);
    Logs heard = subject.logs();
    logs = heard == null ? () -> {} : heard.listen(privacy::lookAtLog);
  }

  private static Testbed start(
      Subject subject, DestinationDescriptor descriptor, Path folder, SteppingClock clock) {
    Class<? extends Testbed> needed =
        descriptor.modes().get(0) instanceof RecordSyncMode ? RecordTestbed.class : Testbed.class;
    Sandbox sandbox =
        subject.sandbox().start(SandboxRequest.in(folder.resolve("sandbox")).withClock(clock));
    if (needed.isInstance(sandbox)) {
      return needed.cast(sandbox);
    }
    sandbox.close();
    throw new IllegalArgumentException(
        "The sandbox of " + subject.sandbox().connector() + " does not implement " + needed);
  }

  /**
   * What is tried.
   *
   * @return the subject
   */
  public Subject subject() {
    return subject;
  }

  /**
   * The connector, past the guard.
   *
   * @return the destination
   */
  public Destination destination() {
    return destination;
  }

  /**
   * The clock that both the connector and the system go by.
   *
   * @return the clock
   */
  public SteppingClock clock() {
    return clock;
  }

  /**
   * Chance that repeats with the seed.
   *
   * @return the source of chance
   */
  public Random random() {
    return random;
  }

  /**
   * A folder for what the scenario writes.
   *
   * @return an empty folder, gone when the run ends
   */
  public Path folder() {
    return folder;
  }

  /**
   * A target that nobody is in.
   *
   * @return another one at every call
   */
  public Target target() {
    return targets.make(schema());
  }

  /**
   * A target without a record in it.
   *
   * @param schema what it looks like; one of those that the testbed knows
   * @return another one at every call
   */
  public Target target(RowSchema schema) {
    return targets.make(schema);
  }

  /**
   * A target that does not exist, and that the connector is told to make.
   *
   * @return another one at every call
   * @throws IllegalStateException if the connector makes no targets
   */
  public Target targetToMake() {
    return targets.toMake();
  }

  /**
   * Puts a record into a target past the connector, as other people would.
   *
   * @param target where to
   * @param record the record
   */
  public void put(Target target, Member record) {
    targets.put(target, record);
  }

  /**
   * Whether a target holds a member, or a record once and with exactly its values, by the system's
   * own word.
   *
   * @param target raw settings of a target as most rules are tried with
   * @param member the member, or the record
   * @return true if it does
   */
  public boolean holds(Map<String, Object> target, Member member) {
    List<Map<String, Object>> there =
        targets.there(target, schema()).getOrDefault(member.name(), List.of());
    return there.equals(
        List.of(holdsRecords() ? Values.canonical(member.values()) : Map.<String, Object>of()));
  }

  /**
   * What is in a target by the system's own word.
   *
   * @param target the target
   * @return the values of each record by its name; a member of an audience has none
   */
  public Map<String, List<Map<String, Object>>> there(Target target) {
    return targets.there(target.settings(), targets.schema(target));
  }

  /**
   * Reads the sandbox's connection settings, or others, as a host would.
   *
   * @param raw raw values
   * @return the settings
   */
  public ConnectionSettings connection(Map<String, Object> raw) {
    return descriptor().connection().connection(raw, folder).orThrow();
  }

  /**
   * Reads a target's settings as a host would.
   *
   * @param raw raw values
   * @return the settings
   */
  public TargetSettings targetSettings(Map<String, Object> raw) {
    return descriptor().target().target(raw, folder).orThrow();
  }

  /**
   * Opens a session with the first declared mode that delivers adds.
   *
   * @param target where to
   * @return a session behind the guard
   * @throws Violated if the connector does not open one
   */
  public Session open(Target target) {
    return open(target, mode(addKind()), testbed().connection());
  }

  /**
   * Opens a session whose time limits are a second or less.
   *
   * @param target where to
   * @return a session behind the guard
   * @throws Violated if the connector does not open one
   */
  public Session openImpatient(Target target) {
    return open(target, mode(addKind()), testbed().impatientConnection());
  }

  /**
   * Opens a session with the first declared mode that delivers a kind of change.
   *
   * @param target where to
   * @param kind the change
   * @param fields the fields of its rows, as a manifest's mapping would have them
   * @return a session behind the guard
   * @throws Violated if the connector does not open one
   */
  public Session open(Target target, ChangeKind kind, RowSchema fields) {
    try {
      return tryOpen(target, kind, fields);
    } catch (ConnectorException e) {
      throw unopened(mode(kind), e);
    }
  }

  /**
   * Opens a session, that the connector may refuse, with the first declared mode that delivers a
   * kind of change.
   *
   * @param target where to
   * @param kind the change
   * @param fields the fields of its rows, as a manifest's mapping would have them
   * @return a session behind the guard
   * @throws ConnectorException if the connector does not open one
   */
  public Session tryOpen(Target target, ChangeKind kind, RowSchema fields) {
    return tryOpen(target, mode(kind), testbed().connection(), fields, false);
  }

  /**
   * Opens a session.
   *
   * @param target where to
   * @param mode the mode
   * @param connection raw connection settings
   * @return a session behind the guard
   * @throws Violated if the connector does not open one
   */
  public Session open(Target target, SyncMode mode, Map<String, Object> connection) {
    try {
      return tryOpen(target, mode, connection);
    } catch (ConnectorException e) {
      throw unopened(mode, e);
    }
  }

  private static Violated unopened(SyncMode mode, ConnectorException e) {
    return new Violated(
        "a session for mode " + mode.word(),
        "open threw " + e.problem().kind() + " (" + e.problem().code() + ")");
  }

  /**
   * Opens a session that the connector may refuse.
   *
   * @param target where to
   * @param mode the mode
   * @param connection raw connection settings
   * @return a session behind the guard
   * @throws ConnectorException if the connector does not open one
   */
  public Session tryOpen(Target target, SyncMode mode, Map<String, Object> connection) {
    return tryOpen(target, mode, connection, targets.schema(target), false);
  }

  /**
   * Opens a session as after earlier runs: the host remembers deliveries to the target, and relies
   * on them.
   *
   * @param target where to
   * @return a session behind the guard
   * @throws ConnectorException if the connector does not open one
   */
  public Session tryOpenAgain(Target target) {
    return tryOpen(target, mode(addKind()), testbed().connection(), targets.schema(target), true);
  }

  private Session tryOpen(
      Target target,
      SyncMode mode,
      Map<String, Object> connection,
      RowSchema fields,
      boolean deliveredBefore) {
    String name = "session " + sessions.incrementAndGet();
    note(
        name
            + " = open("
            + target
            + ", "
            + mode.word()
            + (deliveredBefore ? ", as after earlier runs)" : ")"));
    DestinationSession session =
        questions.open(
            new SessionRequest(
                connection(connection),
                targetSettings(target.settings()),
                mode,
                fields,
                lent().deliveredBefore(deliveredBefore).build()));
    return new Session(this, name, target, mode, fields, session);
  }

  /**
   * Tries to open a session, and closes it if there is one.
   *
   * @param target where to
   * @param mode the mode
   * @return why the connector refused it, or empty if it did not
   */
  public Optional<Problem> refusal(Target target, SyncMode mode) {
    try (Session session = tryOpen(target, mode, testbed().connection())) {
      heard("opened, for " + mode.word() + ": " + session.handles(addKind()));
      return Optional.empty();
    } catch (ConnectorException e) {
      return Optional.of(e.problem());
    }
  }

  /**
   * Runs the connector's check.
   *
   * @param connection raw connection settings
   * @param target raw target settings
   * @return what it found; nothing if it threw
   */
  public CheckReport check(Map<String, Object> connection, Map<String, Object> target) {
    note("check");
    return questions.check(
        new CheckRequest(connection(connection), targetSettings(target), context()));
  }

  /**
   * Asks the connector for the fields of a target.
   *
   * @param connection raw connection settings
   * @param target raw target settings
   * @return the fields
   * @throws ConnectorException if the connector cannot tell them
   * @throws Violated if it threw anything else, or gave nothing
   */
  public List<FieldSpec> fields(Map<String, Object> connection, Map<String, Object> target) {
    note("fields");
    return questions.fields(
        new CheckRequest(connection(connection), targetSettings(target), context()));
  }

  /** Compares who is in the targets with what was claimed, if nothing is under way. */
  public void readBack() {
    targets.readBack();
  }

  /** Closes the sandbox; what is in it has to be read back before. */
  @Override
  public void close() {
    try {
      logs.close();
    } finally {
      testbed().close();
    }
  }

  /**
   * What a host lends.
   *
   * @return the stage's clock, a user agent, and notices that are looked at
   */
  public Context context() {
    return lent().build();
  }

  private Context.Builder lent() {
    return Context.builder()
        .clock(clock)
        .userAgent("Landfall-Testkit")
        .notices((code, message) -> speech.noticed(code, message));
  }

  Speech speech() {
    return speech;
  }

  Privacy privacy() {
    return privacy;
  }

  Targets targets() {
    return targets;
  }
}
