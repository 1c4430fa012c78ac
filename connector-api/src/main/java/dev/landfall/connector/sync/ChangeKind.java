package dev.landfall.connector.sync;

/** What a batch does with its rows. */
public enum ChangeKind {
  /** Make each row's member a member of the audience. */
  ADD("add", false),
  /** Make each row's member no member of the audience. */
  REMOVE("remove", true),
  /**
   * Write a record that is not there. One that is there stays as it is, whatever its values, and is
   * delivered, unchanged.
   */
  INSERT("insert", false),
  /** Change a record that is there. Where there is none, none is made, and the row is rejected. */
  UPDATE("update", false),
  /**
   * Write a record, whether it is there or not: its fields are then as in the row; fields that the
   * row does not have stay as they were.
   */
  UPSERT("upsert", false),
  /** Take a record away. One that is gone already is delivered, unchanged. */
  DELETE("delete", true);

  private final String word;
  private final boolean keyOnly;

  ChangeKind(String word, boolean keyOnly) {
    this.word = word;
    this.keyOnly = keyOnly;
  }

  /**
   * The word in messages and files.
   *
   * @return a lower-case verb
   */
  public String word() {
    return word;
  }

  /**
   * Whether a batch of this kind carries the key fields and no others.
   *
   * @return true for REMOVE and DELETE
   */
  public boolean keyOnly() {
    return keyOnly;
  }
}
