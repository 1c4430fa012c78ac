package dev.landfall.connector.sync;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a sync does with its destination; either an audience mode or a record mode. */
public sealed interface SyncMode permits AudienceSyncMode, RecordSyncMode {

  /**
   * The word in a manifest.
   *
   * @return lower-case, stable
   */
  String word();

  /**
   * The kinds of change that a connector must handle for this mode.
   *
   * @return the kinds, in the order they are delivered
   */
  List<ChangeKind> changeKinds();

  /**
   * Finds the mode that a manifest names among those a connector declares; audience and record
   * modes share words, and a connector declares only one of the two families.
   *
   * @param word the word in the manifest
   * @param declared the modes of the connector
   * @return the mode, or empty if the connector does not declare it
   */
  static Optional<SyncMode> parse(String word, Collection<? extends SyncMode> declared) {
    for (SyncMode mode : declared) {
      if (mode.word().equals(word)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
