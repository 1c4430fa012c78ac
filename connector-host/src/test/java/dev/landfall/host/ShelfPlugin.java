package dev.landfall.host;

import dev.landfall.shelf.Almanac;
import dev.landfall.shelf.Cabinet;
import dev.landfall.shelf.Shelf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The connector {@link Shelf} as a plugin, as a person would install it. */
final class ShelfPlugin {

  private ShelfPlugin() {}

  /** Installs it in a version into a folder of plugins, in place of any other version. */
  static void install(Path plugins, String version) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Landfall-Api", "1");
    try {
      Path folder = Files.createDirectories(plugins.resolve("shelf"));
      try (OutputStream out = Files.newOutputStream(folder.resolve("shelf.jar"));
          JarOutputStream jar = new JarOutputStream(out, manifest)) {
        for (Path type : classes()) {
          jar.putNextEntry(new JarEntry("dev/landfall/shelf/" + type.getFileName()));
          try (InputStream in = Files.newInputStream(type)) {
            in.transferTo(jar);
          }
        }
        text(
            jar,
            "META-INF/services/dev.landfall.connector.Destination",
            Shelf.class.getName() + "\n" + Cabinet.class.getName());
        text(jar, "META-INF/services/dev.landfall.connector.Source", Almanac.class.getName());
        text(jar, "shelf-version.txt", version);
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> classes() throws IOException, URISyntaxException {
    URI own = Objects.requireNonNull(Shelf.class.getResource("Shelf.class")).toURI();
    try (Stream<Path> files = Files.list(Objects.requireNonNull(Path.of(own).getParent()))) {
      return files.filter(f -> f.toString().endsWith(".class")).sorted().toList();
    }
  }

  private static void text(JarOutputStream jar, String entry, String text) throws IOException {
    jar.putNextEntry(new JarEntry(entry));
    jar.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
