package dev.landfall.table;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One connection to a database, in the few things that are asked of it. For use by one thread at a
 * time, but for {@link #interrupt}.
 */
interface Store extends AutoCloseable {

  /**
   * Looks for a table: by its very name, else by its name in any case.
   *
   * @throws StoreException also if what has the name is no table
   */
  Optional<Table> find(TableName name) throws StoreException;

  /**
   * Makes a table with a column for each field. One that somebody else made meanwhile is left as it
   * is.
   */
  void create(TableName name, RowSchema schema) throws StoreException;

  /** Runs the statements of a script in one transaction; a failure names the statement. */
  void run(Script script) throws StoreException;

  /** What this user may do, as far as it can be told without doing it. */
  Rights rights(Optional<Table> table, TableName name) throws StoreException;

  /**
   * Brings the rows of a batch into a temporary table of the database, so that they can be written
   * with few statements.
   *
   * @param batch the rows, and what is to be done with them
   * @param deadline until when the database may take
   */
  Staged stage(StagedBatch batch, Deadline deadline) throws StoreException;

  /**
   * Makes what runs end soon. From any thread; has to be called again while it has not ended. What
   * is asked of the store afterwards may fail.
   */
  void interrupt();

  /** Whether anything can still be asked of it. */
  boolean usable();

  /** Frees what the store holds; does not throw. */
  @Override
  void close();

  /**
   * What a user may do.
   *
   * @param granted what, in the database's words ("SELECT")
   * @param missing what not
   * @param createTable whether a table may be made
   * @param writable whether the database takes writes at all
   */
  record Rights(
      List<String> granted, List<String> missing, boolean createTable, boolean writable) {}

  /** The rows of a batch, in the database and not yet in the table. */
  interface Staged extends AutoCloseable {

    /**
     * Rows that cannot be written, as could be told of all at once.
     *
     * @return why, by their places
     */
    Map<Integer, Problem> refused();

    /**
     * Writes some of the rows, all of them or none.
     *
     * @param from the first one's place
     * @param to the place behind the last one
     * @return those that were not written, each with what the table has of them
     * @throws StoreException none was written; unless it says that this is in doubt
     */
    List<Unwritten> write(int from, int to) throws StoreException;

    /** Whether what was written stays, whatever happens later; else {@link #commit} decides. */
    boolean lasts();

    /** Makes what was written stay. */
    void commit() throws StoreException;

    /** Undoes what was not committed; does not throw. */
    @Override
    void close();
  }

  /**
   * A row that was not written.
   *
   * @param place its place
   * @param there whether the table holds a record with its key
   * @param same whether that record has the row's values
   */
  record Unwritten(int place, boolean there, boolean same) {}
}
