package dev.landfall.testkit.conformance;

import dev.landfall.connector.DescribesFields;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Stock;
import dev.landfall.testkit.stage.Violated;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a rule needs of a connector, of its system, or of the place where it is tried. */
public enum Capability {
  /** The connector delivers adds. */
  ADD(true, stage -> stage.delivers(ChangeKind.ADD)),
  /** The connector delivers removals. */
  REMOVE(true, stage -> stage.delivers(ChangeKind.REMOVE)),
  /** A batch of the connector may have several rows. */
  BATCHES(true, stage -> stage.descriptor().largestBatch() > 1),
  /** A session of the connector bears several calls at once. */
  IN_FLIGHT(true, stage -> stage.descriptor().callsInFlight() > 1),
  /** The connector declares adds idempotent. */
  IDEMPOTENT_ADD(true, stage -> stage.descriptor().idempotentKinds().contains(ChangeKind.ADD)),
  /** The connector declares removals idempotent. */
  IDEMPOTENT_REMOVE(
      true, stage -> stage.descriptor().idempotentKinds().contains(ChangeKind.REMOVE)),
  /** The connector's sessions can be asked later what became of what was taken on. */
  CONFIRMS_LATER(true, Capability::confirmsLater),
  /** An audience mode is left that the connector does not declare. */
  UNDECLARED_MODE(true, stage -> !stage.undeclared().isEmpty()),
  /** The connector has fields besides the one that names the member. */
  SEVERAL_FIELDS(true, stage -> stage.descriptor().fields().size() > 1),
  /** Several texts of the key stand for the same member. */
  KEY_IDENTITY(
      true,
      stage ->
          stage.descriptor().keyField().isPresent() && stage.identity() != FieldIdentity.EXACT),
  /** The connector can say which fields a target has. */
  DESCRIBES_FIELDS(true, stage -> stage.destination() instanceof DescribesFields),
  /** A setting says where the system is. */
  ADDRESS(true, stage -> stage.testbed().unreachableConnection().isPresent()),
  /** The system can tell how those name themselves who call. */
  CALLERS(true, stage -> stage.testbed().callers().isPresent()),
  /** The system hands out tokens that can expire. */
  TOKENS(true, stage -> stage.testbed().authority().isPresent()),
  /** The system refuses some members. */
  REFUSALS(true, stage -> stage.testbed().refusedMember(0).isPresent()),
  /** The sandbox can be made to fail. */
  FAULTS(false, stage -> stage.testbed().injectsFaults()),
  /** The folder of the plugin's jars is known. */
  JARS(false, stage -> stage.subject().plugin() != null, stage -> stage.subject().plugin() != null),
  /** What is read and written can be recorded: Java has its flight recorder. */
  RECORDER(false, stage -> ModuleLayer.boot().findModule("jdk.jfr").isPresent()),
  /** What is logged can be heard. */
  LOGS(false, stage -> stage.subject().logs() != null, stage -> stage.subject().logs() != null),
  /** A stream of the source goes on from a cursor with what is new. */
  INCREMENTAL(true, null, stage -> !stage.incremental().isEmpty()),
  /** The source's system can hold what is no row. */
  MALFORMED(true, null, stage -> stage.streams().stream().anyMatch(Stock::addMalformed)),
  /** The source's system can be made to keep those waiting who read from it. */
  SILENCE(true, null, stage -> ended(stage.testbed().silence())),
  /** The source's system can be made to fail. */
  FAILURE(false, null, stage -> ended(stage.testbed().failure()));

  private final boolean declared;
  private final @Nullable Predicate<Stage> ofDestination;
  private final @Nullable Predicate<SourceStage> ofSource;

  Capability(boolean declared, Predicate<Stage> ofDestination) {
    this(declared, ofDestination, null);
  }

  Capability(
      boolean declared,
      @Nullable Predicate<Stage> ofDestination,
      @Nullable Predicate<SourceStage> ofSource) {
    this.declared = declared;
    this.ofDestination = ofDestination;
    this.ofSource = ofSource;
  }

  /**
   * Whether a connector may lack it: a rule that needs it is skipped then. Without what the place
   * has to provide, a rule is unverified.
   *
   * @return true if it is up to the connector and its system
   */
  public boolean declared() {
    return declared;
  }

  /**
   * Whether rules of some kind of connector may need it.
   *
   * @param kind the kind of connector
   * @return true if it can be told of such a connector whether it has it
   */
  public boolean concerns(Rule.About kind) {
    return (kind == Rule.About.SOURCES ? ofSource : ofDestination) != null;
  }

  boolean on(Stage stage) {
    return ofDestination != null && ofDestination.test(stage);
  }

  boolean on(SourceStage stage) {
    return ofSource != null && ofSource.test(stage);
  }

  private static boolean ended(Optional<? extends SourceTestbed.Outage> outage) {
    outage.ifPresent(SourceTestbed.Outage::close);
    return outage.isPresent();
  }

  private static boolean confirmsLater(Stage stage) {
    try (var session = stage.open(stage.target())) {
      return session.confirmsLater();
    } catch (Violated e) {
      // A connector that opens nothing is found out by the rules that open sessions.
      return false;
    }
  }
}
