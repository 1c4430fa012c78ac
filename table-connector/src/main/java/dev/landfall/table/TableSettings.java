package dev.landfall.table;

import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a person fills in. */
final class TableSettings {

  private static final String TIME_LIMITS = "Time limits";
  private static final Duration SHORTEST = Duration.ofMillis(100);

  static final Setting<String> URL =
      Setting.text("url", "JDBC URL")
          .description(
              "A DuckDB file, such as jdbc:duckdb:cases.duckdb (relative to the manifest), or a"
                  + " PostgreSQL database, such as jdbc:postgresql://host:5432/db.")
          .pattern(
              DatabaseUrl.PATTERN,
              "a JDBC URL such as jdbc:duckdb:cases.duckdb or jdbc:postgresql://host:5432/db")
          .canonical(DatabaseUrl::canonical)
          .resolved(DatabaseUrl::resolved)
          .required();

  static final Setting<Optional<String>> USER =
      Setting.text("user", "User").description("Who writes; PostgreSQL only.").optional();

  static final Setting<Optional<Secret>> PASSWORD =
      Setting.secret("password", "Password").description("The user's password.").optional();

  static final Setting<Duration> CONNECT_TIME_LIMIT =
      Setting.duration("connectTimeLimit", "Connect time limit")
          .description("How long connecting may take.")
          .group(TIME_LIMITS)
          .advanced()
          .between(SHORTEST, Duration.ofMinutes(5))
          .orElse(Duration.ofSeconds(10));

  static final Setting<Duration> TOTAL_TIME_LIMIT =
      Setting.duration("totalTimeLimit", "Total time limit")
          .description("How long one batch may take in all, until its commit was answered.")
          .group(TIME_LIMITS)
          .advanced()
          .between(SHORTEST, Duration.ofHours(6))
          .orElse(Duration.ofMinutes(5));

  static final Setting<Long> MEMORY_MEGABYTES =
      Setting.integer("memoryMegabytes", "Memory for DuckDB")
          .description(
              "How many megabytes DuckDB may use for the file, for all syncs of one process; what"
                  + " needs more is written to a folder beside it for the time.")
          .advanced()
          .between(64L, 1_048_576L)
          .orElse(384L);

  static final Setting<String> TABLE =
      Setting.text("table", "Table")
          .description(
              "The table, or schema.table; a name that holds a dot stands in double quotes.")
          .canonical(text -> TableName.parse(text).toString())
          .required();

  static final Setting<Boolean> CREATE_TABLE =
      Setting.flag("createTable", "Create the table")
          .description(
              "Makes the table if it is not there, with one column for each field, and a DuckDB"
                  + " file if that is not there.")
          .orElse(false);

  static final Setting<Optional<Path>> SCRIPT =
      Setting.path("script", "Script")
          .description(
              "A file of SQL statements (views over the table, say) that are run in one transaction"
                  + " whenever a sync begins; each has to work the second time too.")
          .advanced()
          .optional();

  static final SettingsSpec CONNECTION =
      SettingsSpec.of(URL, USER, PASSWORD, CONNECT_TIME_LIMIT, TOTAL_TIME_LIMIT, MEMORY_MEGABYTES)
          .withRule(
              settings ->
                  DatabaseUrl.isDuckDb(settings.get(URL))
                          && (settings.get(USER).isPresent() || settings.get(PASSWORD).isPresent())
                      ? Optional.of(
                          new Violation(
                              Violation.pointerTo(
                                  settings.get(USER).isPresent() ? USER.name() : PASSWORD.name()),
                              "setting.invalid",
                              "A DuckDB file has no users; leave out \"user\" and \"password\"."))
                      : Optional.empty())
          .withRule(
              settings ->
                  settings.get(CONNECT_TIME_LIMIT).compareTo(settings.get(TOTAL_TIME_LIMIT)) > 0
                      ? Optional.of(
                          new Violation(
                              Violation.pointerTo(CONNECT_TIME_LIMIT.name()),
                              "setting.range",
                              "Connect time limit (connectTimeLimit) must not be longer than the"
                                  + " total time limit, "
                                  + settings.get(TOTAL_TIME_LIMIT)
                                  + "."))
                      : Optional.empty());

  static final SettingsSpec TARGET = SettingsSpec.of(TABLE, CREATE_TABLE, SCRIPT);

  private TableSettings() {}

  /**
   * Where the database is, and how to reach it.
   *
   * @param url its URL
   * @param user who writes, if it has users
   * @param password the user's password
   * @param connectTimeLimit how long connecting may take
   * @param totalTimeLimit how long a batch may take
   * @param memoryMegabytes what DuckDB may use
   */
  record Access(
      String url,
      Optional<String> user,
      Optional<Secret> password,
      Duration connectTimeLimit,
      Duration totalTimeLimit,
      long memoryMegabytes) {

    static Access of(ConnectionSettings settings) {
      return new Access(
          settings.get(URL),
          settings.get(USER),
          settings.get(PASSWORD),
          settings.get(CONNECT_TIME_LIMIT),
          settings.get(TOTAL_TIME_LIMIT),
          settings.get(MEMORY_MEGABYTES));
    }
  }
}
