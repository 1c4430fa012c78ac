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
    database.run(
        "create table audience as select "
            + IdentitySql.of(values.identity, "text")
            + " as member, text, others from (select "
            + values.id
            + " as text, ["
            + String.join(", ", values.others)
            + "]::varchar[] as others from "
            + relation
            + ")");
    long[] counts =
        database.one(
            "select count(*), count(member), count(distinct member) from audience",
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)});
    if (counts[1] < counts[0]) {
      database.run("delete from audience where member is null");
    }
    if (counts[2] < counts[1]) {
      chooseOneOfEach(database);
    }
    return new Audience(
        request.audience(),
        values.schema,
        counts[0],
        counts[2],
        counts[1] - counts[2],
        counts[0] - counts[1],
        columns.stream().map(Column::name).toList());
  }

  /**
   * Leaves one row for each member. Apart, because choosing takes many times longer than finding
   * that there is nothing to choose.
   */
  private static void chooseOneOfEach(Database database) {
    // The smallest of several spellings, so that the same file gives the same audience whatever
    // order threads read it in.
    database.run(
        "create temp table several as select member,"
            + " min({'length': length(text), 'text': text, 'others': others}) as chosen"
            + " from audience semi join"
            + " (select member from audience group by member having count(*) > 1) using (member)"
            + " group by member",
        "delete from audience where member in (select member from several)",
        "insert into audience select member, chosen.text, chosen.others from several",
        "drop table several");
  }

  private static Expressions expressions(AudienceRequest request, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    List<FieldMapping> mappings = Mappings.of(request, names);
    RowSchema schema = Mappings.bind(request, mappings, columns);
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
