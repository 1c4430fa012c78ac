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
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a rule needs of a connector, of its system, or of the place where it is tried. */
public enum Capability {
  /** The connector delivers adds: of records upserts, or inserts. */
  ADD(true, stage -> stage.delivers(stage.addKind())),
  /** The connector delivers removals: of records deletes. */
  REMOVE(true, stage -> stage.delivers(stage.removeKind())),
  /** The connector's targets hold audiences. */
  AUDIENCES(true, stage -> !stage.holdsRecords()),
  /** The connector's targets hold records. */
  RECORDS(true, Stage::holdsRecords),
  /** The connector delivers inserts. */
  INSERT(true, stage -> stage.delivers(ChangeKind.INSERT)),
  /** The connector delivers updates. */
  UPDATE(true, stage -> stage.delivers(ChangeKind.UPDATE)),
  /** The connector delivers upserts. */
  UPSERT(true, stage -> stage.delivers(ChangeKind.UPSERT)),
  /** The connector changes records that are there, by upserts or updates. */
  OVERWRITES(true, stage -> stage.delivers(ChangeKind.UPSERT) || stage.delivers(ChangeKind.UPDATE)),
  /** The connector takes fields of any name. */
  FREE_FIELDS(true, stage -> stage.descriptor().freeFields()),
  /** The system has targets whose key is made of several fields. */
  COMPOSITE_KEY(
      true, stage -> stage.holdsRecords() && stage.records().compositeSchema().isPresent()),
  /** A batch of the connector may have several rows. */
  BATCHES(true, stage -> stage.descriptor().largestBatch() > 1),
  /** A session of the connector bears several calls at once. */
  IN_FLIGHT(true, stage -> stage.descriptor().callsInFlight() > 1),
  /** The connector declares adds idempotent. */
  IDEMPOTENT_ADD(true, stage -> idempotent(stage, stage.addKind())),
  /** The connector declares removals idempotent. */
  IDEMPOTENT_REMOVE(true, stage -> idempotent(stage, stage.removeKind())),
  /** The connector declares inserts idempotent. */
  IDEMPOTENT_INSERT(true, stage -> idempotent(stage, ChangeKind.INSERT)),
  /** The connector declares updates idempotent. */
  IDEMPOTENT_UPDATE(true, stage -> idempotent(stage, ChangeKind.UPDATE)),
  /** The connector's sessions can be asked later what became of what was taken on. */
  CONFIRMS_LATER(true, Capability::confirmsLater),
  /** A mode is left that the connector does not declare. */
  UNDECLARED_MODE(true, stage -> !stage.undeclared().isEmpty()),
  /** The connector has fields besides the one that names the member. */
  SEVERAL_FIELDS(true, stage -> stage.schema().fields().size() > 1),
  /** Several texts of the key stand for the same member. */
  KEY_IDENTITY(
      true,
      stage ->
          stage.descriptor().keyField().isPresent() && stage.identity() != FieldIdentity.EXACT),
  /** The connector can say which fields a target has. */
  DESCRIBES_FIELDS(true, stage -> stage.destination() instanceof DescribesFields),
  /** The connector makes a target that does not exist, where it is told to. */
  MAKES_TARGETS(true, stage -> stage.testbed().targetToMake(0).isPresent()),
  /** A setting says where the system is. */
  ADDRESS(true, stage -> stage.testbed().unreachableConnection().isPresent()),
  /** The system can tell how those name themselves who call. */
  CALLERS(true, stage -> stage.testbed().callers().isPresent()),
  /** The system hands out tokens that can expire. */
  TOKENS(true, stage -> stage.testbed().authority().isPresent()),
  /** The system refuses some members. */
  REFUSALS(true, stage -> stage.testbed().refusedMember(0).isPresent()),
  /** The system runs in the connector's own process; without FAULTS nothing is amiss then. */
  IN_PROCESS(true, stage -> stage.testbed().inProcess()),
  /** Calls that reach the system are counted, as where there are calls. */
  CALLS(true, stage -> !stage.testbed().inProcess()),
  /** The sandbox can be made to fail. */
  FAULTS(false, stage -> stage.testbed().injectsFaults()),
  /** The folder of the plugin's jars is known. */
  JARS(false, stage -> stage.subject().plugin() != null, stage -> stage.subject().plugin() != null),
  /** What is read and written can be recorded: Java has its flight recorder. */
  RECORDER(false, stage -> recorder(), stage -> recorder()),
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

  /**
   * Whether a rule that needs it is skipped where it is lacking, and not unverified: what can only
   * be provided by the place counts as not declared where the connector leaves no room for it.
   */
  boolean skippedWithout(Set<Capability> present) {
    return declared || (this == FAULTS && present.contains(IN_PROCESS));
  }

  boolean on(Stage stage) {
    return ofDestination != null && ofDestination.test(stage);
  }

  boolean on(SourceStage stage) {
    return ofSource != null && ofSource.test(stage);
  }

  private static boolean recorder() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent();
  }

  private static boolean idempotent(Stage stage, ChangeKind kind) {
    return stage.descriptor().idempotentKinds().contains(kind) && stage.delivers(kind);
  }

  private static boolean ended(Optional<? extends SourceTestbed.Outage> outage) {
    outage.ifPresent(SourceTestbed.Outage::close);
    return outage.isPresent();
  }

  private static boolean confirmsLater(Stage stage) {
    var any = stage.descriptor().modes().get(0);
    try (var session = stage.open(stage.target(), any, stage.testbed().connection())) {
      return session.confirmsLater();
    } catch (Violated e) {
      // A connector that opens nothing is found out by the rules that open sessions.
      return false;
    }
  }
}
