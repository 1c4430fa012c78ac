package dev.landfall.host.audience;

import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.duckdb.Database;
import java.util.ArrayList;
import java.util.List;

/** Makes the table of the audience out of any table expression. */
final class AudienceTable {

  private AudienceTable() {}

  /** Refuses columns that do not fill the fields as the request says. */
  static void requireFit(AudienceRequest request, List<Column> columns) {
    expressions(request, columns);
  }

  /** One row for each member of the relation, and how many rows there were. */
  static Audience write(
      Database database, AudienceRequest request, String relation, List<Column> columns) {
    Expressions values = expressions(request, columns);
    // The smallest of several spellings, so that the same file gives the same audience whatever
    // order threads read it in. Blank ids are a group of their own until they are counted.
    database.run(
        "create table audience as select member, chosen.text as text, chosen.others as others, n"
            + " from (select member, min({'length': length(text), 'text': text, 'others': others})"
            + " as chosen, count(*) as n from (select "
            + IdentitySql.of(values.identity, "text")
            + " as member, text, others from (select "
            + values.id
            + " as text, ["
            + String.join(", ", values.others)
            + "]::varchar[] as others from "
            + relation
            + ")) group by member)");
    long[] counts =
        database.one(
            "select coalesce(sum(n), 0), count(member),"
                + " coalesce(sum(n) filter (where member is null), 0) from audience",
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)});
    database.run("delete from audience where member is null", "alter table audience drop column n");
    long duplicates = counts[0] - counts[1] - counts[2];
    return new Audience(
        request.audience(),
        values.schema,
        counts[0],
        counts[1],
        duplicates,
        counts[2],
        columns.stream().map(Column::name).toList());
  }

  private static Expressions expressions(AudienceRequest request, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    List<FieldMapping> mappings = Mappings.of(request, names);
    RowSchema schema = Mappings.bind(request, mappings, names);
    int key = schema.index(schema.key().get(0));
    String id = "";
    List<String> others = new ArrayList<>();
    for (int i = 0; i < mappings.size(); i++) {
      if (i == key) {
        id = value(mappings.get(i), columns, true);
      } else {
        others.add(value(mappings.get(i), columns, false));
      }
    }
    return new Expressions(schema, schema.fields().get(key).identity(), id, others);
  }

  private static String value(FieldMapping mapping, List<Column> columns, boolean id) {
    if (mapping instanceof FieldMapping.Constant constant) {
      return Database.literal(constant.text());
    }
    String name = ((FieldMapping.Column) mapping).column();
    Column column = columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    return (id ? column.id() : column.text()).orElseThrow(() -> SourceProblems.columnType(column));
  }

  /** What fills the fields, in SQL. */
  private record Expressions(
      RowSchema schema, FieldIdentity identity, String id, List<String> others) {}
}
