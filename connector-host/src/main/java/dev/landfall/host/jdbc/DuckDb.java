package dev.landfall.host.jdbc;

import dev.landfall.host.HostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Properties;

/** DuckDB files as databases that are asked. */
public final class DuckDb {

  /** What their URLs begin with. */
  static final String SCHEME = "jdbc:duckdb:";

  private DuckDb() {}

  /**
   * The same URL with an absolute path, if it is a DuckDB file's.
   *
   * @param folder what the path is relative to
   */
  public static String resolved(String url, Path folder) {
    if (!url.startsWith(SCHEME) || url.length() == SCHEME.length()) {
      return url;
    }
    try {
      return SCHEME + folder.resolve(url.substring(SCHEME.length())).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must name a file after " + SCHEME + ".");
    }
  }

  /**
   * Refuses a file that is not there: DuckDB would say so in words of its own.
   *
   * @throws HostException if it is not there
   */
  static void requireThere(String url) {
    Path file = Path.of(url.substring(SCHEME.length()));
    if (!Files.isRegularFile(file)) {
      throw HostException.configuration(
          "source.missing",
          "The DuckDB file " + file + " does not exist.",
          "Correct the source's \"url\"; its path is relative to the manifest's folder. If another"
              + " sync makes the file, run that one first; with --full, if it has run before.");
    }
  }

  /** How a file is opened: to be read, with no way to files or networks beside it. */
  static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("duckdb.read_only", "true");
    properties.setProperty("memory_limit", "384MiB");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("enable_external_access", "false");
    properties.setProperty("lock_configuration", "true");
    properties.setProperty("jdbc_stream_results", "true");
    return properties;
  }
}
