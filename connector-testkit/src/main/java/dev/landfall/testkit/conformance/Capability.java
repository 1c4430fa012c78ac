package dev.landfall.testkit.conformance;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Violated;
import java.util.function.Predicate;

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
  /** The system hands out tokens that can expire. */
  TOKENS(true, stage -> stage.testbed().authority().isPresent()),
  /** The system refuses some members. */
  REFUSALS(true, stage -> stage.testbed().refusedMember(0).isPresent()),
  /** The sandbox can be made to fail. */
  FAULTS(false, stage -> stage.testbed().injectsFaults()),
  /** The folder of the plugin's jars is known. */
  JARS(false, stage -> stage.subject().plugin() != null),
  /** What is logged can be heard. */
  LOGS(false, stage -> stage.subject().logs() != null);

  private final boolean declared;
  private final Predicate<Stage> present;

  Capability(boolean declared, Predicate<Stage> present) {
    this.declared = declared;
    this.present = present;
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

  boolean on(Stage stage) {
    return present.test(stage);
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
