package dev.landfall.table;

import dev.landfall.connector.settings.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.Driver;

/**
 * A database of its own on a real PostgreSQL, which is one for all tests of a process. Its user
 * {@code writer} owns the database, and needs a password; {@code postgres} may do everything,
 * without one.
 */
public final class PostgresServer extends TestDatabase {

  static final String USER = "writer";
  static final String PASSWORD = "canary-of-a-password";

  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String database;

  /** A new database. */
  public PostgresServer() {
    this("");
  }

  /**
   * A new database.
   *
   * @param options what follows the owner in CREATE DATABASE
   */
  PostgresServer(String options) {
    database = "db" + COUNT.incrementAndGet();
    asAdministrator("create database " + database + " owner " + USER + " " + options);
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create role " + USER + " login password '" + PASSWORD + "'");
        try (ResultSet hba = statement.executeQuery("show hba_file")) {
          hba.next();
          Path file = Path.of(hba.getString(1));
          Files.writeString(
              file, "host all " + USER + " all scram-sha-256\n" + Files.readString(file));
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

  static int port() {
    return SERVER.getPort();
  }

  String database() {
    return database;
  }

  @Override
  public Map<String, Object> connection() {
    return connection(port());
  }

  /** The settings that lead a connector to a port of this machine. */
  Map<String, Object> connection(int port) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("url", "jdbc:postgresql://localhost:" + port + "/" + database);
    settings.put("user", USER);
    settings.put("password", Secret.of(PASSWORD));
    return settings;
  }

  @Override
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", PASSWORD);
    return new Driver()
        .connect("jdbc:postgresql://localhost:" + port() + "/" + database, properties);
  }

  /** Runs a statement as the user who may do everything, in the administrators' database. */
  static void asAdministrator(String sql) {
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement as the user who may do everything, in this database. */
  void asSuperuser(String sql) {
    try (Connection connection = SERVER.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns once a statement of the connector's waits for a lock. */
  void awaitLockWait() {
    String waiting =
        "select count(*) > 0 from pg_stat_activity where datname = '"
            + database
            + "' and application_name = 'Landfall' and wait_event_type = 'Lock'";
    long end = System.nanoTime() + 10_000_000_000L;
    while (!value(waiting).equals("t")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Nothing waits for a lock");
      }
    }
  }

  @Override
  public void close() {
    asAdministrator("drop database " + database + " with (force)");
  }
}
