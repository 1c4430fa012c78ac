package dev.landfall.connector.sync;

/** What a batch does with its rows. */
public enum ChangeKind {
  /** Make each row's member a member of the audience. */
  ADD("add", false),
  /** Make each row's member no member of the audience. */
  REMOVE("remove", true),
  /** Write a new record. */
  INSERT("insert", false),
  /** Change a record that exists. */
  UPDATE("update", false),
  /** Write a record, new or not. */
  UPSERT("upsert", false),
  /** Take a record away. */
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
