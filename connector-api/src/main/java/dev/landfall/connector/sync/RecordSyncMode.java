package dev.landfall.connector.sync;

import java.util.List;

/** Modes of a destination that holds records. */
public enum RecordSyncMode implements SyncMode {
  /** Write new records only. */
  INSERT("insert", List.of(ChangeKind.INSERT)),
  /** Change existing records only. */
  UPDATE("update", List.of(ChangeKind.UPDATE)),
  /** Write records, new or not. */
  UPSERT("upsert", List.of(ChangeKind.UPSERT)),
  /** Make the target's records those of the source. */
  MIRROR("mirror", List.of(ChangeKind.DELETE, ChangeKind.UPSERT));

  private final String word;
  private final List<ChangeKind> changeKinds;

  RecordSyncMode(String word, List<ChangeKind> changeKinds) {
    this.word = word;
    this.changeKinds = changeKinds;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public List<ChangeKind> changeKinds() {
    return changeKinds;
  }
}
