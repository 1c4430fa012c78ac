package dev.landfall.connector.sync;

import java.util.List;

/** Modes of a destination that holds audiences: who is in, and who is not. */
public enum AudienceSyncMode implements SyncMode {
  /** Only add: nobody ever leaves. */
  ADD("add", List.of(ChangeKind.ADD)),
  /** Only remove: every member of the source leaves. */
  REMOVE("remove", List.of(ChangeKind.REMOVE)),
  /** Make the target's members those of the source. */
  MIRROR("mirror", List.of(ChangeKind.REMOVE, ChangeKind.ADD)),
  /** Add members together with their attributes. */
  UPSERT("upsert", List.of(ChangeKind.UPSERT));

  private final String word;
  private final List<ChangeKind> changeKinds;

  AudienceSyncMode(String word, List<ChangeKind> changeKinds) {
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
