package dev.landfall.table;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** A DuckDB file, opened in this process as the connector opens it. */
final class DuckDbFile extends TestDatabase {

  private final Path file;

  DuckDbFile(Path folder) {
    file = folder.resolve("test.duckdb");
  }

  Path file() {
    return file;
  }

  @Override
  public Map<String, Object> connection() {
    return Map.of("url", "jdbc:duckdb:" + file);
  }

  @Override
  public Connection connect() throws SQLException {
    return new DuckDBDriver().connect("jdbc:duckdb:" + file, new Properties());
  }
}
