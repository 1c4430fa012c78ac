package dev.landfall.table;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to PostgreSQL. */
final class PostgresStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);

  /** What PostgreSQL cuts off without a word. */
  private static final int LONGEST_NAME = 63;

  /** What a silent network is given beyond the server's own limit on a statement. */
  private static final int GRACE_MILLIS = 5_000;

  private final Connection connection;
  private final Duration timeLimit;
  private volatile boolean usable = true;

  private PostgresStore(Connection connection, Duration timeLimit) {
    this.connection = connection;
    this.timeLimit = timeLimit;
  }

  /**
   * The store over a connection.
   *
   * @param timeLimit how long any statement may take
   */
  static PostgresStore over(Connection connection, Duration timeLimit) throws StoreException {
    PostgresStore store = new PostgresStore(connection, timeLimit);
    try {
      connection.setNetworkTimeout(
          Runnable::run, (int) Math.min(Integer.MAX_VALUE, timeLimit.toMillis() + GRACE_MILLIS));
      return store;
    } catch (SQLException e) {
      store.close();
      throw PostgresFailures.connecting(e);
    }
  }

  CopyManager copy() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  @Override
  public Optional<Table> find(TableName name) throws StoreException {
    try {
      return PostgresCatalogue.find(this, name);
    } catch (SQLException e) {
      throw PostgresFailures.running(e, name.toString());
    }
  }

  @Override
  public void create(TableName name, RowSchema schema) throws StoreException {
    List<String> columns = new ArrayList<>();
    for (FieldSpec field : schema.fields()) {
      requireShort(name, field.name());
      columns.add(TableName.quote(field.name()) + " " + PostgresTypes.forField(field.type()));
    }
    requireShort(name, name.table());
    columns.add(
        schema.key().stream()
            .map(TableName::quote)
            .collect(Collectors.joining(", ", "primary key (", ")")));
    try {
      execute(
          "create table if not exists "
              + (name.schema() == null ? "" : TableName.quote(name.schema()) + ".")
              + TableName.quote(name.table())
              + " ("
              + String.join(", ", columns)
              + ")");
    } catch (SQLException e) {
      Optional<StoreException> failure = notCreated(name, e);
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  private static Optional<StoreException> notCreated(TableName name, SQLException e) {
    return switch (PostgresFailures.state(e)) {
      // Somebody else made it in the same moment.
      case "42P07", "23505" -> Optional.empty();
      case "42501", "25006" -> Optional.of(PostgresFailures.running(e, name.toString()));
      case "3F000" ->
          Optional.of(notCreated(name, "its schema does not exist" + PostgresFailures.in(e)));
      default -> Optional.of(notCreated(name, "the database refuses" + PostgresFailures.in(e)));
    };
  }

  private static void requireShort(TableName name, String identifier) throws StoreException {
    if (identifier.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw notCreated(
          name,
          "the name \"" + identifier + "\" is longer than the 63 bytes that PostgreSQL keeps");
    }
  }

  private static StoreException notCreated(TableName name, String why) {
    return StoreException.stop(
        TableProblem.NOT_CREATED.problem("The table " + name + " could not be made: " + why + "."));
  }

  @Override
  public void run(Script script) throws StoreException {
    try {
      begin(timeLimit.toMillis());
      for (Script.Statement statement : script.statements()) {
        try {
          execute(statement.sql());
        } catch (SQLException e) {
          throw PostgresFailures.scripting(e, statement.shown());
        }
      }
      commit();
    } catch (SQLException e) {
      throw PostgresFailures.running(e, "the database");
    } finally {
      rollback();
    }
  }

  @Override
  public Rights rights(Optional<Table> table, TableName name) throws StoreException {
    try {
      return PostgresCatalogue.rights(this, table, name);
    } catch (SQLException e) {
      throw PostgresFailures.running(e, name.toString());
    }
  }

  @Override
  public Staged stage(StagedBatch batch, Deadline deadline) throws StoreException {
    return PostgresStaged.of(this, batch, deadline);
  }

  /** Begins a transaction, in which no statement may take longer than that. */
  void begin(long millis) throws SQLException {
    connection.setAutoCommit(false);
    execute("set transaction isolation level read committed");
    execute("set local statement_timeout = " + Math.max(1, millis));
    // What is compared at the commit only could not be told of a single row.
    execute("set constraints all immediate");
  }

  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Undoes a transaction, if one runs, and goes back to none. */
  void rollback() {
    try {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      // Whoever asks for this has a failure to tell that comes before this one.
      usable = false;
      LOG.debug("A transaction could not be undone{}", PostgresFailures.in(e));
    }
  }

  /** Runs a statement that gives no rows. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Reads one row of a result. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows of a query. */
  <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(reader.read(rows));
        }
        return all;
      }
    }
  }

  @Override
  public boolean usable() {
    return usable;
  }

  /** Ends the connection: a server that waits for a lock may not hear of less. */
  @Override
  public void interrupt() {
    usable = false;
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("A connection could not be ended{}", PostgresFailures.in(e));
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("A connection could not be closed{}", PostgresFailures.in(e));
    }
  }
}
