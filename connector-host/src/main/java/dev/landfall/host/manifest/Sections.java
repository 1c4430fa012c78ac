package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Choice;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.host.jdbc.DuckDb;
import dev.landfall.host.jdbc.JdbcRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The manifest's sections, each setting declared once: defaults, ranges, messages, and the JSON
 * Schema all come from here.
 */
final class Sections {

  private Sections() {}

  /** The kinds of source. */
  enum SourceType implements Choice {
    FILE("A file"),
    SQL("A query over JDBC"),
    CONNECTOR("A source connector");

    private final String label;

    SourceType(String label) {
      this.label = label;
    }

    @Override
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String label() {
      return label;
    }
  }

  static final String CONNECTOR_ID = "[a-z][a-z0-9-]{0,62}";

  static final Setting<String> NAME =
      Setting.text("name", "Name")
          .description(
              "What the sync is called, in commands and in the state folder. A new name is a new"
                  + " sync, which knows nothing of what another one delivered.")
          .pattern(
              "(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9][a-z0-9_-]{0,62}",
              "lower-case letters, digits, hyphens and underscores, at most 63, and no name that a"
                  + " system reserves")
          .required();

  static final Setting<SourceType> SOURCE_TYPE =
      Setting.select("type", "Source type", SourceType.class).required();

  private static final Setting.Draft<String> QUERY = Setting.text("query", "Query");

  static final Setting<Path> FILE_PATH =
      Setting.path("path", "File")
          .description(
              "CSV, Parquet or JSON lines, also packed (.gz, .zst), relative to the manifest; * and"
                  + " ? stand for parts of a name, and all files that fit are one audience.")
          .required();
  static final Setting<Optional<String>> FILE_QUERY =
      QUERY
          .description("SQL over the table \"file\", for anything richer than the file as it is.")
          .optional();
  static final SettingsSpec FILE = SettingsSpec.of(FILE_PATH, FILE_QUERY);

  static final Setting<String> SQL_URL =
      Setting.text("url", "JDBC URL")
          .description(
              "Where the database is, such as jdbc:postgresql://host:5432/db, or"
                  + " jdbc:duckdb:file.duckdb (relative to the manifest).")
          .pattern("jdbc:\\S+", "a JDBC URL such as jdbc:postgresql://host:5432/db")
          .canonical(Sections::withoutPassword)
          .resolved(DuckDb::resolved)
          .required();
  static final Setting<Optional<String>> SQL_USER =
      Setting.text("user", "User").description("Who asks the database.").optional();
  static final Setting<Optional<Secret>> SQL_PASSWORD =
      Setting.secret("password", "Password")
          .description("The user's password: {\"env\": \"NAME\"} or {\"file\": \"path\"}.")
          .optional();
  static final Setting<String> SQL_QUERY =
      QUERY
          .description(
              "One SELECT in the database's own SQL, whose rows are the audience. It runs in a"
                  + " read-only transaction.")
          .required();
  static final SettingsSpec SQL = SettingsSpec.of(SQL_URL, SQL_USER, SQL_PASSWORD, SQL_QUERY);

  static final Setting<String> SOURCE_CONNECTOR =
      Setting.text("connector", "Connector")
          .description("The id of an installed source connector.")
          .pattern(CONNECTOR_ID, "a connector's id: lower case, digits and hyphens")
          .required();
  static final Setting<String> STREAM =
      Setting.text("stream", "Stream").description("Which of its streams to read.").required();
  static final Setting<Optional<String>> STREAM_QUERY =
      QUERY.description("SQL over the table \"stream\".").optional();
  static final SettingsSpec CONNECTOR = SettingsSpec.of(SOURCE_CONNECTOR, STREAM, STREAM_QUERY);

  static final Setting<String> DESTINATION_CONNECTOR =
      Setting.text("connector", "Connector")
          .description("The id of an installed destination connector.")
          .pattern(CONNECTOR_ID, "a connector's id: lower case, digits and hyphens")
          .required();

  static final Setting<Optional<String>> COLUMN =
      Setting.text("column", "Column").description("A column of the source.").optional();
  static final Setting<Optional<String>> CONSTANT =
      Setting.text("constant", "Constant")
          .description("A text that fills the field in every row.")
          .optional();
  static final Setting<String> FIELD =
      Setting.text("field", "Field").description("The connector's field to fill.").required();
  static final SettingsSpec MAPPING =
      SettingsSpec.of(COLUMN, CONSTANT, FIELD)
          .withRule(
              s ->
                  s.get(COLUMN).isPresent() != s.get(CONSTANT).isPresent()
                      ? Optional.empty()
                      : Optional.of(
                          new Violation(
                              "",
                              "manifest.mapping",
                              "A mapping has either a \"column\" or a \"constant\".")));

  static final Setting<Long> MAX_IN_FLIGHT =
      Setting.integer("maxInFlight", "Most calls in flight")
          .description(
              "How many batches may be under way at once; \"adaptive\" follows how well the"
                  + " destination answers.")
          .between(1L, 1024L)
          .orElse(1L);

