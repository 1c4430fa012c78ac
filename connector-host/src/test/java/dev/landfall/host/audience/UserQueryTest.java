package dev.landfall.host.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.host.HostException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserQueryTest {

  private static final String CANARY = "canary4711";

  @TempDir private Path folder;
  private Sources sources;
  private Path file;

  @BeforeEach
  void aFileOfThree() {
    sources = new Sources(folder);
    file = sources.write("a.csv", "id,tier,mail\n007,gold,a\n8,silver,b\n9,gold," + CANARY + "\n");
  }

  private Audience read(String query) {
    return new AudienceReader().read(sources.request(file, query));
  }

  private Problem refused(String query) {
    HostException e = catchThrowableOfType(HostException.class, () -> read(query));
    assertThat(e).as(query).isNotNull();
    assertThat(e).hasNoCause();
    assertThat(e.problem().toString()).doesNotContain(CANARY).doesNotContain("\n");
    assertThat(sources.left()).containsExactly("a.csv");
    assertThat(e.problem().code()).as(e.getMessage()).isEqualTo("source.query");
    return e.problem();
  }

  @Test
  void choosesRowsOfTheFile() {
    Audience audience = read("select id, tier from file where tier = 'gold'");

    assertThat(Sources.rows(audience)).containsExactly("7|007|[gold]", "9|9|[gold]");
    assertThat(audience.rows()).isEqualTo(2);
    assertThat(audience.columns()).containsExactly("id", "tier");
    assertThat(Sources.tables(audience))
        .containsExactly("audience(member VARCHAR, text VARCHAR, others VARCHAR[])");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from file",
        "select * from file;",
        "select * from file -- all of it",
        "with best as (select * from file where tier = 'gold') select id from best union all"
            + " select id from file where tier <> 'gold'",
        "select id from (values ('7'), ('8'), ('9')) as t(id)",
        "select (7 + i)::varchar as id from range(3) as t(i)",
        "select 7 + i as id from range(3) as t(i)",
        "select (7 + i)::double as id from range(3) as t(i)",
        "select (7 + i)::decimal(10, 2) as id from range(3) as t(i)",
        "select (7 + i)::hugeint as id from range(3) as t(i)"
      })
  void mayBeAnySelect(String query) {
    assertThat(read(query).members()).isEqualTo(3);
  }

  @Test
  void wholeNumbersComeOutWithoutAFraction() {
    Audience audience = read("select 71291::double as id, 5.00::decimal(10, 2) as tier");

    assertThat(Sources.rows(audience)).containsExactly("71291|71291|[5]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into file values ('1', 'x', 'y')",
        "delete from file",
        "create table mine as select 1",
        "copy file to 'stolen.csv'",
        "copy (select 1) to 'stolen.csv'",
        "attach 'other.duckdb' as other",
        "pragma database_list",
        "set memory_limit = '1GB'",
        "install httpfs",
        "load httpfs",
        "call enable_logging()",
        "export database 'stolen'",
        "checkpoint",
        "pivot file on tier using count(*)"
      })
  void isNothingButASelect(String query) {
    assertThat(refused(query).message()).contains("no SELECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from file; drop table file",
        "select * from file; copy file to 'stolen.csv'",
        "select 1; select 2"
      })
  void isOneStatement(String query) {
    assertThat(refused(query).message()).containsAnyOf("2 statements", "no SELECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from read_csv('http://127.0.0.1:1/x.csv')",
        "select content as id from read_text('/etc/passwd')",
        "select * from read_blob('/etc/passwd')",
        "select * from read_parquet('s3://bucket/x.parquet')",
        "select * from glob('/*')",
        "select * from query('from read_text(''/etc/passwd'')')",
        "select * from sniff_csv('/etc/passwd')",
        "select * from duckdb_settings()",
        "select * from enable_logging(storage = 'file')",
        "select (select max(content) from read_text('/etc/passwd')) as id from file",
        "with a as (from read_text('/etc/passwd')) select content as id from a",
        "select id from file where id in (select content from read_text('/etc/passwd'))"
      })
  void readsNothingButTheFile(String query) {
    assertThat(refused(query).message()).contains("may read the table file and nothing else");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from '/etc/passwd'",
        "select * from 'http://127.0.0.1:1/x.csv'",
        "select * from \"a.csv\"",
        "select * from elsewhere"
      })
  void namesNoTableButTheFile(String query) {
    assertThat(refused(query).message()).contains("cannot be run");
  }

  @Test
  void breaksOutOfNoBracket() {
    assertThat(
            refused("select * from file) as q; copy (select 1) to 'x'; from (select 1").message())
        .contains("no SQL that can be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "-- nothing"})
  void mayNotBeNothing(String query) {
    assertThat(refused(query).message()).contains("0 statements");
  }

  @Test
  void wrongSqlIsToldInDuckDbsWordsWithoutItsDrawing() {
    assertThat(refused("select idd from file").message())
        .contains("\"idd\" not found")
        .contains("\"id\"")
        .doesNotContain("LINE 1");
    assertThat(refused("selec id from file").message()).contains("syntax error");
    assertThat(refused("select nofunc(id) from file").message()).contains("nofunc");
    assertThat(refused("select ? as id from file").message()).contains("cannot be run");
  }

  @Test
  void aValueThatDoesNotConvertIsNotQuoted() {
    assertThat(refused("select cast(mail as integer) as id from file").message())
        .contains("Conversion Error");
    assertThat(refused("select error(mail) as id from file").message())
        .contains("failed on the data");
  }

  @Test
  void aColumnThatTheQueryDoesNotGiveIsMissing() {
    HostException e =
        catchThrowableOfType(HostException.class, () -> read("select tier from file"));

    assertThat(e.problem().code()).isEqualTo("source.column-missing");
  }

  @Test
  void anIdWithAFractionIsRefused() {
    for (String id : new String[] {"7.5::double", "1e17", "7.5::decimal(3, 1)", "'nan'::double"}) {
      HostException e =
          catchThrowableOfType(HostException.class, () -> read("select " + id + " as id"));

      assertThat(e.problem().code()).as(id).isEqualTo("source.id-fraction");
    }
  }

  @Test
  void aColumnWithoutATextIsRefused() {
    HostException e = catchThrowableOfType(HostException.class, () -> read("select [1, 2] as id"));

    assertThat(e.problem().code()).isEqualTo("source.column-type");
  }
}
