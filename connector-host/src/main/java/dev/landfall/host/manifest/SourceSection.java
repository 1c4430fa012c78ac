package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.SettingsSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a sync's audience or records come from. */
public sealed interface SourceSection {

  /**
   * A file.
   *
   * @param path the file, resolved against the manifest's folder
   * @param query SQL over the table {@code file}, or null for the file as it is
   */
  record File(Path path, @Nullable String query) implements SourceSection {
    /** Requires a path. */
    public File {
      Objects.requireNonNull(path, "path");
    }
  }

  /**
   * A query over JDBC.
   *
   * @param values the section's values by name, with references where the manifest has them
   */
  record Sql(Map<String, Object> values) implements SourceSection {
    /** Copies the values. */
    public Sql {
      values = Plain.copy(values);
    }

    /**
     * Fetches what is referred to.
     *
     * @param references where references lead to
     * @return the database to ask and what to ask it; or all violations, with pointers into the
     *     manifest
     */
    public Parsed<Database> resolve(References references) {
      Parsed<Settings> settings =
          Plain.under("/source", references.read(Sections.SQL, values, Sections.SQL::settings));
      return settings.violations().isEmpty()
          ? Parsed.of(database(settings.orThrow()))
          : Parsed.wrong(settings.violations());
    }

    private static Database database(Settings s) {
      return new Database(
          s.get(Sections.SQL_URL),
          s.get(Sections.SQL_USER).orElse(null),
          s.get(Sections.SQL_PASSWORD).orElse(null),
          s.get(Sections.SQL_QUERY));
    }
  }

  /**
   * A database and a query for it.
   *
   * @param url its JDBC URL
   * @param user who asks, or null
   * @param password the user's password, or null
   * @param query what is asked
   */
  record Database(String url, @Nullable String user, @Nullable Secret password, String query) {
    /** Requires URL and query. */
    public Database {
      Objects.requireNonNull(url, "url");
      Objects.requireNonNull(query, "query");
    }

    /** Without the values: a URL may have come out of a reference. */
    @Override
    public String toString() {
      return "Database[hidden]";
    }
  }

  /**
   * A stream of a source connector.
   *
   * @param connector the connector's id
   * @param stream the stream's name
   * @param settings the connector's settings by name, with references where the manifest has them
   * @param query SQL over the table {@code stream}, or null for the stream as it is
   */
  record Connector(
      String connector, String stream, Map<String, Object> settings, @Nullable String query)
      implements SourceSection {
    /** Copies the settings. */
    public Connector {
      Objects.requireNonNull(connector, "connector");
      Objects.requireNonNull(stream, "stream");
      settings = Plain.copy(settings);
    }

    /**
     * Fetches what is referred to.
     *
     * @param spec the connector's settings
     * @param references where references lead to
     * @return the settings; or all violations, with pointers into the manifest
     */
    public Parsed<Settings> resolve(SettingsSpec spec, References references) {
      return Plain.under("/source/settings", references.read(spec, settings, spec::settings));
    }
  }
}
