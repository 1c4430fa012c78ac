package dev.landfall.table;

/** A database that a session connects to, again if a connection broke. */
interface Database extends AutoCloseable {

  /**
   * Connects.
   *
   * @param mayCreate whether a database that is not there may be made, if it is one that can be
   * @throws StoreException if nobody can be connected to, or not as this user
   */
  Store connect(boolean mayCreate) throws StoreException;

  /** Gives up connecting; from any thread. Later calls fail. Does not throw. */
  @Override
  void close();

  /** The database that the settings name. */
  static Database of(TableSettings.Access access) {
    return DatabaseUrl.isDuckDb(access.url())
        ? new DuckDbDatabase(DatabaseUrl.file(access.url()), access.memoryMegabytes())
        : new PostgresDatabase(access);
  }
}
