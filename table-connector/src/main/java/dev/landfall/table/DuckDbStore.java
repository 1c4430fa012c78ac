package dev.landfall.table;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.table.Table.Column;
import dev.landfall.table.Table.Unique;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to a DuckDB file. */
final class DuckDbStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(DuckDbStore.class);

  /** A name that DuckDB's own number of a row has to keep. */
  private static final String ROW_NUMBER = "rowid";

  private static final String DEFAULT_SCHEMA = "main";

  private final OpenFile opened;
  private final DuckDBConnection connection;
  private final Path file;
  private volatile @Nullable Statement running;
  private volatile boolean interrupted;
  private boolean broken;

  DuckDbStore(OpenFile opened, Path file) {
    this.opened = opened;
    this.connection = opened.connection();
    this.file = file;
  }

  DuckDBConnection connection() {
    return connection;
  }

  @Override
  public Optional<Table> find(TableName name) throws StoreException {
    try {
      String schema = name.schema() == null ? DEFAULT_SCHEMA : name.schema();
      List<String[]> found =
          rows(
              "select table_schema, table_name, table_type from information_schema.tables"
                  + " where table_catalog = current_database() and lower(table_schema) = lower(?)"
                  + " and lower(table_name) = lower(?) order by table_name <> ?",
              3,
              schema,
              name.table(),
              name.table());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      if (!found.get(0)[2].equals("BASE TABLE")) {
        throw StoreException.stop(
            TableProblem.NOT_A_TABLE.problem(
                name + " is no table (" + found.get(0)[2].toLowerCase(Locale.ROOT) + ")."));
      }
      return Optional.of(describe(name, found.get(0)[0], found.get(0)[1]));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Table describe(TableName name, String schema, String table)
      throws SQLException, StoreException {
    List<Column> columns = new ArrayList<>();
    for (String[] c :
        rows(
            "select column_name, data_type, is_nullable, column_default is not null, is_generated"
                + " from information_schema.columns where table_catalog = current_database()"
                + " and table_schema = ? and table_name = ? order by ordinal_position",
            5,
            schema,
            table)) {
      if (c[0].equalsIgnoreCase(ROW_NUMBER)) {
        throw StoreException.stop(
            TableProblem.COLUMNS_UNFIT.problem(
                "The table "
                    + name
                    + " has a column \"rowid\", which hides DuckDB's own number of a row."));
      }
      boolean generated = !c[4].equals("NEVER");
      columns.add(
          new Column(
              c[0],
              DuckDbTypes.of(c[1]),
              c[1],
              c[2].equals("YES"),
              generated || Boolean.parseBoolean(c[3]),
              generated));
    }
    return new Table(
        TableName.quote(catalog()) + "." + TableName.quote(schema) + "." + TableName.quote(table),
        name.toString(),
        columns,
        uniques(schema, table),
        false);
  }

  private String catalog() throws SQLException {
    return rows("select current_database()", 1).get(0)[0];
  }

  /** What DuckDB may name when it refuses a row. */
  private List<Unique> uniques(String schema, String table) throws SQLException {
    Map<String, Set<String>> columns = new LinkedHashMap<>();
    for (String[] c :
        rows(
            "select constraint_index, unnest(constraint_column_names) from duckdb_constraints()"
                + " where database_name = current_database() and schema_name = ? and table_name = ?"
                + " and constraint_type in ('PRIMARY KEY', 'UNIQUE')",
            2,
            schema,
            table)) {
      columns.computeIfAbsent(c[0], index -> new LinkedHashSet<>()).add(c[1]);
    }
    return columns.values().stream().map(Unique::new).toList();
  }

  @Override
  public void create(TableName name, RowSchema schema) throws StoreException {
    List<String> columns = new ArrayList<>();
    for (FieldSpec field : schema.fields()) {
      columns.add(
          TableName.quote(field.name())
              + " "
              + DuckDbTypes.forField(field.type())
              + (schema.key().contains(field.name()) ? " not null" : ""));
    }
    try {
      execute(
          "create table if not exists "
              + TableName.quote(catalog())
              + "."
              + TableName.quote(name.schema() == null ? DEFAULT_SCHEMA : name.schema())
              + "."
              + TableName.quote(name.table())
              + " ("
              + String.join(", ", columns)
              + ")");
    } catch (SQLException e) {
      throw StoreException.stop(
          TableProblem.NOT_CREATED.problem(
              "The table "
                  + name
                  + " could not be made ("
                  + DuckDbFailures.kind(e)
                  + "): its schema may not exist, or two fields have one name but for upper and"
                  + " lower case."));
    }
  }

  @Override
  public void run(Script script) throws StoreException {
    try {
      connection.setAutoCommit(false);
      for (Script.Statement statement : script.statements()) {
        try {
          execute(statement.sql());
        } catch (SQLException e) {
          rollback();
          throw StoreException.stop(
              TableProblem.SCRIPT_FAILED.problem(
                  statement.shown()
                      + " failed ("
                      + DuckDbFailures.kind(e)
                      + "); none of the script took effect."));
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      rollback();
      throw failed(e);
    }
  }

  @Override
  public Rights rights(Optional<Table> table, TableName name) {
    boolean writable = Files.isWritable(file);
    Path folder = file.getParent();
    // The write-ahead log and what does not fit into memory lie beside the file.
    boolean beside = folder != null && Files.isWritable(folder);
    return new Rights(List.of(), List.of(), writable && beside, writable && beside);
  }

  @Override
  public Staged stage(StagedBatch batch, Deadline deadline) throws StoreException {
    return DuckDbStaged.of(this, batch);
  }

  /** Runs a statement, and says how many rows it changed. */
  long execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      begin(statement);
      return statement.execute(sql) ? 0 : statement.getLargeUpdateCount();
    } finally {
      running = null;
    }
  }

  /** The rows of a query, as texts. */
  List<String[]> rows(String sql, int columns, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      begin(statement);
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String[]> all = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String[] row = new String[columns];
          for (int i = 0; i < columns; i++) {
            row[i] = rows.getString(i + 1);
          }
          all.add(row);
        }
      }
      return all;
    } finally {
      running = null;
    }
  }

  private void begin(Statement statement) throws SQLException {
    running = statement;
    requireNotInterrupted();
  }

  /** What was interrupted between two statements must not begin the next. */
  void requireNotInterrupted() throws SQLException {
    if (interrupted) {
      throw new SQLException("INTERRUPT Error: between two statements");
    }
  }

  /** Undoes a transaction, if one runs, and goes back to none. */
  void rollback() {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // Whoever asks for this has a failure to tell that comes before this one.
      broken = true;
      LOG.debug("A transaction could not be undone: {}", DuckDbFailures.kind(e));
    }
  }

  private static StoreException failed(SQLException e) {
    return StoreException.stop(
        TableProblem.DATABASE_FAILED.problem(
            "DuckDB gave up (" + DuckDbFailures.kind(e) + "); nothing was written."));
  }

  @Override
  public boolean usable() {
    return !interrupted && !broken;
  }

  @Override
  public void interrupt() {
    interrupted = true;
    Statement statement = running;
    try {
      if (statement != null) {
        statement.cancel();
      }
    } catch (SQLException e) {
      // It ended by itself meanwhile.
      LOG.debug("A statement could not be cancelled: {}", DuckDbFailures.kind(e));
    }
  }

  @Override
  public void close() {
    try {
      opened.close();
    } catch (SQLException e) {
      LOG.warn("The DuckDB file could not be closed: {}", DuckDbFailures.kind(e));
    }
  }
}
