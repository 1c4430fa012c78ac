package dev.landfall.table;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Values arrive as they are, or not at all. */
@ParameterizedClass
@EnumSource
class TypesTest extends DatabaseTest {

  private static final Object[][] VALUES = {
    {
      "text",
      7L,
      0.1,
      new BigDecimal("12345678901234567890.012345678901"),
      true,
      LocalDate.of(2026, 11, 25),
      LocalDateTime.of(2026, 11, 25, 1, 2, 3, 123_456_000),
      Instant.parse("2013-09-05T21:39:50.750Z")
    },
    {
      "",
      Long.MIN_VALUE,
      -0.0,
      new BigDecimal("-99999999999999999999999999.999999999999"),
      false,
      LocalDate.of(-4711, 1, 1),
      LocalDateTime.of(-4711, 1, 1, 0, 0),
      Instant.parse("-4711-01-01T00:00:00Z")
    },
    {
      "\ud83d\ude00",
      Long.MAX_VALUE,
      Double.MAX_VALUE,
      BigDecimal.ZERO,
      true,
      LocalDate.of(294_246, 12, 31),
      LocalDateTime.of(294_246, 12, 31, 23, 59, 59, 999_999_000),
      Instant.parse("+294246-12-31T23:59:59.999999Z")
    },
    {
      "a",
      0L,
      Double.MIN_VALUE,
      new BigDecimal("1E+20"),
      false,
      LocalDate.of(0, 2, 29),
      LocalDateTime.of(10_000, 1, 1, 12, 0),
      Instant.parse("1969-12-31T23:59:59.999999Z")
    },
    {
      "b",
      -1L,
      Double.NaN,
      new BigDecimal("0.000000000001"),
      true,
      LocalDate.of(1, 1, 1),
      LocalDateTime.of(1, 1, 1, 0, 0, 0, 1_000),
      Instant.parse("+10000-01-01T00:00:00Z")
    },
    {
      "c",
      1L,
      Double.NEGATIVE_INFINITY,
      new BigDecimal("1.50"),
      true,
      LocalDate.EPOCH,
      LocalDateTime.of(1582, 10, 10, 0, 0),
      Instant.EPOCH
    },
    {"d", null, null, null, null, null, null, null}
  };

  private Writer.Opening everything() {
    return Writer.into(database, "everything")
        .field("TEXT", FieldType.TEXT)
        .field("INTEGER", FieldType.INTEGER)
        .field("DOUBLE", FieldType.DOUBLE)
        .field("DECIMAL", FieldType.DECIMAL)
        .field("FLAG", FieldType.FLAG)
        .field("DATE", FieldType.DATE)
        .field("DATE_TIME", FieldType.DATE_TIME)
        .field("INSTANT", FieldType.INSTANT);
  }

  @Test
  void everyValueOfAMadeTableComesBackAsItWas() throws Exception {
    try (Writer writer = everything().creating().open()) {
      for (Object[] values : VALUES) {
        assertThat(writer.upsert(writer.row(values))).containsExactly("changed");
        assertThat(writer.upsert(writer.row(values))).containsExactly("unchanged");
      }
    }

    try (Connection connection = database.connect();
        ResultSet rows =
            connection.createStatement().executeQuery("select * from \"everything\"")) {
      for (Object[] values : VALUES) {
        assertThat(rows.next()).isTrue();
        assertThat(read(rows)).as(String.valueOf(values[0])).isEqualTo(shortest(values));
      }
      assertThat(rows.next()).isFalse();
    }
  }

  /** As JDBC gives what is stored; a decimal by its number. */
  private List<Object> read(ResultSet rows) throws Exception {
    List<Object> values = new ArrayList<>();
    values.add(rows.getString(1));
    values.add(rows.getObject(2));
    values.add(rows.getObject(3));
    values.add(rows.getBigDecimal(4));
    values.add(rows.getObject(5));
    // As numbers, since both drivers fail on early times.
    String at = " from everything where \"TEXT\" = '" + rows.getString(1) + "'";
    String day = database.value("select \"DATE\" - date '1970-01-01'" + at);
    values.add(day.equals("null") ? null : LocalDate.ofEpochDay(Long.parseLong(day)));
    values.add(moment("DATE_TIME", at).map(m -> LocalDateTime.ofInstant(m, UTC)).orElse(null));
    values.add(moment("INSTANT", at).orElse(null));
    return shortest(values.toArray());
  }

