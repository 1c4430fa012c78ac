package dev.landfall.host;

import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.host.ledger.Standing;
import org.jspecify.annotations.Nullable;

/** Why the planner does what it does with a member, or with a record, in words. */
final class Reasons {

  private final SyncMode mode;
  private final boolean records;
  private final String source;

  Reasons(SyncMode mode) {
    this.mode = mode;
    this.records = mode instanceof RecordSyncMode;
    this.source = records ? "the source" : "the audience";
  }

  String withheld() {
    return "Its %s is due, but all %ss are withheld: they exceed the removal budget, or nobody would stay."
        .formatted(removal(), removal());
  }

  private String removal() {
    return records ? "deletion" : "removal";
  }

  String nothing(boolean inSource, @Nullable Standing standing, boolean asked) {
    if (inSource) {
      return "It is in "
          + source
          + " and in the target"
          + (mode == RecordSyncMode.INSERT
              ? "; insert mode leaves alone what is there."
              : records ? " with the same values." : ".");
    }
    if (standing != null) {
      return mode == AudienceSyncMode.REMOVE
          ? "It is not in the source, and remove mode sends the source's members alone."
          : "It is not in %s, but %s mode %s."
              .formatted(source, mode.word(), records ? "deletes nothing" : "removes nobody");
    }
    return "It is not in "
        + source
        + (asked
            ? ", and not in the target as far as this sync is concerned."
            : ", the ledger does not hold it, and no run that is kept sent it.");
  }

  String quarantined(ChangeKind kind) {
    return (kind.keyOnly()
            ? "It is to be %sd, but its %s was rejected"
                .formatted(records ? "delete" : "remove", removal())
            : "It is in %s, but its %s was rejected".formatted(source, kind.word()))
        + "; it is left alone until rejected.retryAfter has passed. --retry-rejected offers it at"
        + " once.";
  }

  String offered(ChangeKind kind, @Nullable Standing standing, boolean rejected, boolean accepted) {
    if (accepted) {
      return "The destination accepted its last change and has not confirmed it. The run asks first,"
          + " and sends this if the confirmation leaves anything to do.";
    }
    String why = kind.keyOnly() ? taken() : written(standing);
    return rejected ? why + " It was rejected before, and is offered again." : why;
  }

  private String taken() {
    return mode == AudienceSyncMode.REMOVE
        ? "It is in the source, and remove mode sends every row."
        : "It is not in " + source + ", and this sync put it into the target, or may have.";
  }

  private String written(@Nullable Standing standing) {
    if (standing == null) {
      return "It is in " + source + ", and not in the target as far as the ledger knows.";
    }
    return standing.present()
        ? "It is in the source with other values than it was sent with last."
        : "It is in %s, and whether it is in the target%s is not known."
            .formatted(source, records ? " with these values" : "");
  }
}
