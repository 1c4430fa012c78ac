package dev.landfall.host.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL, one for all tests of a process. Its user {@code reader} may read, and needs a
 * password; its user {@code postgres} may do everything, without one.
 */
public final class Postgres {

  public static final String READER = "reader";
  public static final String PASSWORD = "canary-of-a-password";

  private static final EmbeddedPostgres SERVER = start();

  private Postgres() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create role " + READER + " login password '" + PASSWORD + "'");
        try (ResultSet hba = statement.executeQuery("show hba_file")) {
          hba.next();
          Path file = Path.of(hba.getString(1));
          Files.writeString(
              file, "host all " + READER + " all scram-sha-256\n" + Files.readString(file));
        }
        statement.execute("select pg_reload_conf()");
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The URL of its database, without a user. */
  public static String url() {
    return urlAt(port());
  }

  static String urlAt(int port) {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  static int port() {
    return SERVER.getPort();
  }

  /** Runs statements as the user who may do everything. */
  public static void run(String... statements) {
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one value of a query, which may be null. */
  public static @Nullable String value(String sql) {
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts its driver into a folder, as the distribution does. */
  public static Path driverIn(Path folder) {
    try {
      Path jar =
          Path.of(
              Class.forName("org.postgresql.Driver")
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      Files.createDirectories(folder);
      return Files.copy(jar, folder.resolve("postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
