package dev.landfall.host.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plugin. What is shared comes from the host; everything else comes from the
 * plugin's own jars or from the JDK, so that no library of the host's is ever seen by a plugin.
 */
final class PluginClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  /**
   * Shared by every plugin: the contracts; SLF4J, so that there is one log; and DuckDB, because two
   * copies of it in one process lose data silently (their file locks are the process's).
   */
  static final List<String> SHARED =
      List.of("dev.landfall.connector.", "org.jspecify.", "org.slf4j.", "org.duckdb.");

  private final ClassLoader host;
  private final List<String> shared;

  PluginClassLoader(String name, List<URL> jars, ClassLoader host, List<String> shared) {
    super("plugin " + name, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    this.host = host;
    this.shared = List.copyOf(shared);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (shared.stream().anyMatch(name::startsWith)) {
      return host.loadClass(name);
    }
    if (name.startsWith("java.")) {
      return getParent().loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      if (found == null) {
        found = ownOrJdk(name);
      }
      if (resolve) {
        resolveClass(found);
      }
      return found;
    }
  }

  private Class<?> ownOrJdk(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException notInTheJars) {
      return getParent().loadClass(name);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    if (isShared(name)) {
      return host.getResource(name);
    }
    URL own = findResource(name);
    return own != null ? own : getParent().getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (isShared(name)) {
      return host.getResources(name);
    }
    List<URL> found = Collections.list(findResources(name));
    found.addAll(Collections.list(getParent().getResources(name)));
    return Collections.enumeration(found);
  }

  private boolean isShared(String resource) {
    String dotted = resource.replace('/', '.');
    return shared.stream().anyMatch(dotted::startsWith);
  }
}
