package dev.landfall.host.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.duckdb.DuckDBDriver;

/**
 * The JDBC drivers of a folder. Each jar in it is a driver, and each folder in it is one with the
 * libraries it needs; each has a class loader of its own, so that no two of them meet. Nothing is
 * loaded before it is asked for. Safe for use by several threads.
 */
public final class JdbcDrivers implements AutoCloseable {

  private final Path folder;
  private final List<DriverClassLoader> loaders = new ArrayList<>();
  private final List<Driver> drivers = new ArrayList<>();
  private final List<Path> broken = new ArrayList<>();
  private boolean loaded;

  private JdbcDrivers(Path folder) {
    this.folder = folder;
  }

  /** The drivers of a folder, which need not be there. */
  public static JdbcDrivers in(Path folder) {
    return new JdbcDrivers(folder);
  }

  /**
   * The driver that takes a URL.
   *
   * @throws dev.landfall.host.HostException if there is none
   */
  synchronized Driver forUrl(String url) {
    if (url.startsWith(DuckDb.SCHEME)) {
      // The host's own: a second copy of DuckDB in one process would lose what the first wrote.
      return new DuckDBDriver();
    }
    if (!loaded) {
      entries().forEach(this::load);
      loaded = true;
    }
    for (Driver driver : drivers) {
      if (takes(driver, url)) {
        return driver;
      }
    }
    throw JdbcProblems.noDriver(url, folder, broken);
  }

  private static boolean takes(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      // A URL that is not to its liking: another driver may take it.
      return false;
    }
  }

  private List<Path> entries() {
    List<Path> entries = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
        found.forEach(entries::add);
      } catch (IOException e) {
        throw JdbcProblems.unreadable(folder);
      }
    }
    entries.sort(null);
    return entries;
  }

  private void load(Path entry) {
    try {
      List<URL> jars = new ArrayList<>();
      if (Files.isDirectory(entry)) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(entry, "*.jar")) {
          for (Path jar : found) {
            jars.add(jar.toUri().toURL());
          }
        }
      } else if (entry.toString().endsWith(".jar")) {
        jars.add(entry.toUri().toURL());
      }
      if (!jars.isEmpty()) {
        DriverClassLoader loader = new DriverClassLoader(jars);
        loaders.add(loader);
        // Not through DriverManager, which hides the drivers of other class loaders.
        Iterator<Driver> found = ServiceLoader.load(Driver.class, loader).iterator();
        while (found.hasNext()) {
          drivers.add(found.next());
        }
      }
    } catch (IOException | ServiceConfigurationError | LinkageError e) {
      broken.add(entry);
    }
  }

  @Override
  public synchronized void close() {
    try {
      for (DriverClassLoader loader : loaders) {
        loader.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
