package dev.landfall.host.jdbc;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/** The classes of one driver; besides its jars it sees the JDK alone. */
final class DriverClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  /** A second copy of DuckDB in one process loses the host's data silently. */
  private static final String FORBIDDEN = "org.duckdb.";

  DriverClassLoader(List<URL> jars) {
    super("drivers", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(FORBIDDEN)) {
      throw new ClassNotFoundException(name);
    }
    return super.findClass(name);
  }
}
