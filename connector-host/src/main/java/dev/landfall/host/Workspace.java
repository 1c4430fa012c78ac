package dev.landfall.host;

import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The database of one run, which ledger, audience and plan are attached to, and a folder for what
 * is gone when the run ends.
 */
final class Workspace implements AutoCloseable {

  private final Database database;
  private final Path folder;

  private Workspace(Database database, Path folder) {
    this.database = database;
    this.folder = folder;
  }

  /** Makes a workspace, and removes those that a crash left behind. */
  static Workspace open(Path temporary, long memoryMegabytes) {
    try {
      empty(temporary);
      return new Workspace(
          Database.inMemory(new Database.Options(false, memoryMegabytes, temporary)), temporary);
    } catch (IOException | DatabaseException e) {
      throw unusable(temporary);
    }
  }

  Database database() {
    return database;
  }

  Path folder() {
    return folder;
  }

  /** Attaches a database file under a name. */
  void attach(Path file, String name, boolean readOnly) {
    try {
      database.run(
          "attach "
              + Database.literal(file.toString())
              + " as "
              + name
              + (readOnly ? " (read_only)" : ""));
    } catch (DatabaseException e) {
      throw HostException.unavailable(
          "state.unreadable",
          "The file " + file + " cannot be opened (" + e.kind() + ").",
          "Make room in the state folder and run again.");
    }
  }

  void detach(String name) {
    database.run("detach " + name);
  }

  @Override
  public void close() {
    database.close();
    try {
      empty(folder);
    } catch (IOException e) {
      throw unusable(folder);
    }
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all =
          files.filter(f -> !f.equals(folder)).sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static HostException unusable(Path folder) {
    return HostException.unavailable(
        "state.unwritable",
        "The folder " + folder + " cannot be used.",
        "Make room in the state folder and grant the right to write there.");
  }
}
