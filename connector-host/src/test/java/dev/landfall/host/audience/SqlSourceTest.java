package dev.landfall.host.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.duckdb.Database;
import dev.landfall.host.jdbc.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSourceTest {

  @TempDir private Path folder;
  private SqlSource source;

  @BeforeEach
  void connect() {
    source = new SqlSource(folder);
  }

  @AfterEach
  void disconnect() {
    source.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "71291::int~71291",
        "71291::bigint~71291",
        "9223372036854775807::bigint~9223372036854775807",
        "71291::numeric~71291",
        "71291::numeric(10, 2)~71291",
        "71000::numeric(5, 0)~71000",
        "1e20::numeric~100000000000000000000",
        "12345678901234567890123456789012345678901234567890::numeric"
            + "~12345678901234567890123456789012345678901234567890",
        "71291::double precision~71291",
        "9007199254740991::double precision~9007199254740991",
        "71291::real~71291",
        "'0071291'::text~0071291",
        "' 0071291 '::varchar(20)~ 0071291 ",
        "'ab'::char(5)~ab   ",
        "'1e3'::text~1e3",
        "'\u00fcber'::text~\u00fcber",
        "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid~a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "'71291'::name~71291",
        "71291::oid~71291"
      })
  void idsComeOutToTheCharacter(String expression, String text) {
    assertThat(Sources.texts(source.read("select " + expression + " as id"))).containsExactly(text);
  }

  @Test
  void rowsAreCountedAsThoseOfAFileAre() {
    Audience audience =
        source.read(
            "select * from (values ('007', 'Ann', 'x'), ('7', 'Ann', 'x'), (null, 'nobody', 'x'),"
                + " (' ', 'blank', 'x'), ('8', null, 'x')) as t(id, name, junk)");

    assertThat(Sources.rows(audience)).containsExactly("7|7|[Ann]", "8|8|[null]");
    assertThat(audience.rows()).isEqualTo(5);
    assertThat(audience.members()).isEqualTo(2);
    assertThat(audience.duplicates()).isEqualTo(1);
    assertThat(audience.blank()).isEqualTo(2);
    assertThat(audience.columns()).containsExactly("id", "name", "junk");
    assertThat(Sources.tables(audience))
        .containsExactly("audience(member VARCHAR, text VARCHAR, others VARCHAR[])");
    assertThat(source.left()).contains("audience.duckdb").noneMatch(f -> f.contains("wal"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "date '2026-01-02'",
        "timestamp '2026-01-02 03:04:05'",
        "timestamp '2026-01-02 03:04:05.120'",
        "timestamptz '2026-07-02 03:04:05+02'",
        "2.50::decimal(10, 2)",
        "2.00::decimal(10, 2)",
        "2.5::real",
        "0.1::double precision",
        "'text'",
        "null::integer",
        "null::boolean",
        "null::date",
        "null::double precision"
      })
  void otherValuesComeOutAsFilesGiveThem(String value) throws Exception {
    String select = "select 7 as id, " + value + " as name";
    Path file = folder.resolve("a.parquet");
    try (Database database =
        Database.inMemory(new Database.Options(false, 128, folder.resolve("spill")))) {
      database.run(
          "copy (" + select + ") to " + Database.literal(file.toString()) + " (format parquet)");
    }
    Audience read = new AudienceReader().read(new Sources(folder).request(file));
    List<String> ofTheFile = Sources.rows(read);
    Files.delete(read.file());

    assertThat(Sources.rows(source.read(select))).isEqualTo(ofTheFile).hasSize(1);
  }

  @Test
  void aTimeIsTheSameOnWhateverMachine() {
    String query = "select 7 as id, timestamptz '2026-07-02 03:04+02' as name";

    assertThat(SqlReadElsewhere.read(folder, query, "America/New_York"))
        .contains("[7|7|[2026-07-02 01:04:00+00]]");
  }

  @Test
  void whatNoFieldTakesIsNotRead() {
    assertThat(
            Sources.rows(
                source.read(
                    "select 7 as id, 'infinity'::date as a, array[1] as b, '\\x00'::bytea as c,"
                        + " 'NaN'::numeric as d")))
        .containsExactly("7|7|[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 7 as id;",
        " ( select 7 as id )",
        "-- a comment; and more\nselect 7 as id -- the end;",
        "/* a /* nested; */ comment */ with a as (select 7 as id) select * from a",
        "table seven",
        "select 7 as id where 'a;b' <> E'it\\'s; here' and \"left\"('x;', 1) = $q$x$q$"
      })
  void mayBeAnythingThatReads(String query) {
    Postgres.run("create table if not exists seven as select 7 as id");

    assertThat(Sources.texts(source.read(query))).containsExactly("7");
  }

  @Test
  void noRowsAreAnAudienceOfNobody() {
    Audience audience = source.read("select 7 as id where false");

    assertThat(audience.rows()).isZero();
    assertThat(Sources.tables(audience)).hasSize(1);
  }

  @Test
  void moreRowsThanTheHeapHoldsAreRead() {
    String query =
        "select i as id, repeat('x', 50) || i as name from generate_series(1, 2000000) as i";

    assertThat(SqlReadElsewhere.read(folder, query, "UTC"))
        .contains("2000000 members")
        .endsWith("exit 0");
  }
}
