package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.CaseStory.Event;
import dev.landfall.cli.CaseStory.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Case Sync files on their way into the tables of a database, and what is there in the end.
 *
 * @param folder with the manifests, and the files in {@code drop}
 * @param url the database
 * @param name what is in the names of the syncs
 */
record CaseLoad(Path folder, String url, String name) {

  static final Path VIEWS = Path.of("../manifests/views/cases.sql").toAbsolutePath().normalize();

  /** The folder that files are dropped into. */
  Path drop() {
    try {
      return Files.createDirectories(folder.resolve("drop"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the manifest of a stream; {@code delivery} is the section's members. */
  Path manifest(Kind kind, String delivery) {
    try {
      drop();
      return Files.writeString(
          folder.resolve(kind.stream() + ".json"),
          """
          {"name": "%s-%s",
           "source": {"type": "connector", "connector": "kognitiv-case-sync", "stream": "%s",
             "settings": {"folder": "drop"}},
           "destination": {"connector": "table",
             "connection": {"url": "%s"%s},
             "target": {"table": "%s", "createTable": true, "script": "%s"}},
           "mode": "upsert", "key": ["event_key"],
           "delivery": {%s}}
          """
              .formatted(
                  kind.stream().replace('_', '-'),
                  name,
                  kind.stream(),
                  url,
                  isPostgres() ? ", \"user\": \"" + Postgres.ADMINISTRATOR + "\"" : "",
                  kind.stream(),
                  VIEWS,
                  delivery));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every event of the story once, in its order, as the shipped view orders it. */
  void assertHolds(CaseStory story) {
    try (Connection database = connect();
        Statement statement = database.createStatement()) {
      for (Kind kind : Kind.values()) {
        assertThat(rows(statement, kind)).as(kind.stream()).isEqualTo(rows(story, kind));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another connection to the database. */
  Connection connect() throws SQLException {
    return isPostgres() ? Postgres.connect(url) : DriverManager.getConnection(url);
  }

  private boolean isPostgres() {
    return url.startsWith("jdbc:postgresql:");
  }

  private static List<String> rows(CaseStory story, Kind kind) {
    return story.events(kind).stream()
        .sorted(Comparator.comparing(Event::caseId))
        .map(Event::columns)
        .map(c -> shown(c, Instant.parse(c.get(1))))
        .toList();
  }

  private static List<String> rows(Statement statement, Kind kind) throws SQLException {
    String columns =
        Stream.of(kind.columns.split(", ")).map("t."::concat).collect(Collectors.joining(", "));
    List<String> rows = new ArrayList<>();
    try (ResultSet result =
        statement.executeQuery(
            "select "
                + columns
                + " from "
                + kind.stream()
                + " t left join case_timeline l on l.event_key = t.event_key"
                + " and l.kind = '"
                + (kind == Kind.UPDATES ? "update" : "entry")
                + "' order by l.case_id, l.place")) {
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(i == 2 ? "" : Objects.toString(result.getString(i), ""));
        }
        rows.add(shown(values, result.getObject(2, OffsetDateTime.class).toInstant()));
      }
    }
    return rows;
  }

  private static String shown(List<String> columns, Instant time) {
    List<String> shown = new ArrayList<>(columns);
    shown.set(1, time.toString());
    return String.join("|", shown);
  }
}
