package dev.landfall.host;

import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Standing;
import org.jspecify.annotations.Nullable;

/** Why the planner does what it does with a member, in words. */
final class Reasons {

  static final String WITHHELD =
      "Its removal is due, but all removals are withheld: they exceed the removal budget, or nobody"
          + " would stay.";

  private Reasons() {}

  static String nothing(
      AudienceSyncMode mode, boolean inAudience, @Nullable Standing standing, boolean asked) {
    if (inAudience) {
      return "It is in the audience and in the target.";
    }
    if (standing != null) {
      return mode == AudienceSyncMode.REMOVE
          ? "It is not in the source, and remove mode sends the source's members alone."
          : "It is not in the audience, but add mode removes nobody.";
    }
    return asked
        ? "It is not in the audience, and not in the target as far as this sync is concerned."
        : "It is not in the audience, the ledger does not hold it, and no run that is kept sent"
            + " it.";
  }

  static String quarantined(ChangeKind kind) {
    return (kind == ChangeKind.ADD
            ? "It is in the audience, but its add was rejected"
            : "It is to be removed, but its removal was rejected")
        + "; it is left alone until rejected.retryAfter has passed. --retry-rejected offers it at"
        + " once.";
  }

  static String offered(
      ChangeKind kind, boolean removeMode, boolean held, boolean rejected, boolean accepted) {
    String why;
    if (accepted) {
      return "The destination accepted its last change and has not confirmed it. The run asks first,"
          + " and sends this if the confirmation leaves anything to do.";
    }
    if (kind == ChangeKind.ADD) {
      why =
          held
              ? "It is in the audience, and whether it is in the target is not known."
              : "It is in the audience, and not in the target as far as the ledger knows.";
    } else {
      why =
          removeMode
              ? "It is in the source, and remove mode sends every row."
              : "It is not in the audience, and this sync put it into the target, or may have.";
    }
    return rejected ? why + " It was rejected before, and is offered again." : why;
  }
}
