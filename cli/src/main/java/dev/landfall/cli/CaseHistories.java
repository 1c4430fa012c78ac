package dev.landfall.cli;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.settings.Secret;
import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.jdbc.JdbcColumn;
import dev.landfall.host.jdbc.JdbcDrivers;
import dev.landfall.host.jdbc.JdbcQuery;
import dev.landfall.host.jdbc.JdbcRequest;
import dev.landfall.host.jdbc.JdbcRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads case histories out of a database that Case Sync files were loaded into. The views come
 * along with the query, so that they need not have been made there, and nothing is written.
 */
final class CaseHistories implements AutoCloseable {

  private static final Pattern VIEW =
      Pattern.compile("create or replace view (\\w+) as\\n(.*?);\\n", Pattern.DOTALL);
  private static final String WHOLE = "BIGINT";
  private static final Pattern COLUMNS =
      Pattern.compile("create table if not exists case_entries \\((.*?)\\);", Pattern.DOTALL);

  private final JdbcDrivers drivers;
  private final String url;
  private final @Nullable String user;
  private final @Nullable Secret password;
  private final String views;

  /**
   * A database that is asked.
   *
   * @param url its JDBC URL
   * @throws HostException if Case Sync files were never loaded into it, or it cannot be asked
   */
  CaseHistories(JdbcDrivers drivers, String url, @Nullable String user, @Nullable Secret password) {
    requireUrl(url);
    this.drivers = drivers;
    this.url = url;
    this.user = user;
    this.password = password;
    List<String> tables =
        ask("select lower(table_name) as name from information_schema.tables").stream()
            .map(row -> String.valueOf(row.get("name")))
            .toList();
    if (!tables.contains("case_updates")) {
      throw HostException.configuration(
          "cases.no-table",
          "The database has no table case_updates.",
          "Load Case Sync files first: landfall sync manifests/case-sync.json.");
    }
    views = views(script(), !tables.contains("case_entries"));
  }

  private static void requireUrl(String url) {
    if (JdbcRequest.holdsCredentials(url)) {
      throw HostException.configuration(
          "cases.url",
          "--db holds a user or password, which every user of this machine can read there.",
          "Leave them out; name the user with --user, and the password's place with --password-env"
              + " or --password-file.");
    }
    if (!url.startsWith("jdbc:")) {
      throw HostException.configuration(
          "cases.url",
          "--db takes the JDBC URL of a database, and this is none: " + url + ".",
          url.contains("://")
              ? "Write jdbc:postgresql://HOST/DATABASE."
              : "Write jdbc:duckdb:" + url + " if that is the DuckDB file.");
    }
  }

  private static String script() {
    try (InputStream in = CaseHistories.class.getResourceAsStream("/cases.sql")) {
      return new String(
          Objects.requireNonNull(in, "cases.sql is packed with this command").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The script's views as the head of a query. */
  private static String views(String script, boolean withoutEntries) {
    List<String> parts = new ArrayList<>();
    if (withoutEntries) {
      parts.add("case_entries as (" + noEntries(script) + ")");
    }
    Matcher view = VIEW.matcher(script);
    while (view.find()) {
      parts.add(view.group(1) + " as (\n" + view.group(2) + "\n)");
    }
    return "with " + String.join(", ", parts) + "\n";
  }

  private static String noEntries(String script) {
    Matcher columns = COLUMNS.matcher(script);
    if (!columns.find()) {
      throw new IllegalStateException("cases.sql makes the table case_entries");
    }
    return Pattern.compile("(\"?\\w+\"?) (text|bigint|timestamp with time zone)")
        .matcher(columns.group(1))
        .results()
        .map(c -> "cast(null as " + c.group(2) + ") as " + c.group(1))
        .collect(Collectors.joining(", ", "select ", " where 1 = 0"));
  }

  /** What cases have come to, the latest first. */
  List<Map<String, @Nullable Object>> states(int limit, boolean openOnly) {
    return ask(
        views
            + "select * from case_state"
            + (openOnly ? " where status = 'open'" : "")
            + " order by last_event_at desc, case_id limit "
            + limit);
  }

  /** What one case has come to; empty if there is no such case. */
  List<Map<String, @Nullable Object>> state(String id) {
    return ask(views + "select * from case_state where case_id = " + Database.literal(id));
  }

  /** What happened to a case, in order. */
  List<Map<String, @Nullable Object>> timeline(String id) {
    return ask(
        views
            + "select * from case_timeline where case_id = "
            + Database.literal(id)
            + " order by place");
  }

  private List<Map<String, @Nullable Object>> ask(String query) {
    JdbcRequest request =
        new JdbcRequest(url, user, password, query, JdbcRequest.CONNECT_TIME_LIMIT);
    try (JdbcQuery asked = JdbcQuery.connect(drivers, request)) {
      asked.prepare();
      JdbcRows rows = asked.run();
      List<JdbcColumn> columns = rows.columns();
      List<Map<String, @Nullable Object>> all = new ArrayList<>();
      Iterator<@Nullable Object[]> each = rows.of(columns);
      while (each.hasNext()) {
        @Nullable Object[] values = each.next();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
          row.put(columns.get(i).name(), plain(columns.get(i), values[i]));
        }
        all.add(row);
      }
      return all;
    } catch (HostException e) {
      throw e.problem().code().equals("source.missing") ? noFile(e) : ofTheOptions(e);
    }
  }

  /** The same in the words of who has no manifest. */
  private static HostException noFile(HostException e) {
    return HostException.configuration(
        "cases.no-database",
        e.problem().message(),
        "Correct --db; the path of a file is relative to where the command runs. \"landfall sync\""
            + " makes the file.");
  }

  /** A source is described in a manifest; here its parts are options. */
  private static HostException ofTheOptions(HostException e) {
    Problem problem = e.problem();
    return new HostException(
        new Problem(
            problem.kind(),
            problem.code(),
            ofTheOptions(problem.message()),
            ofTheOptions(problem.remedy())));
  }

  private static String ofTheOptions(String text) {
    return text.replace("the source's \"url\"", "--db")
        .replace("\"user\" and what \"password\" refers to", "--user and the password's place")
        .replace("he source's ", "he ");
  }

  private static @Nullable Object plain(JdbcColumn column, @Nullable Object value) {
    if (value instanceof OffsetDateTime moment) {
      return moment.toInstant();
    }
    return value instanceof String text && column.type().equals(WHOLE) ? Long.valueOf(text) : value;
  }

  @Override
  public void close() {
    drivers.close();
  }
}
