package dev.landfall.host.audience;

import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.duckdb.Database;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
    database.run("create table audience as " + values.select(relation, request.records()));
    long[] counts =
        database.one(
            "select count(*), count(member), count(distinct member) from audience",
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)});
    if (counts[1] < counts[0]) {
      database.run("delete from audience where member is null");
    }
    if (counts[2] < counts[1]) {
      if (request.records()) {
        requireOneRecordForEachKey(database, request);
      }
      chooseOneOfEach(database, request.records());
    }
    return new Audience(
        request.audience(),
        values.schema,
        counts[0],
        counts[2],
        counts[1] - counts[2],
        counts[0] - counts[1],
        0,
        columns.stream().map(Column::name).toList());
  }

  /** Which of several records with one key holds, nothing says. */
  private static void requireOneRecordForEachKey(Database database, AudienceRequest request) {
    long ambiguous =
        database.one(
            "select count(*) from (select member from audience group by member"
                + " having count(distinct hash) > 1)",
            row -> row.getLong(1));
    if (ambiguous > 0) {
      throw SourceProblems.keysAmbiguous(request.source().words(), ambiguous);
    }
  }

  /**
   * Leaves one row for each member. Apart, because choosing takes many times longer than finding
   * that there is nothing to choose.
   */
  private static void chooseOneOfEach(Database database, boolean records) {
    String hash = records ? ", 'hash': hash" : "";
    // The smallest of several spellings, so that the same file gives the same audience whatever
    // order threads read it in.
    database.run(
        "create temp table several as select member,"
            + " min({'length': length(text), 'text': text, 'others': others"
            + hash
            + "}) as chosen from audience semi join"
            + " (select member from audience group by member having count(*) > 1) using (member)"
            + " group by member",
        "delete from audience where member in (select member from several)",
        "insert into audience select member, chosen.text, chosen.others"
            + (records ? ", chosen.hash" : "")
            + " from several",
        "drop table several");
  }

  private static Expressions expressions(AudienceRequest request, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    List<FieldMapping> mappings = Mappings.of(request, names);
    RowSchema schema = Mappings.bind(request, mappings, columns);
    List<String> key =
        schema.key().stream()
            .map(field -> value(mappings.get(schema.index(field)), columns, true))
            .toList();
    List<String> others =
        mappings.stream()
            .filter(m -> !schema.key().contains(m.field()))
            .map(m -> value(m, columns, false))
            .toList();
    return new Expressions(schema, key, others);
  }

  private static String value(FieldMapping mapping, List<Column> columns, boolean id) {
    if (mapping instanceof FieldMapping.Constant constant) {
      return Database.literal(constant.text());
    }
    String name = ((FieldMapping.Column) mapping).column();
    Column column = columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    return (id ? column.id() : column.text()).orElseThrow(() -> SourceProblems.columnType(column));
  }

  /** What fills the fields, in SQL: those of the key in its order, and the others in theirs. */
  private record Expressions(RowSchema schema, List<String> key, List<String> others) {

    /** A query for the audience's rows; with a hash of the values for records. */
    String select(String relation, boolean records) {
      return "select "
          + (key.size() == 1 ? identity(0) + " as member, k1 as text" : severalKeys())
          + ", others"
          + (records ? ", " + hash() + " as hash" : "")
          + " from (select "
          + IntStream.range(0, key.size())
              .mapToObj(i -> key.get(i) + " as k" + (i + 1))
              .collect(Collectors.joining(", "))
          + ", ["
          + String.join(", ", others)
          + "]::varchar[] as others from "
          + relation
          + ")";
    }

    private String severalKeys() {
      List<String> texts = IntStream.rangeClosed(1, key.size()).mapToObj(i -> "k" + i).toList();
      List<String> identities = IntStream.range(0, key.size()).mapToObj(this::identity).toList();
      return "case when "
          + identities.stream().map(i -> i + " is not null").collect(Collectors.joining(" and "))
          + " then to_json(["
          + String.join(", ", identities)
          + "])::varchar end as member, to_json(["
          + String.join(", ", texts)
          + "])::varchar as text";
    }

    private String identity(int part) {
      FieldIdentity identity = schema.fields().get(schema.index(schema.key().get(part))).identity();
      return IdentitySql.of(identity, "k" + (part + 1));
    }

    /** Of the values with the names of their fields, so that one field more is another record. */
    private String hash() {
      String names =
          schema.fields().stream()
              .map(FieldSpec::name)
              .filter(name -> !schema.key().contains(name))
              .collect(Collectors.joining("\n"));
      return "(md5_number_lower("
          + Database.literal(names)
          + " || to_json(others)::varchar) >> 1)::bigint";
    }
  }
}
