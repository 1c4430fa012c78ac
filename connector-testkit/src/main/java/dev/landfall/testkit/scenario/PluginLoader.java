package dev.landfall.testkit.scenario;

import dev.landfall.connector.Destination;
import dev.landfall.connector.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The jars of one plugin, seen as a host sees them: with the contracts, SLF4J and DuckDB beside the
 * JDK.
 */
final class PluginLoader extends URLClassLoader {

  private static final List<String> SHARED =
      List.of("dev.landfall.connector.", "org.jspecify.", "org.slf4j.", "org.duckdb.");

  private PluginLoader(List<URL> jars) {
    super("plugin", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  static PluginLoader of(Path folder) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars(folder)) {
      urls.add(jar.toUri().toURL());
    }
    return new PluginLoader(urls);
  }

  static List<Path> jars(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
      entries.forEach(jars::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    jars.sort(null);
    return jars;
  }

  /** The destinations that the jars provide. */
  List<Destination> destinations() {
    return ServiceLoader.load(Destination.class, this).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The sources that the jars provide. */
  List<Source> sources() {
    return ServiceLoader.load(Source.class, this).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return SHARED.stream().anyMatch(name::startsWith)
        ? PluginLoader.class.getClassLoader().loadClass(name)
        : super.findClass(name);
  }
}
