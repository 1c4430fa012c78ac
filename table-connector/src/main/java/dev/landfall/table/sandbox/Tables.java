package dev.landfall.table.sandbox;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a testbed, made and looked into with SQL that DuckDB and PostgreSQL both know. A
 * connection is opened for each question, so that others get at the database meanwhile.
 */
final class Tables {

  /** Opens the database. */
  @FunctionalInterface
  interface Opening {
    Opened open() throws SQLException;
  }

  /** How a connection is closed. */
  @FunctionalInterface
  interface Closing {
    void close() throws SQLException;
  }

  /** An open database. */
  record Opened(Connection connection, Closing closing) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
      closing.close();
    }
  }

  /** Work with an open database. */
  @FunctionalInterface
  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  static final RowSchema SCHEMA =
      new RowSchema(
          List.of(
              FieldSpec.of("record_key", FieldType.TEXT).asRequired(),
              FieldSpec.of("title", FieldType.TEXT),
              FieldSpec.of("note", FieldType.TEXT),
              FieldSpec.of("whole", FieldType.INTEGER),
              FieldSpec.of("fraction", FieldType.DOUBLE),
              FieldSpec.of("amount", FieldType.DECIMAL),
              FieldSpec.of("flag", FieldType.FLAG),
              FieldSpec.of("day", FieldType.DATE),
              FieldSpec.of("day_and_time", FieldType.DATE_TIME),
              FieldSpec.of("moment", FieldType.INSTANT)),
          List.of("record_key"));

  static final RowSchema COMPOSITE =
      new RowSchema(
          List.of(
              FieldSpec.of("shop", FieldType.TEXT).asRequired(),
              FieldSpec.of("note", FieldType.TEXT),
              FieldSpec.of("visited", FieldType.DATE).asRequired(),
              FieldSpec.of("visit", FieldType.INTEGER).asRequired()),
          List.of("visited", "shop", "visit"));

  private static final String PREFIX = "records_";

  /** What no title may be. */
  private static final String REFUSED = "refused title ";

  private final Opening opening;

  Tables(Opening opening) {
    this.opening = opening;
  }

  private <T> T work(Work<T> work) {
    try (Opened database = opening.open()) {
      return work.with(database.connection());
    } catch (SQLException e) {
      throw new IllegalStateException("The sandbox's database failed: " + e.getMessage(), e);
    }
  }

  /** Opens the database once: a file that is not there is made so. */
  void makeDatabase() {
    work(Connection::isClosed);
  }

  /** Makes a table with a key, and a condition that some records do not meet. */
  Map<String, Object> make(int number, RowSchema schema) {
    String table = PREFIX + number;
    String columns =
        schema.fields().stream()
            .map(f -> f.name() + " " + type(f.type()))
            .collect(Collectors.joining(", "));
    String condition = schema.equals(SCHEMA) ? ", check (title not like '" + REFUSED + "%')" : "";
    return work(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "create table if not exists "
                    + table
                    + " ("
                    + columns
                    + ", primary key ("
                    + String.join(", ", schema.key())
                    + ")"
                    + condition
                    + ")");
            statement.execute("delete from " + table);
          }
          return Map.of("table", table);
        });
  }

  /** A table that the connector is to make. */
  static Map<String, Object> toMake(int number) {
    return Map.of("table", "made_" + number, "createTable", true);
  }

  private static String type(FieldType type) {
    return switch (type) {
      case TEXT -> "varchar";
      case INTEGER -> "bigint";
      case DOUBLE -> "double precision";
      case DECIMAL -> "decimal(38, 12)";
      case FLAG -> "boolean";
      case DATE -> "date";
      case DATE_TIME -> "timestamp";
      case INSTANT -> "timestamp with time zone";
    };
  }

  int count() {
    return work(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      "select count(*) from information_schema.tables"
                          + " where table_schema in ('main', 'public')")) {
            rows.next();
            return rows.getInt(1);
          }
        });
  }

  /** A record whose values are told by its number alone. */
  static Map<String, Object> record(RowSchema schema, int number) {
    Map<String, Object> record = new LinkedHashMap<>();
    for (FieldSpec field : schema.fields()) {
      record.put(field.name(), value(field, number));
    }
    return record;
  }

  private static Object value(FieldSpec field, int number) {
    return switch (field.type()) {
      case TEXT -> field.name() + "-of-" + number;
      case INTEGER -> 7_000_000_000L + number;
      case DOUBLE -> number + 0.5;
      case DECIMAL -> new BigDecimal("1234567890123").add(BigDecimal.valueOf(number, 3));
      case FLAG -> number % 2 == 0;
      case DATE -> LocalDate.of(1900, 1, 1).plusDays(number % 100_000);
      case DATE_TIME -> LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(number);
      case INSTANT -> Instant.ofEpochSecond(1_700_000_000L + number, 123_000);
    };
  }

  /** A record that breaks the table's condition. */
  static Map<String, Object> refused(int number) {
    Map<String, Object> record = record(SCHEMA, number);
    record.put("title", REFUSED + number);
    return record;
  }

  /** Puts a record in place of whatever has its key. */
  void put(Map<String, Object> target, Map<String, Object> record) {
    String table = table(target);
    RowSchema schema = schema(record);
    List<String> names = List.copyOf(record.keySet());
    work(
        connection -> {
          connection.setAutoCommit(false);
          run(
              connection,
              "delete from "
                  + table
                  + " where "
                  + schema.key().stream()
                      .map(k -> k + " = " + parameter(schema.fields().get(schema.index(k)).type()))
                      .collect(Collectors.joining(" and ")),
              schema.key().stream().map(record::get).toList());
          run(
              connection,
              "insert into "
                  + table
                  + " ("
                  + String.join(", ", names)
                  + ") values ("
                  + names.stream()
                      .map(n -> parameter(schema.fields().get(schema.index(n)).type()))
                      .collect(Collectors.joining(", "))
                  + ")",
              names.stream().map(record::get).toList());
          connection.commit();
          return names;
        });
  }

  private static RowSchema schema(Map<String, Object> record) {
    return record.containsKey(COMPOSITE.key().get(0)) ? COMPOSITE : SCHEMA;
  }

  /** Days and times go as texts: drivers bring their own calendars and zones. */
  private static String parameter(FieldType type) {
    return switch (type) {
      case DATE, DATE_TIME, INSTANT -> "cast(? as " + type(type) + ")";
      default -> "?";
    };
  }

  private static void run(Connection connection, String sql, List<@Nullable Object> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        Object value = values.get(i);
        statement.setObject(i + 1, value instanceof Temporal time ? time.toString() : value);
      }
      statement.execute();
    }
  }

  /** All records of a table; none if it does not exist. */
  List<Map<String, Object>> records(Map<String, Object> target) {
    return work(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            try (ResultSet found =
                statement.executeQuery(
                    "select count(*) from information_schema.tables where table_name = '"
                        + table(target)
                        + "'")) {
              found.next();
              if (found.getInt(1) == 0) {
                return List.of();
              }
            }
            return found(statement, table(target));
          }
        });
  }

  private static List<Map<String, Object>> found(Statement statement, String table)
      throws SQLException {
    RowSchema schema = columns(statement, table) == SCHEMA.fields().size() ? SCHEMA : COMPOSITE;
    String values = schema.fields().stream().map(Tables::shown).collect(Collectors.joining(", "));
    try (ResultSet rows = statement.executeQuery("select " + values + " from " + table)) {
      List<Map<String, Object>> records = new ArrayList<>();
      while (rows.next()) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (FieldSpec field : schema.fields()) {
          Object value = value(rows, field);
          if (value != null) {
            record.put(field.name(), value);
          }
        }
        records.add(record);
      }
      return records;
    }
  }

  private static int columns(Statement statement, String table) throws SQLException {
    try (ResultSet none = statement.executeQuery("select * from " + table + " where false")) {
      return none.getMetaData().getColumnCount();
    }
  }

  /** A field in a query: days and times as texts, moments in UTC. */
  private static String shown(FieldSpec field) {
    return switch (field.type()) {
      case DATE, DATE_TIME -> "cast(" + field.name() + " as varchar) as " + field.name();
      case INSTANT -> "cast(" + field.name() + " at time zone 'UTC' as varchar) as " + field.name();
      default -> field.name();
    };
  }

  private static @Nullable Object value(ResultSet rows, FieldSpec field) throws SQLException {
    String text = rows.getString(field.name());
    if (text == null) {
      return null;
    }
    return switch (field.type()) {
      case TEXT -> text;
      case INTEGER -> rows.getLong(field.name());
      case DOUBLE -> rows.getDouble(field.name());
      case DECIMAL -> rows.getBigDecimal(field.name());
      case FLAG -> rows.getBoolean(field.name());
      case DATE -> LocalDate.parse(text);
      case DATE_TIME -> LocalDateTime.parse(text.replace(' ', 'T'));
      case INSTANT -> LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    };
  }

  private static String table(Map<String, Object> target) {
    return String.valueOf(target.get("table"));
  }
}
