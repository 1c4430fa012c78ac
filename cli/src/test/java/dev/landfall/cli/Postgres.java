package dev.landfall.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, one for all tests of a process. */
final class Postgres {

  /** Who may do everything, without a password. */
  static final String ADMINISTRATOR = "postgres";

  /** Who may read, and needs the password. */
  static final String READER = "reader";

  static final String PASSWORD = "canary-of-a-password";

  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Postgres() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement();
          ResultSet hba = statement.executeQuery("show hba_file")) {
        hba.next();
        Path file = Path.of(hba.getString(1));
        String asked = "host all " + READER + " all scram-sha-256\n";
        Files.writeString(file, asked + Files.readString(file));
        statement.execute(
            "create role "
                + READER
                + " login password '"
                + PASSWORD
                + "' in role pg_read_all_data");
        statement.execute("select pg_reload_conf()");
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The URL of a new database. */
  static String database() {
    String name = "cases" + COUNT.incrementAndGet();
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
      return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + name;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection of the administrator's. */
  static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, ADMINISTRATOR, "");
  }
}