  /** What stands for a number of calls in flight that the destination's answers decide. */
  static final String ADAPTIVE = "adaptive";

  static final Setting<Optional<Long>> CEILING =
      Setting.integer("ceiling", "Ceiling")
          .description(
              "How far \"maxInFlight\": \"adaptive\" may rise; what the connector bears if left out.")
          .between(1L, 1024L)
          .optional();
  static final Setting<Optional<Long>> BATCH_SIZE =
      Setting.integer("batchSize", "Batch size")
          .description("Rows in one call; the connector's recommendation if left out.")
          .between(1L, 1_000_000L)
          .optional();
  static final Setting<Optional<Long>> REQUESTS_PER_SECOND =
      Setting.integer("requestsPerSecond", "Requests per second")
          .description("At most so many calls are begun in a second; no limit if left out.")
          .between(1L, 100_000L)
          .optional();
  static final Setting<Long> ATTEMPTS =
      Setting.integer("attempts", "Attempts")
          .description("How often a change is tried in one run before it counts as failed.")
          .between(1L, 100L)
          .orElse(3L);
  static final Setting<Duration> SETTLE =
      Setting.duration("settle", "Settling time")
          .description(
              "How long after it was given up a request may still take effect; at least twice the"
                  + " connector's total time limit.")
          .between(Duration.ZERO, Duration.ofDays(30))
          .orElse(Duration.ofMinutes(15));
  static final Setting<Duration> CONFIRM_WITHIN =
      Setting.duration("confirmWithin", "Confirm within")
          .description(
              "How long a run waits at its end for the destination to confirm what it only"
                  + " accepted; PT0S asks once and waits for nothing.")
          .between(Duration.ZERO, Duration.ofDays(1))
          .orElse(Duration.ofMinutes(2));
  static final Setting<Long> WINDOW =
      Setting.integer("window", "Window")
          .description("How many changes are written down as intents before they are sent.")
          .between(1L, 1_000_000L)
          .orElse(1000L);
  static final SettingsSpec DELIVERY =
      SettingsSpec.of(
          MAX_IN_FLIGHT,
          CEILING,
          BATCH_SIZE,
          REQUESTS_PER_SECOND,
          ATTEMPTS,
          SETTLE,
          CONFIRM_WITHIN,
          WINDOW);

  static final Setting<Long> MAX_PERCENT =
      Setting.integer("maxPercent", "Most removals in percent")
          .description(
              "A run that would remove more than this share of the members, and more than maxCount,"
                  + " withholds all removals until a person approves them.")
          .between(0L, 100L)
          .orElse(20L);
  static final Setting<Long> MAX_COUNT =
      Setting.integer("maxCount", "Most removals")
          .description("So many removals are never too many, whatever their share.")
          .between(0L, 1_000_000_000L)
          .orElse(10L);
  static final Setting<Optional<Duration>> REMOVALS_WINDOW =
      Setting.duration("window", "Window")
          .description("Removals of earlier runs within this time count too; none if left out.")
          .between(Duration.ZERO, Duration.ofDays(3650))
          .optional();
  static final SettingsSpec REMOVALS = SettingsSpec.of(MAX_PERCENT, MAX_COUNT, REMOVALS_WINDOW);

  static final Setting<Duration> RETRY_AFTER =
      Setting.duration("retryAfter", "Retry after")
          .description("How long a rejected member is left alone before it is offered again.")
          .between(Duration.ZERO, Duration.ofDays(3650))
          .orElse(Duration.ofDays(1));
  static final SettingsSpec REJECTED = SettingsSpec.of(RETRY_AFTER);

  static final Setting<Optional<Duration>> EVERY =
      Setting.duration("every", "Every")
          .description(
              "How often the sync is run, so that a plan can warn where it would take longer;"
                  + " whatever runs it, Landfall does not.")
          .between(Duration.ofSeconds(1), Duration.ofDays(366))
          .optional();
  static final SettingsSpec SCHEDULE = SettingsSpec.of(EVERY);
  static final Setting<Duration> KEEP =
      Setting.duration("keep", "Keep")
          .description(
              "How long the files of a run and the plans are kept; the latest run's files stay.")
          .between(Duration.ZERO, Duration.ofDays(36_500))
          .orElse(Duration.ofDays(90));
  static final SettingsSpec HISTORY = SettingsSpec.of(KEEP);

  static final Setting<Optional<Secret>> WEBHOOK =
      Setting.secret("webhook", "Webhook")
          .description(
              "Where to post a JSON object with \"text\" and the run's report; a reference, since"
                  + " whoever knows the address can post there.")
          .optional();

  private static String withoutPassword(String url) {
    if (JdbcRequest.holdsCredentials(url)) {
      throw new IllegalArgumentException(
          "must not hold the credentials: write \"user\", and \"password\": {\"env\": \"NAME\"}.");
    }
    return url;
  }
}
