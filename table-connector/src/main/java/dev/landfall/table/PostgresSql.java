package dev.landfall.table;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.table.Table.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statements that write the rows of one batch. No value of a row is ever part of one: rows go
 * into a temporary table first, whose columns are numbered.
 */
final class PostgresSql {

  private static final String ROWS = "pg_temp.landfall_rows";

  private final StagedBatch batch;
  private final String table;

  PostgresSql(StagedBatch batch) {
    this.batch = batch;
    table = batch.table().sql();
  }

  String createRows() {
    StringBuilder columns = new StringBuilder("place integer");
    for (int i = 0; i < batch.columns().size(); i++) {
      columns.append(", c").append(i).append(' ').append(staged(batch.columns().get(i).type()));
    }
    return "create temporary table landfall_rows (" + columns + ") on commit drop";
  }

  String copyRows() {
    return "copy " + ROWS + " from stdin";
  }

  /** The type that values have on their way into a column. */
  private static String staged(ColumnType type) {
    if (type instanceof ColumnType.Text text) {
      return text.padded() ? "bpchar" : "text";
    }
    if (type instanceof ColumnType.Whole) {
      return "bigint";
    }
    if (type instanceof ColumnType.Decimal) {
      return "numeric";
    }
    if (type instanceof ColumnType.Fraction fraction) {
      return fraction.single() ? "real" : "double precision";
    }
    if (type instanceof ColumnType.Other) {
      return "text";
    }
    return PostgresTypes.forField(type.fieldType());
  }

  /** Writes the rows of a range, and gives the places of those that were not written. */
  String write(int from, int to) {
    String range = range(from, to);
    List<String> steps = new ArrayList<>();
    String written;
    if (batch.kind() == ChangeKind.DELETE) {
      steps.add(
          "gone as (delete from %s t using %s s where %s and %s returning s.place)"
              .formatted(table, ROWS, range, sameKey("t")));
      written = "exists (select from gone w where w.place = s.place)";
    } else if (!batch.inserts()) {
      steps.add(update(range));
      written = "exists (select from changed w where w.place = s.place)";
    } else {
      boolean apart = !batch.keyIsUnique() && batch.updates();
      if (apart) {
        steps.add(update(range));
      }
      steps.add(insert(range));
      written =
          "(exists (select from made w where "
              + and(batch.key(), c -> made(c) + " = " + value(c))
              + ")"
              + (apart ? " or exists (select from changed w where w.place = s.place)" : "")
              + ")";
    }
    return "with %s select s.place from %s s where %s and not %s"
        .formatted(String.join(", ", steps), ROWS, range, written);
  }

  private String update(String range) {
    if (!batch.updates()) {
      return "changed as (select s.place from %s s where false)".formatted(ROWS);
    }
    return "changed as (update %s t set %s from %s s where %s and %s and (%s) returning s.place)"
        .formatted(
            table,
            list(batch.others(), c -> c.sql() + " = " + value(c)),
            ROWS,
            range,
            sameKey("t"),
            differs(this::value));
  }

  private String insert(String range) {
    String rows =
        "insert into %s as t (%s) select %s from %s s where %s"
            .formatted(
                table,
                list(batch.columns(), Column::sql),
                list(batch.columns(), this::value),
                ROWS,
                range);
    String unless = "";
    // A record that is there is left alone before its values are looked at.
    if (!batch.keyIsUnique() || batch.kind() == ChangeKind.INSERT) {
      unless = " and not exists (select from " + table + " o where " + sameKey("o") + ")";
    }
    if (batch.keyIsUnique()) {
      unless +=
          " on conflict ("
              + list(batch.key(), Column::sql)
              + ") do "
              + (batch.updates()
                  ? "update set "
                      + list(batch.others(), c -> c.sql() + " = excluded." + c.sql())
                      + " where "
                      + differs(c -> "excluded." + c.sql())
                  : "nothing");
    }
    return "made as ("
        + rows
        + unless
        + " returning "
        + list(batch.key(), c -> "t." + c.sql() + " as k" + place(c))
        + ")";
  }

  private String made(Column column) {
    return "w.k" + place(column);
  }

  /** For each row of a range: whether its record is there, and whether it has the row's values. */
  String look(int from, int to) {
    String same = batch.others().isEmpty() ? "true" : "not (" + differs(this::value) + ")";
    return ("select s.place, bool_or(t.tableoid is not null),"
            + " coalesce(bool_and(case when t.tableoid is not null then %s end), false)"
            + " from %s s left join %s t on %s where %s group by s.place")
        .formatted(same, ROWS, table, sameKey("t"), range(from, to));
  }

  /** One value of a row, converted. */
  String convert(Column column, int place) {
    return "select %s from %s s where s.place = ".formatted(value(column), ROWS) + place;
  }

  private static String range(int from, int to) {
    return "s.place >= " + from + " and s.place < " + to;
  }

  private String sameKey(String alias) {
    return and(batch.key(), c -> alias + "." + c.sql() + " = " + value(c));
  }

  /**
   * Whether a record has other values. Texts differ by their characters, whatever a collation says;
   * and of a type that has no equality, the texts differ.
   */
  private String differs(Function<Column, String> other) {
    return batch.others().stream()
        .map(
            c -> {
              String cast = c.type() instanceof ColumnType.Other ? "::text" : "";
              String compared =
                  cast.isEmpty() && !(c.type() instanceof ColumnType.Text) ? "" : " collate \"C\"";
              return "(t.%s)%s%s is distinct from (%s)%s"
                  .formatted(c.sql(), cast, compared, other.apply(c), cast);
            })
        .collect(Collectors.joining(" or "));
  }

  /** A column's value in a staged row, in the column's own type where the database converts it. */
  private String value(Column column) {
    String staged = "s.c" + place(column);
    return column.type() instanceof ColumnType.Other ? staged + "::" + column.typeName() : staged;
  }

  private int place(Column column) {
    return batch.columns().indexOf(column);
  }

  private static String list(Collection<Column> columns, Function<Column, String> each) {
    return columns.stream().map(each).collect(Collectors.joining(", "));
  }

  private static String and(Collection<Column> columns, Function<Column, String> each) {
    return columns.stream().map(each).collect(Collectors.joining(" and "));
  }
}