  private Optional<Instant> moment(String column, String at) {
    String micros =
        kind == Kind.DUCKDB
            ? "epoch_us(\"" + column + "\")"
            : "(extract(epoch from \"" + column + "\") * 1000000)::bigint";
    String number = database.value("select " + micros + at);
    return number.equals("null")
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(Long.parseLong(number), ChronoUnit.MICROS));
  }

  private static List<Object> shortest(Object[] values) {
    List<Object> all = new ArrayList<>();
    for (Object value : values) {
      all.add(
          value instanceof BigDecimal number
              ? number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros()
              : value);
    }
    return all;
  }

  @Test
  void aMadeTableSaysWhatItHolds() {
    everything().creating().open().close();

    assertThat(new TableDestination().fields(everything().check()))
        .extracting(FieldSpec::name, FieldSpec::type)
        .containsExactly(
            tuple("TEXT", FieldType.TEXT),
            tuple("INTEGER", FieldType.INTEGER),
            tuple("DOUBLE", FieldType.DOUBLE),
            tuple("DECIMAL", FieldType.DECIMAL),
            tuple("FLAG", FieldType.FLAG),
            tuple("DATE", FieldType.DATE),
            tuple("DATE_TIME", FieldType.DATE_TIME),
            tuple("INSTANT", FieldType.INSTANT));
  }

  /** Writes a text into a column of a type, and tells what became of it. */
  private String text(String type, Object text) {
    return value(type, FieldType.TEXT, text);
  }

  private String value(String type, FieldType field, Object value) {
    database.run("drop table if exists one", "create table one (id integer, v " + type + ")");
    try (Writer writer = Writer.into(database, "one").texts("id").field("v", field).open()) {
      BatchResult result = writer.result(ChangeKind.UPSERT, List.of(writer.row("1", value)));
      String word = Writer.word(result.outcomes().get(0));
      if (word.startsWith("rejected")) {
        Outcome.Rejected rejected = (Outcome.Rejected) result.outcomes().get(0);
        assertThat(rejected.problem().message())
            .as("neither the value nor more than the column")
            .isEqualTo(
                "A value cannot be held by the column \"v\" (%s) without losing something of it.",
                column(type));
        return word.equals("rejected table.value-unfit") ? "unfit" : word;
      }
      return database.value("select v from one");
    }
  }

  /** The type of the column in the database's words. */
  private String column(String type) {
    database.run("drop table if exists named", "create table named (v " + type + ")");
    return database.value(
        kind == Kind.DUCKDB
            ? "select data_type from information_schema.columns where table_name = 'named'"
            : "select format_type(atttypid, atttypmod) from pg_attribute"
                + " where attrelid = 'named'::regclass and attnum = 1");
  }

  @Test
  void textsBecomeNumbersWithoutLosingADigit() {
    assertThat(text("smallint", "-32768")).isEqualTo("-32768");
    assertThat(text("smallint", "32768")).isEqualTo("unfit");
    assertThat(text("integer", " 007 ")).isEqualTo("7");
    assertThat(text("integer", "2147483648")).isEqualTo("unfit");
    assertThat(text("bigint", "9223372036854775807")).isEqualTo("9223372036854775807");
    assertThat(text("bigint", "9223372036854775808")).isEqualTo("unfit");
    assertThat(text("bigint", "1e3")).isEqualTo("1000");
    assertThat(text("bigint", "1.0")).isEqualTo("1");
    assertThat(text("bigint", "1.5")).isEqualTo("unfit");
    assertThat(text("bigint", "1e999999999")).isEqualTo("unfit");
    assertThat(text("bigint", "secret-of-a-member")).isEqualTo("unfit");
    assertThat(text("bigint", "")).isEqualTo("unfit");
    assertThat(text("decimal(5, 2)", "123.45")).isEqualTo("123.45");
    assertThat(text("decimal(5, 2)", "123.450")).isEqualTo("123.45");
    assertThat(text("decimal(5, 2)", "123.455")).isEqualTo("unfit");
    assertThat(text("decimal(5, 2)", "1000.00")).isEqualTo("unfit");
    assertThat(text("decimal(5, 2)", "-999.99")).isEqualTo("-999.99");
    assertThat(text("decimal(5, 2)", "NaN")).isEqualTo("unfit");
    assertThat(text("double precision", "0.1")).isEqualTo("0.1");
    assertThat(text("double precision", "0.1000000000000000055511151231257827")).isEqualTo("unfit");
    assertThat(text("double precision", "1e400")).isEqualTo("unfit");
    assertThat(text("double precision", "nan")).isEqualTo("NaN");
    assertThat(text("real", "0.1")).isEqualTo("0.1");
    assertThat(text("real", "16777217")).isEqualTo("unfit");
  }

  @Test
  void textsBecomeTimesWithoutLosingADigit() {
    assertThat(text("date", "2026-11-25")).isEqualTo("2026-11-25");
    assertThat(text("date", "2026-02-30")).isEqualTo("unfit");
    assertThat(text("date", "25.11.2026")).isEqualTo("unfit");
    assertThat(text("date", "2026-11-25 00:00:00")).isEqualTo("2026-11-25");
    assertThat(text("date", "2026-11-25 00:00:01")).isEqualTo("unfit");
    assertThat(text("timestamp", "2026-11-25T01:02")).startsWith("2026-11-25 01:02:00");
    assertThat(text("timestamp", "2026-11-25 01:02:03.123456")).endsWith(":03.123456");
    assertThat(text("timestamp", "2026-11-25 01:02:03.1234567")).isEqualTo("unfit");
    assertThat(text("timestamp", "2026-11-25 01:02:03+02:00")).startsWith("2026-11-24 23:02:03");
    assertThat(text("timestamp", "infinity")).isEqualTo("unfit");
    assertThat(text("timestamp", "+300000-01-01T00:00")).isEqualTo("unfit");
    text("timestamp with time zone", "2026-11-25 01:02:03+02");
    assertThat(database.value("select v = '2026-11-24 23:02:03+00'::timestamptz from one"))
        .isIn("t", "true");
  }

  @Test
  void textsBecomeFlags() {
    assertThat(text("boolean", "Yes")).isIn("t", "true");
    assertThat(text("boolean", "0")).isIn("f", "false");
    assertThat(text("boolean", "maybe")).isEqualTo("unfit");
  }

  @Test
  void otherValuesBecomeWhatTheColumnHolds() {
    assertThat(value("varchar(99)", FieldType.INTEGER, 7L)).isEqualTo("7");
    assertThat(value("varchar(99)", FieldType.DOUBLE, 1.0E10)).isEqualTo("10000000000");
    assertThat(value("varchar(99)", FieldType.DECIMAL, new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(value("varchar(99)", FieldType.FLAG, true)).isEqualTo("true");
    assertThat(value("varchar(99)", FieldType.DATE, LocalDate.EPOCH)).isEqualTo("1970-01-01");
    assertThat(value("varchar(99)", FieldType.INSTANT, Instant.EPOCH))
        .isEqualTo("1970-01-01T00:00:00Z");
    assertThat(value("integer", FieldType.DOUBLE, 3.0)).isEqualTo("3");
    assertThat(value("integer", FieldType.DOUBLE, 3.5)).isEqualTo("unfit");
    assertThat(value("integer", FieldType.INTEGER, 1L << 40)).isEqualTo("unfit");
    assertThat(value("decimal(9, 2)", FieldType.DOUBLE, 0.25)).isEqualTo("0.25");
    assertThat(value("double precision", FieldType.INTEGER, (1L << 53) + 1)).isEqualTo("unfit");
    assertThat(value("boolean", FieldType.INTEGER, 1L)).isIn("t", "true");
    assertThat(value("date", FieldType.DATE_TIME, LocalDate.EPOCH.atStartOfDay()))
        .isEqualTo("1970-01-01");
    assertThat(value("date", FieldType.DATE_TIME, LocalDate.EPOCH.atTime(1, 0))).isEqualTo("unfit");
    assertThat(value("timestamp", FieldType.INSTANT, Instant.EPOCH)).startsWith("1970-01-01 00:00");
    assertThat(value("timestamp", FieldType.INSTANT, Instant.ofEpochSecond(0, 1)))
        .isEqualTo("unfit");
    assertThat(value("timestamp", FieldType.INSTANT, Instant.MAX)).isEqualTo("unfit");
    assertThat(value("timestamp", FieldType.DATE, LocalDate.MIN)).isEqualTo("unfit");
  }

  @Test
  void whatNoValueCouldBecomeIsToldWhenTheSessionIsOpened() {
    database.run("create table one (id integer, v date, w boolean, x integer)");
    assertThatThrownBy(
            () ->
                Writer.into(database, "one")
                    .texts("id")
                    .field("v", FieldType.INSTANT)
                    .field("w", FieldType.DATE)
                    .field("x", FieldType.FLAG)
                    .open())
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("\"v\" is INSTANT")
        .hasMessageContaining("\"w\" is DATE")
        .hasMessageContaining("\"x\" is FLAG");
  }

  @Test
  void aTextOfTheKeyIsTheOneSpellingOfItsNumber() {
    assertSpelling("smallint", "7", "07", "+7", " 7", "7 ", "7.0", "7e0");
    assertSpelling("bigint", "-9223372036854775808", "-09223372036854775808");
    assertSpelling("bigint", "0", "-0", "00");
    assertSpelling("decimal(9, 2)", "1.5", "1.50", "01.5", "15e-1");
    assertSpelling("decimal(9, 2)", "100", "100.00", "1e2", "1E+2");
    assertSpelling("decimal(9, 2)", "0", "0.00", "-0");
    assertSpelling("double precision", "0.1", ".1", "0.10", "1e-1");
    assertSpelling("double precision", "10000000000", "1.0E10", "10000000000.0");
    assertSpelling("double precision", "0", "-0", "0.0");
    assertSpelling("double precision", "NaN", "nan");
    assertSpelling("double precision", "-Infinity", "-infinity");
    assertSpelling("real", "0.1", "0.10", "0.100000001490116119384765625");
    if (kind == Kind.DUCKDB) {
      assertSpelling("hugeint", "9223372036854775808", "+9223372036854775808");
    } else {
      assertSpelling("numeric", "1.5", "1.50");
      assertSpelling("numeric", "100", "1e2");
    }
    database.run("create table texts (id varchar(9), v varchar(9))");
    try (Writer writer = Writer.into(database, "texts").texts("id", "v").open()) {
      assertThat(writer.upsert(writer.row("7", "a"), writer.row("07", "b")))
          .containsExactly("changed", "changed");
    }
  }

  /** Writes texts as keys of one number; only the first is taken. */
  private void assertSpelling(String type, String one, String... others) {
    database.run("drop table if exists k", "create table k (id " + type + ", v varchar(9))");
    try (Writer writer = Writer.into(database, "k").texts("id", "v").open()) {
      for (String other : others) {
        Outcome outcome =
            writer.result(ChangeKind.UPSERT, List.of(writer.row(other, "x"))).outcomes().get(0);
        assertThat(Writer.word(outcome)).as(other).isEqualTo("rejected table.key-spelling");
        assertThat(((Outcome.Rejected) outcome).problem().message())
            .as("the column, and no value")
            .isEqualTo(
                "The key's column \"id\" (%s) holds numbers, and the text for it is not the number's"
                    + " one spelling; nothing was written.",
                column(type));
      }
      assertThat(writer.upsert(writer.row(one, "y"))).as(one).containsExactly("changed");
    }
    assertThat(database.rows("select v from k")).as(one).containsExactly("y");
  }

  @Test
  void aDecimalIsOneNumberHoweverItIsWritten() {
    database.run("create table one (id decimal(9, 2), v varchar(9))");
    try (Writer writer =
        Writer.into(database, "one").field("id", FieldType.DECIMAL).texts("v").open()) {
      assertThat(
              writer.upsert(
                  writer.row(new BigDecimal("1.5"), "a"), writer.row(new BigDecimal("1.50"), "b")))
          .containsExactly("changed", "rejected table.key-twice");
      assertThat(writer.upsert(writer.row(new BigDecimal("1.500"), "a")))
          .containsExactly("unchanged");
    }
  }
}
