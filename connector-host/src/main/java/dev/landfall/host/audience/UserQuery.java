package dev.landfall.host.audience;

import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.util.List;
import java.util.Set;

/**
 * SQL that a person wrote. It may read the table {@code file}, or {@code stream}, and nothing else:
 * it runs in a database that can reach neither files nor networks, whose settings are locked, as
 * one subselect, and of the functions that make tables it may call only those that compute.
 */
final class UserQuery {

  private static final Set<String> TABLE_FUNCTIONS =
      Set.of("range", "generate_series", "unnest", "json_each", "json_tree", "repeat");

  private UserQuery() {}

  /** Reads what a query gives. The database reaches nothing else from then on. */
  static Audience read(Database database, AudienceRequest request, String sql) {
    database.run("set enable_external_access = false", "set lock_configuration = true");
    String table = request.source() instanceof AudienceSource.Stream ? "stream" : "file";
    String relation = relation(database, sql, table);
    List<Column> columns = columns(database, relation, table);
    try {
      return AudienceTable.write(database, request, relation, columns);
    } catch (DatabaseException e) {
      if (e.isData() && !e.getMessage().contains(Column.FRACTION)) {
        throw SourceProblems.queryFailed(request.source().words(), e.kind());
      }
      throw e;
    }
  }

  /**
   * The query as a table expression.
   *
   * @param sql one SELECT
   * @throws dev.landfall.host.HostException if it is anything else, or reads anything but the
   *     source
   */
  static String relation(Database database, String sql, String table) {
    Parsed parsed =
        database.one(
            """
            with tree as (select json_serialize_sql(?::varchar) as json)
            select json->>'error', json->>'error_type', json->>'error_message',
                   json_array_length(json->'statements'),
                   (select list(distinct t.value->'function'->>'function_name')
                      from json_tree(json) t where t.value->>'type' = 'TABLE_FUNCTION')
            from tree""",
            row ->
                new Parsed(
                    row.getBoolean(1),
                    String.valueOf(row.getString(2)),
                    String.valueOf(row.getString(3)),
                    row.getLong(4),
                    row.getArray(5) == null
                        ? List.of()
                        : List.of((Object[]) row.getArray(5).getArray())),
            sql);
    if (parsed.failed && parsed.kind.equals("parser")) {
      throw SourceProblems.query(table, "is no SQL that can be read: " + parsed.message + ".");
    }
    if (parsed.failed) {
      throw SourceProblems.query(table, "is no SELECT; nothing else is run.");
    }
    if (parsed.statements != 1) {
      throw SourceProblems.query(
          table, "has " + parsed.statements + " statements; it may be one SELECT.");
    }
    for (Object function : parsed.tableFunctions) {
      if (!TABLE_FUNCTIONS.contains(String.valueOf(function))) {
        throw SourceProblems.query(
            table,
            "calls " + function + ", but it may read the table " + table + " and nothing else.");
      }
    }
    // On lines of its own, so that a comment at its end does not swallow the bracket.
    return "(\n" + sql.strip().replaceAll(";+$", "") + "\n)";
  }

  /** The columns that the query gives. */
  static List<Column> columns(Database database, String relation, String table) {
    try {
      return Relation.columns(database, relation);
    } catch (DatabaseException e) {
      throw SourceProblems.query(
          table,
          "cannot be run: " + DatabaseException.ofTheText(e.getMessage()).orElseGet(e::kind) + ".");
    }
  }

  private record Parsed(
      boolean failed, String kind, String message, long statements, List<Object> tableFunctions) {}
}
