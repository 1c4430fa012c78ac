package dev.landfall.host.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plugins in a folder's sub-folders, one class loader each, for services of any type.
 *
 * <p>Safe for use by several threads once it is open, but for {@link #find}, which adds to what is
 * {@link #broken}.
 */
public final class PluginFolders implements AutoCloseable {

  /** A service file that goes on failing is given up: it names nothing that works. */
  private static final int MOST_FAILURES = 100;

  private record Plugin(Path folder, PluginClassLoader loader) {}

  private final List<Plugin> plugins = new ArrayList<>();
  private final List<BrokenPlugin> broken = new ArrayList<>();

  private PluginFolders() {}

  /**
   * Opens the plugins in a folder: each sub-folder is one, its jars are its classes. No class is
   * loaded yet.
   *
   * @param root the folder of the plugin folders; if it cannot be listed, that is reported as
   *     broken
   * @param alsoShared prefixes of class names, each with a dot at its end, that plugins share with
   *     the host besides the contracts, SLF4J and DuckDB
   * @return the plugins, in the order of their folders' names; close it to close their loaders
   */
  public static PluginFolders open(Path root, String... alsoShared) {
    List<String> shared =
        Stream.concat(PluginClassLoader.SHARED.stream(), Stream.of(alsoShared)).toList();
    PluginFolders folders = new PluginFolders();
    for (Path folder : folders.subFolders(root)) {
      PluginJars jars = PluginJars.in(folder);
      jars.broken()
          .ifPresentOrElse(
              folders.broken::add,
              () ->
                  folders.plugins.add(
                      new Plugin(
                          folder,
                          new PluginClassLoader(
                              String.valueOf(folder.getFileName()),
                              jars.urls(),
                              PluginFolders.class.getClassLoader(),
                              shared))));
    }
    return folders;
  }

  private List<Path> subFolders(Path root) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry) && !String.valueOf(entry.getFileName()).startsWith(".")) {
          found.add(entry);
        }
      }
    } catch (IOException e) {
      broken.add(
          new BrokenPlugin(
              root,
              "The folder of plugins does not exist or cannot be listed.",
              "Name the folder that holds one sub-folder for each plugin."));
    }
    found.sort(null);
    return found;
  }

  /**
   * Finds what the plugins provide for a service. What fails to load is reported as broken, and
   * what stands beside it is found all the same.
   *
   * @param service an interface of a shared package
   * @param <T> the service
   * @return one for each provider, in the order of the folders
   */
  public <T> List<Provided<T>> find(Class<T> service) {
    List<Provided<T>> found = new ArrayList<>();
    for (Plugin plugin : plugins) {
      find(service, plugin, found::add);
    }
    return found;
  }

  private <T> void find(Class<T> service, Plugin plugin, Consumer<Provided<T>> found) {
    Iterator<ServiceLoader.Provider<T>> providers =
        ServiceLoader.load(service, plugin.loader()).stream().iterator();
    for (int failures = 0; failures < MOST_FAILURES; ) {
      Boolean more = attempt(plugin.folder(), "A provider", providers::hasNext);
      if (Boolean.FALSE.equals(more)) {
        return;
      }
      ServiceLoader.Provider<T> next =
          more == null ? null : attempt(plugin.folder(), "A provider", providers::next);
      if (next == null) {
        failures++;
        continue;
      }
      T provider = attempt(plugin.folder(), next.type().getName(), () -> create(next, plugin));
      if (provider != null) {
        found.accept(
            new Provided<>(plugin.folder(), InPlugin.wrap(service, provider, plugin.loader())));
      }
    }
  }

  private static <T> T create(ServiceLoader.Provider<T> provider, Plugin plugin) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(plugin.loader());
    try {
      return provider.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Runs code of a plugin; what it throws becomes a report. A plugin built against other classes
   * fails with errors, not exceptions, so those are caught too.
   */
  <T> @Nullable T attempt(Path folder, String what, Supplier<T> code) {
    try {
      return code.get();
    } catch (RuntimeException
        | LinkageError
        | ServiceConfigurationError
        | AssertionError
        | StackOverflowError e) {
      report(
          folder,
          what + " could not be loaded: " + Failure.describe(e),
          "Install a build of the plugin for version "
              + Plugins.API
              + " of the API, with all of its libraries, or remove the folder.");
      return null;
    }
  }

  void report(Path folder, String reason, String remedy) {
    broken.add(new BrokenPlugin(folder, reason, remedy));
  }

  /**
   * What could not be used so far.
   *
   * @return the reports, in the order they were found
   */
  public List<BrokenPlugin> broken() {
    return List.copyOf(broken);
  }

  /**
   * Closes every class loader. What the plugins provided must not be used any more.
   *
   * @throws UncheckedIOException if a loader cannot be closed; the others are closed all the same
   */
  @Override
  public void close() {
    IOException first = null;
    for (Plugin plugin : plugins) {
      try {
        plugin.loader().close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw new UncheckedIOException(first);
    }
  }
}
