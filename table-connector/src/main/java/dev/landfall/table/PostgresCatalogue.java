package dev.landfall.table;

import dev.landfall.table.Table.Column;
import dev.landfall.table.Table.Unique;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What PostgreSQL's catalogue says of a table. */
final class PostgresCatalogue {

  private static final String TABLES =
      "select n.nspname, c.relname, c.relkind::text, c.oid"
          + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
          + " where pg_catalog.lower(c.relname) = pg_catalog.lower(?)"
          + " and c.relkind in ('r', 'p', 'v', 'm', 'f')";

  private static final String SEARCHED =
      " and n.nspname = any(pg_catalog.current_schemas(false))"
          + " order by pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname)";

  private static final String NAMED =
      " and pg_catalog.lower(n.nspname) = pg_catalog.lower(?) order by n.nspname <> ?";

  /** A domain is followed to the type that it stands on; its own conditions count too. */
  private static final String COLUMNS =
      "with recursive based(attnum, typid, typmod, required, filled) as ("
          + " select a.attnum, a.atttypid, a.atttypmod, a.attnotnull,"
          + " a.atthasdef or a.attidentity <> ''"
          + " from pg_catalog.pg_attribute a"
          + " where a.attrelid = ? and a.attnum > 0 and not a.attisdropped"
          + " union all"
          + " select b.attnum, t.typbasetype,"
          + " case when t.typtypmod = -1 then b.typmod else t.typtypmod end,"
          + " b.required or t.typnotnull, b.filled or t.typdefault is not null"
          + " from based b join pg_catalog.pg_type t on t.oid = b.typid where t.typtype = 'd')"
          + " select a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),"
          + " case when n.nspname = 'pg_catalog' then t.typname else '' end, b.typmod,"
          + " b.required, b.filled, a.attgenerated <> '' or a.attidentity = 'a'"
          + " from based b join pg_catalog.pg_type t on t.oid = b.typid"
          + " join pg_catalog.pg_namespace n on n.oid = t.typnamespace"
          + " join pg_catalog.pg_attribute a on a.attrelid = ? and a.attnum = b.attnum"
          + " where t.typtype <> 'd' order by b.attnum";

  private static final String UNIQUES =
      "select i.indexrelid, a.attname from pg_catalog.pg_index i"
          + " cross join lateral unnest(i.indkey::int2[]) with ordinality k(attnum, place)"
          + " join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum"
          + " where i.indrelid = ? and i.indisunique and i.indisvalid and i.indimmediate"
          + " and i.indpred is null and i.indexprs is null and k.place <= i.indnkeyatts";

  /** For each row, before it is inserted or updated. */
  private static final String TRIGGERS =
      "select exists (select from pg_catalog.pg_trigger where tgrelid = ? and not tgisinternal"
          + " and tgenabled <> 'D' and (tgtype & 3) = 3 and (tgtype & 20) <> 0)";

  private static final List<String> PRIVILEGES = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private record Found(String schema, String table, String kind, long oid) {}

  private PostgresCatalogue() {}

  static Optional<Table> find(PostgresStore store, TableName name)
      throws SQLException, StoreException {
    Optional<Found> found = look(store, name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Found table = found.get();
    if (!table.kind().equals("r") && !table.kind().equals("p")) {
      throw StoreException.stop(
          TableProblem.NOT_A_TABLE.problem(
              name
                  + " is no table but a "
                  + (table.kind().equals("f") ? "foreign table" : "view")
                  + "."));
    }
    return Optional.of(
        new Table(
            TableName.quote(table.schema()) + "." + TableName.quote(table.table()),
            name.toString(),
            columns(store, table.oid()),
            uniques(store, table.oid()),
            store.query(TRIGGERS, r -> r.getBoolean(1), table.oid()).contains(true)));
  }

  private static Optional<Found> look(PostgresStore store, TableName name)
      throws SQLException, StoreException {
    PostgresStore.RowReader<Found> reader =
        r -> new Found(r.getString(1), r.getString(2), r.getString(3), r.getLong(4));
    List<Found> named =
        name.schema() == null
            ? store.query(TABLES + SEARCHED, reader, name.table())
            : store.query(TABLES + NAMED, reader, name.table(), name.schema(), name.schema());
    Optional<Found> exact = named.stream().filter(f -> f.table().equals(name.table())).findFirst();
    if (exact.isPresent() || named.size() <= 1) {
      return exact.isPresent() ? exact : named.stream().findFirst();
    }
    throw StoreException.stop(
        TableProblem.TABLE_NOT_FOUND.problem(
            "Several tables have the name " + name + " but for upper and lower case."));
  }

  private static List<Column> columns(PostgresStore store, long oid) throws SQLException {
    return store.query(
        COLUMNS,
        r ->
            new Column(
                r.getString(1),
                PostgresTypes.of(r.getString(3), r.getInt(4)),
                r.getString(2),
                !r.getBoolean(5),
                r.getBoolean(6),
                r.getBoolean(7)),
        oid,
        oid);
  }

  private static List<Unique> uniques(PostgresStore store, long oid) throws SQLException {
    Map<Long, Set<String>> columns = new LinkedHashMap<>();
    store
        .query(UNIQUES, r -> Map.entry(r.getLong(1), r.getString(2)), oid)
        .forEach(
            c -> columns.computeIfAbsent(c.getKey(), k -> new LinkedHashSet<>()).add(c.getValue()));
    return columns.values().stream().map(Unique::new).toList();
  }

  static Store.Rights rights(PostgresStore store, Optional<Table> table, TableName name)
      throws SQLException {
    List<String> granted = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    if (table.isPresent()) {
      for (String privilege : PRIVILEGES) {
        note(
            privilege,
            is(
                store,
                "select pg_catalog.has_table_privilege(?::regclass::oid, ?)",
                table.get().sql(),
                privilege),
            granted,
            missing);
      }
    }
    note(
        "TEMPORARY",
        is(
            store,
            "select pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')"),
        granted,
        missing);
    boolean creates =
        name.schema() == null
            ? is(
                store,
                "select coalesce(pg_catalog.has_schema_privilege("
                    + "pg_catalog.current_schema(), 'CREATE'), false)")
            : is(
                store,
                "select coalesce((select pg_catalog.has_schema_privilege(oid, 'CREATE')"
                    + " from pg_catalog.pg_namespace where nspname = ?), false)",
                name.schema());
    boolean writable =
        is(store, "select pg_catalog.current_setting('transaction_read_only') = 'off'");
    return new Store.Rights(granted, missing, creates, writable);
  }

  private static boolean is(PostgresStore store, String sql, Object... parameters)
      throws SQLException {
    return store.query(sql, r -> r.getBoolean(1), parameters).contains(true);
  }

  private static void note(
      String privilege, boolean has, List<String> granted, List<String> missing) {
    (has ? granted : missing).add(privilege);
  }
}
