package dev.landfall.host.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The jars of one plugin folder, looked at before any class of theirs is loaded. */
final class PluginJars {

  private static final String SERVICES = "META-INF/services/dev.landfall.";
  private static final Pattern VERSION = Pattern.compile("(\\d{1,9})(\\.\\d{1,9})*");

  private final Path folder;
  private final List<URL> urls = new ArrayList<>();
  private @Nullable BrokenPlugin broken;
  private boolean provides;

  private PluginJars(Path folder) {
    this.folder = folder;
  }

  static PluginJars in(Path folder) {
    PluginJars jars = new PluginJars(folder);
    jars.look();
    return jars;
  }

  List<URL> urls() {
    return List.copyOf(urls);
  }

  Optional<BrokenPlugin> broken() {
    return Optional.ofNullable(broken);
  }

  private void look() {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
      entries.forEach(jars::add);
    } catch (IOException e) {
      breaks("The folder cannot be listed.", "Make it readable for the user that runs Landfall.");
      return;
    }
    jars.sort(null);
    for (Path jar : jars) {
      lookInto(jar);
    }
    if (jars.isEmpty()) {
      breaks("The folder holds no jar.", "Put the plugin's jars into it, or remove the folder.");
    } else if (!provides) {
      breaks(
          "None of its jars names a service of Landfall (META-INF/services).",
          "Put the connector's own jar beside its libraries, or remove the folder.");
    }
  }

  private void lookInto(Path jar) {
    String name = String.valueOf(jar.getFileName());
    try (JarFile file = new JarFile(jar.toFile())) {
      urls.add(url(jar));
      boolean offers = file.stream().anyMatch(e -> e.getName().startsWith(SERVICES));
      provides |= offers;
      Manifest manifest = file.getManifest();
      String built =
          manifest == null ? null : manifest.getMainAttributes().getValue(Plugins.API_ATTRIBUTE);
      if (built != null || offers) {
        checkApi(name, built);
      }
    } catch (IOException | SecurityException e) {
      breaks(
          name + " cannot be read as a jar.",
          "Install the plugin again: the file may be incomplete.");
    }
  }

  private void checkApi(String jar, @Nullable String built) {
    String remedy = "Install a build of the plugin for version " + Plugins.API + " of the API.";
    if (built == null) {
      breaks(
          jar
              + " does not say which version of the API it was built for (manifest attribute "
              + Plugins.API_ATTRIBUTE
              + ").",
          remedy);
      return;
    }
    Matcher version = VERSION.matcher(built.strip());
    if (!version.matches()) {
      breaks(jar + " names a version of the API that is none: \"" + built + "\".", remedy);
    } else if (Integer.parseInt(version.group(1)) != Plugins.API) {
      breaks(
          jar
              + " was built for version "
              + built.strip()
              + " of the API; this host speaks version "
              + Plugins.API
              + ".",
          remedy);
    }
  }

  /** The first thing found counts: what is said of one jar often explains what follows. */
  private void breaks(String reason, String remedy) {
    if (broken == null) {
      broken = new BrokenPlugin(folder, reason, remedy);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("Plugins lie in the default file system", e);
    }
  }
}
