package dev.landfall.table;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** What holds in either database: a class of tests runs once in each of them. */
abstract class DatabaseTest {

  /** The databases. */
  enum Kind {
    DUCKDB,
    POSTGRESQL
  }

  @Parameter Kind kind;
  @TempDir Path folder;
  TestDatabase database;

  @BeforeEach
  void makeDatabase() {
    database = kind == Kind.DUCKDB ? new DuckDbFile(folder) : new PostgresServer();
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }
}
