package dev.landfall.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of cases in the hands of a test, filled with lines as files have them. */
final class CaseTables implements AutoCloseable {

  private final Connection connection;
  private String file = "%s_20260101.txt";
  private int line;

  /** Takes a connection over. */
  CaseTables(Connection connection) {
    this.connection = connection;
  }

  /** Makes tables and views by the script that is shipped. */
  CaseTables script() {
    try {
      return run(Files.readString(CaseLoad.VIEWS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CaseTables run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What follows was in the file with this behind the name of its kind. */
  CaseTables file(String rest) {
    file = "%s" + rest;
    line = 0;
    return this;
  }

  CaseTables updates(String... lines) {
    return insert(CaseStory.Kind.UPDATES, lines);
  }

  CaseTables entries(String... lines) {
    return insert(CaseStory.Kind.ENTRIES, lines);
  }

  /** Updates of case 1 in the year 2026: time, code, and further columns from the fourth on. */
  CaseTables one(String... lines) {
    return updates(
        Stream.of(lines)
            .map(l -> l.split("\\|", 3))
            .map(p -> "1|2026-01-%s|Eva|%s|%s".formatted(p[0], p[1], p.length > 2 ? p[2] : ""))
            .map(l -> l + "|".repeat(13 - (int) l.chars().filter(c -> c == '|').count()))
            .toArray(String[]::new));
  }

  private CaseTables insert(CaseStory.Kind kind, String... lines) {
    for (String text : lines) {
      line++;
      String values =
          Stream.of(text.split("\\|", -1))
              .map(String::strip)
              .map(v -> v.isEmpty() ? "null" : "'" + v.replace("'", "''") + "'")
              .collect(Collectors.joining(", "));
      run(
          String.format(
              Locale.ROOT,
              "insert into %s (%s, source_file, source_line, event_key)"
                  + " values (%s, '%s', %d, '%s:%d')",
              kind.stream(),
              kind.columns,
              values.replaceFirst("(\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)'", "$1+00'"),
              file.formatted(kind.prefix),
              line,
              file,
              line));
    }
    return this;
  }

  /** The rows of a query, their values as texts, with bars between them and nothing for null. */
  List<String> rows(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(rows.getString(i) == null ? "" : rows.getString(i));
        }
        all.add(String.join("|", values));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
