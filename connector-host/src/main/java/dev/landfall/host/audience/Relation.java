package dev.landfall.host.audience;

import dev.landfall.host.duckdb.Database;
import java.util.List;

/** What a table expression gives. */
final class Relation {

  private Relation() {}

  /** The columns of a table expression, in order; reads no more than DuckDB needs to tell. */
  static List<Column> columns(Database database, String relation) {
    return database.query(
        "describe select * from " + relation,
        row -> new Column(row.getString("column_name"), row.getString("column_type")));
  }
}
